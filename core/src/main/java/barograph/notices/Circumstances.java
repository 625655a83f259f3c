package barograph.notices;

import barograph.rollout.Cause;
import barograph.rollout.Event;
import barograph.rollout.Plan;
import barograph.site.Party;
import barograph.site.PartyId;
import barograph.site.Person;
import barograph.site.PersonId;
import barograph.site.Role;
import barograph.site.Site;
import java.util.Collection;
import java.util.Optional;

/// What a letter about a change is written from.
///
/// @param recipient who reads it
record Circumstances(Account account, Site site, Recipient recipient) {
    /// "dana of Acme Corp".
    String name(PersonId person) {
        return person.name() + " of " + name(person.party());
    }

    /// "Acme Corp", or the bare name when the site no longer knows the party.
    String name(PartyId party) {
        return site.party(party).map(found -> found.name()).orElse(party.value());
    }

    /// Somebody's words with people called by their names: "acme/dana" is "dana of Acme Corp".
    String named(String words) {
        String named = words;
        for (Party party : site.parties()) {
            for (Person person : party.people()) {
                named = named.replace(person.id().toString(), name(person.id()));
            }
        }
        return named;
    }

    /// Why the change is taken back, in the words of whoever noticed it.
    String cause() {
        Optional<Cause> cause = account.cause();
        if (cause.isEmpty()) {
            return "it is not known why.";
        }
        Optional<Plan.Confirmer> confirmer = account.rollout().plan().confirm();
        return cause.get().sort() == Cause.Sort.UNCONFIRMED && confirmer.isPresent()
                ? "nobody of " + name(confirmer.get().by()) + " confirmed it within "
                        + Wording.span(confirmer.get().within()) + "."
                : Wording.sentence(named(cause.get().words()));
    }

    /// Who runs the servers.
    String operator() {
        return site.parties().stream()
                .filter(party -> party.role() == Role.OPERATOR)
                .map(party -> party.name())
                .findFirst()
                .orElse("the operator");
    }

    boolean forOperator() {
        return recipient.role() == Role.OPERATOR;
    }

    String id() {
        return account.proposed().change().value();
    }

    /// The change in a sentence, for somebody who has never heard of it.
    String theChange() {
        Event.Proposed proposed = account.proposed();
        return "The change is called \"" + Wording.clause(proposed.title()) + "\" (" + id() + "). "
                + Wording.capital(name(proposed.requestedBy())) + " asked for it. The reason given: "
                + Wording.sentence(proposed.because()) + " It is for " + servers(account.servers()) + ".";
    }

    /// "the server radius-1", "the servers radius-1 and radius-2".
    static String servers(Collection<?> servers) {
        return (servers.size() == 1 ? "the server " : "the servers ") + Wording.list(servers);
    }

    /// A letter's subject, with the change in front so that it can be found again.
    String subject(String words) {
        return "[" + id() + "] " + Prose.line(words, 160);
    }
}
