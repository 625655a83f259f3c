package barograph.notices;

import barograph.site.NoticeRules;
import barograph.site.Party;
import barograph.site.PartyId;
import barograph.site.Person;
import barograph.site.PersonId;
import barograph.site.Right;
import barograph.site.Role;
import barograph.site.Site;
import barograph.site.Webhook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Who is who among the people and desks of a site. Each address appears once, a person's before a desk's.
final class Audience {
    private final List<Party> parties;
    private final List<Webhook> webhooks;

    private Audience(List<Party> parties, List<Webhook> webhooks) {
        this.parties = parties;
        this.webhooks = webhooks;
    }

    Audience(Site site) {
        this(site.parties(), site.notices().map(NoticeRules::webhooks).orElse(List.of()));
    }

    /// As if there were only this party.
    static Audience ofOne(Party party) {
        return new Audience(List.of(party), List.of());
    }

    /// All people, all desks and all webhooks.
    List<Recipient> everyone() {
        return each(parties.stream()
                .flatMap(party ->
                        Stream.of(people(party), desk(party), webhooks(party)).flatMap(all -> all)));
    }

    /// All people.
    List<Recipient> people() {
        return each(parties.stream().flatMap(Audience::people));
    }

    /// The people of one party who have a right.
    List<Recipient> of(PartyId party, Right right) {
        return each(parties.stream().filter(each -> each.id().equals(party)).flatMap(found -> holders(found, right)));
    }

    /// The people of all parties on one side who have a right.
    List<Recipient> of(Role role, Right right) {
        return each(parties(role).flatMap(party -> holders(party, right)));
    }

    /// Those who can act on the servers; where nobody has that right, all people and desks of the operators.
    List<Recipient> operators() {
        List<Recipient> able = of(Role.OPERATOR, Right.OPERATE);
        return able.isEmpty()
                ? each(parties(Role.OPERATOR).flatMap(party -> Stream.concat(people(party), desk(party))))
                : able;
    }

    /// One person, if the site still knows them.
    List<Recipient> person(PersonId id) {
        return people().stream()
                .filter(recipient -> recipient.person().equals(Optional.of(id)))
                .toList();
    }

    /// Both lists, each address once.
    static List<Recipient> both(List<Recipient> one, List<Recipient> other) {
        return each(Stream.concat(one.stream(), other.stream()));
    }

    /// Whose mail this is: a known person's, a desk's, or somebody's within a party's mail domain.
    Optional<Party> partyOf(String address) {
        Optional<Party> known = partyWhere(
                party -> Stream.concat(people(party), desk(party)).anyMatch(recipient -> recipient.at(address)));
        return known.or(() -> partyWhere(party ->
                party.domain().filter(domain -> within(address, domain)).isPresent()));
    }

    private static boolean within(String address, String domain) {
        String host = address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        String own = domain.toLowerCase(Locale.ROOT);
        return address.contains("@") && (host.equals(own) || host.endsWith("." + own));
    }

    private Optional<Party> partyWhere(Predicate<Party> holds) {
        return parties.stream().filter(holds).findFirst();
    }

    private Stream<Party> parties(Role role) {
        return parties.stream().filter(party -> party.role() == role);
    }

    private static Stream<Recipient> holders(Party party, Right right) {
        return recipients(party, party.people().stream().filter(person -> person.may(right)));
    }

    private static Stream<Recipient> people(Party party) {
        return recipients(party, party.people().stream());
    }

    private static Stream<Recipient> recipients(Party party, Stream<Person> people) {
        return people.map(person -> new Recipient(person.mail(), party.id(), party.role(), Optional.of(person.id())));
    }

    private static Stream<Recipient> desk(Party party) {
        return party.desk().stream().map(mail -> new Recipient(mail, party.id(), party.role(), Optional.empty()));
    }

    private Stream<Recipient> webhooks(Party party) {
        return webhooks.stream()
                .filter(webhook -> webhook.to().equals(party.id()))
                .map(webhook ->
                        new Recipient(Recipient.WEBHOOK + webhook.name(), party.id(), party.role(), Optional.empty()));
    }

    private static List<Recipient> each(Stream<Recipient> recipients) {
        Map<String, Recipient> once = new LinkedHashMap<>();
        recipients.forEach(recipient -> once.putIfAbsent(Recipient.key(recipient.mail()), recipient));
        return List.copyOf(once.values());
    }
}
