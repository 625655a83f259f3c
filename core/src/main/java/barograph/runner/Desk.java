package barograph.runner;

import barograph.change.Change;
import barograph.change.ChangeId;
import barograph.claims.Answer;
import barograph.claims.Claim;
import barograph.forecast.Forecast;
import barograph.gates.GateState;
import barograph.gates.Waiver;
import barograph.rollout.Cause;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.rollout.Hold;
import barograph.rollout.Insight;
import barograph.rollout.Plan;
import barograph.rollout.Planner;
import barograph.rollout.Rollout;
import barograph.site.Person;
import barograph.site.PersonId;
import barograph.site.Right;
import barograph.site.ServerId;
import barograph.site.Site;
import barograph.site.Stage;
import barograph.verdict.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Takes what people decide, checks that they may, and writes it down.
///
/// Everything is refused that the record could not stand for later: an act without the right to it, an answer for
/// another party, an approval of one's own request, a confirmation of a change that does harm.
public final class Desk {
    private final Journal journal;
    private final Site site;

    public Desk(Journal journal, Site site) {
        this.journal = journal;
        this.site = site;
    }

    /// What came of a person's act.
    public sealed interface Reply {
        /// It is written down.
        record Done(String words) implements Reply {}

        /// It is not, and nothing has changed.
        ///
        /// @param words what happened, why, and what to do now
        record Refused(String words) implements Reply {}
    }

    /// Takes a change in under its own name, or with a number behind it when that name is taken.
    ///
    /// @param folder where its files are
    /// @param diff what it does to them, secrets hidden
    public ChangeId propose(Change change, String folder, String diff) {
        return propose(change, folder, diff, Insight.NONE);
    }

    /// The same with what could be told of it beforehand.
    public ChangeId propose(Change change, String folder, String diff, Insight insight) {
        ChangeId id = change.id();
        for (int i = 2; !journal.of(id).isEmpty(); i++) {
            id = new ChangeId(change.id() + "-" + i);
        }
        journal.append(
                id,
                new Event.Proposed(
                        id,
                        change.digest(),
                        change.request().title(),
                        change.request().requestedBy(),
                        change.request().because(),
                        change.request().claims(),
                        change.request().expectations(),
                        folder,
                        List.copyOf(change.edit().paths()),
                        diff,
                        Planner.plan(change, site),
                        insight));
        return id;
    }

    /// A person says for their own party whether a claim about it is true.
    public Reply answer(ChangeId change, int claim, PersonId by, Answer answer, String how) {
        return act(change, by, Right.CONFIRM, rollout -> {
            List<Claim> claims = rollout.proposed().claims();
            if (claim < 0 || claim >= claims.size()) {
                return refused("Change " + change + " has " + claims.size() + " claims; there is no number "
                        + (claim + 1) + ". See `barograph status " + change + "`.");
            }
            if (!claims.get(claim).about().equals(by.party())) {
                return refused("The claim is about " + claims.get(claim).about() + ", and " + by + " speaks for "
                        + by.party() + ". Only a party's own people can answer for it.");
            }
            return done(change, new Event.ClaimAnswered(claim, by, answer, how), by + " says: " + answer.words());
        });
    }

    /// An operator has read a mail of a party's person and says which answer to a claim it gives.
    ///
    /// A mail counts only as far as its sender's domain signed it: anybody can write any name into a From field.
    ///
    /// @param entry the mail's entry in the record
    /// @param quote the words of the mail that say so; the caller has seen to it that they stand there
    public Reply answerByMail(ChangeId change, int claim, long entry, Answer answer, String quote, PersonId by) {
        return act(change, by, Right.OPERATE, rollout -> {
            Optional<Event.MailReceived> found = journal.of(change).stream()
                    .filter(each -> each.index() == entry)
                    .flatMap(each -> each.event() instanceof Event.MailReceived mail ? Stream.of(mail) : Stream.empty())
                    .findFirst();
            if (found.isEmpty()) {
                return refused("Entry " + entry + " is no mail about change " + change + ". `barograph mail " + change
                        + "` lists them.");
            }
            Event.MailReceived mail = found.get();
            if (mail.writer() != Event.Writer.PERSON) {
                return refused("The mail of entry " + entry + " was written by a machine, and is nobody's word.");
            }
            if (!mail.speaks()) {
                String because = mail.seal().map(Event.MailSeal::because).orElse("its signatures were never looked at");
                return refused("The mail of entry " + entry + " does not prove who wrote it: " + because + ". Ask "
                        + mail.from() + " in another way, and enter the answer with `barograph answer`.");
            }
            return sender(mail, claim, rollout)
                    .map(person -> answer(
                            change,
                            claim,
                            person,
                            answer,
                            "mail (entry " + entry + ", "
                                    + mail.seal().orElseThrow().because() + ", read by " + by + ": “" + quote + "”)"))
                    .orElseGet(() -> refused("The mail of entry " + entry + " is from " + mail.from()
                            + ", which is the address of nobody who may answer for that claim's party."));
        });
    }

    /// The person of the claim's party whose address the mail is from.
    private Optional<PersonId> sender(Event.MailReceived mail, int claim, Rollout rollout) {
        List<Claim> claims = rollout.proposed().claims();
        return claim < 0 || claim >= claims.size()
                ? Optional.empty()
                : site.party(claims.get(claim).about()).stream()
                        .flatMap(party -> party.people().stream())
                        .filter(person -> person.mail().equalsIgnoreCase(mail.from()))
                        .map(Person::id)
                        .findFirst();
    }

    /// A person agrees to the change as it is now.
    public Reply approve(ChangeId change, PersonId by) {
        return act(change, by, Right.APPROVE, rollout -> {
            if (by.equals(rollout.proposed().requestedBy())) {
                return refused(by + " asked for this change, and nobody approves their own request. "
                        + "Somebody else of the same side has to.");
            }
            return done(
                    change,
                    new Event.Approved(by, rollout.proposed().digest()),
                    by + " approves " + change + " as it is ("
                            + rollout.proposed().digest().brief() + ")");
        });
    }

    /// A person accepts the risk that a gate warns of.
    public Reply waive(ChangeId change, String gate, PersonId by, String because) {
        return act(change, by, Right.WAIVE, rollout -> {
            List<GateState> gates = rollout.gates(site);
            Optional<GateState> found = gates.stream()
                    .filter(each -> each.gate().name().equals(gate))
                    .findFirst();
            if (found.isEmpty()) {
                return refused("Change " + change + " has no gate '" + gate + "'. It has: "
                        + gates.stream().map(each -> each.gate().name()).collect(Collectors.joining(", ")) + ".");
            }
            if (!(found.get() instanceof GateState.Shut shut)) {
                return refused("Gate " + gate + " of " + change + " is not shut, so there is nothing to waive.");
            }
            if (because.isBlank()) {
                return refused("A waiver needs a reason in the signer's own words: --because \"…\".");
            }
            double harm = rollout.forecast().map(Forecast::harm).orElse(1.0);
            Waiver waiver = new Waiver(
                    gate,
                    by,
                    sentence(rollout, shut),
                    because,
                    rollout.proposed().digest(),
                    harm);
            return done(change, new Event.WaiverSigned(waiver), by + " signs: " + waiver.sentence());
        });
    }

    private static String sentence(Rollout rollout, GateState.Shut shut) {
        String risk = rollout.forecast()
                .map(forecast -> forecast.percent() + " chance that it breaks logins"
                        + (forecast.people() > 0
                                ? "; " + forecast.people() + " people logged in on these servers within the last hour"
                                : ""))
                .orElse("nobody has forecast what it does to logins");
        return "I let change " + rollout.proposed().change() + " pass gate "
                + shut.gate().name() + ", knowing that " + shut.waitsFor() + ", and that the forecast is: " + risk
                + ".";
    }

    /// An operator lets the change go: from then on it moves by itself as soon as its gates are passable.
    public Reply release(ChangeId change, PersonId by) {
        return act(change, by, Right.OPERATE, rollout -> {
            if (rollout.released().isPresent()) {
                return new Reply.Done("Change " + change + " was released by "
                        + rollout.released().get() + " already");
            }
            Optional<ChangeId> other = rival(change, rollout);
            if (other.isPresent()) {
                return refused("Change " + other.get()
                        + " is under way on one of the same servers. One change at a time per server: wait until it"
                        + " has ended, or roll it back with `barograph rollback " + other.get() + "`.");
            }
            return done(change, new Event.Released(by), "Change " + change + " is released by " + by);
        });
    }

    private Optional<ChangeId> rival(ChangeId change, Rollout rollout) {
        return journal.changes().stream()
                .filter(id -> !id.equals(change))
                .filter(id -> {
                    List<Happening> history = journal.of(id);
                    if (history.isEmpty() || !(history.getFirst().event() instanceof Event.Proposed)) {
                        return false;
                    }
                    Rollout other = Rollout.replay(history);
                    List<ServerId> mine = List.copyOf(rollout.plan().servers());
                    return other.released().isPresent()
                            && other.ending().isEmpty()
                            && !Collections.disjoint(other.plan().servers(), mine);
                })
                .findFirst();
    }

    /// A person of the party with the last word says that the change does what was wanted.
    public Reply confirm(ChangeId change, PersonId by) {
        return act(change, by, Right.CONFIRM, rollout -> {
            Optional<Plan.Confirmer> confirmer = rollout.plan().confirm();
            if (confirmer.isEmpty()) {
                return refused("Nobody has to confirm " + change + ": the logins alone decide.");
            }
            if (!confirmer.get().by().equals(by.party())) {
                return refused("The last word on " + change + " is "
                        + confirmer.get().by() + "'s, and " + by + " speaks for " + by.party() + ".");
            }
            if (rollout.lastWeighed().map(Event.Weighed::verdict).orElse(null) instanceof Verdict.Harmful harm) {
                return refused("Change " + change + " does harm, and cannot be confirmed. " + harm.because());
            }
            if (rollout.confirmationDeadline().isEmpty()) {
                return refused("Change " + change + " is not on all its servers yet (" + rollout.state()
                        + "), so there is nothing to confirm so far.");
            }
            return done(
                    change,
                    new Event.ConfirmationGiven(by, rollout.proposed().digest()),
                    by + " confirms " + change + " ("
                            + rollout.proposed().digest().brief() + ")");
        });
    }

    /// An operator lets a stage without a verdict go on; or what somebody else has changed meanwhile stand.
    public Reply goOn(ChangeId change, PersonId by) {
        return act(change, by, Right.OPERATE, rollout -> {
            List<ServerId> drifted =
                    rollout.drifted().stream().map(Hold::server).toList();
            if (!drifted.isEmpty()) {
                drifted.forEach(server -> journal.append(change, new Event.DriftAccepted(by, server)));
                return new Reply.Done(by + " lets " + change + " go on over what somebody else changed on "
                        + drifted.stream().map(ServerId::value).collect(Collectors.joining(", ")));
            }
            Optional<Stage> stage = rollout.undecidedStage();
            return stage.isEmpty()
                    ? refused("No stage of " + change + " waits for a decision.")
                    : done(
                            change,
                            new Event.DecisionGiven(by, stage.get()),
                            by + " lets stage " + stage.get() + " go on without a verdict");
        });
    }

    /// A person takes the change back.
    public Reply rollBack(ChangeId change, PersonId by, String because) {
        return act(change, by, Right.OPERATE, rollout -> {
            if (rollout.cause().isPresent()) {
                return new Reply.Done("Change " + change + " is being rolled back already: "
                        + rollout.cause().get().words());
            }
            String words = by + " called it back" + (because.isBlank() ? "" : ": " + because);
            return done(change, new Event.RollbackCalled(new Cause(Cause.Sort.PERSON, words)), words);
        });
    }

    private Reply act(ChangeId change, PersonId by, Right right, java.util.function.Function<Rollout, Reply> decide) {
        List<Happening> history = journal.of(change);
        if (history.isEmpty()) {
            return refused("There is no change '" + change + "'. `barograph status` lists all.");
        }
        Optional<Person> person = site.person(by);
        if (person.isEmpty()) {
            return refused("The site knows no person '" + by + "'. Add them to parties in site.yaml.");
        }
        if (!person.get().may(right)) {
            String word = right.name().toLowerCase(java.util.Locale.ROOT);
            return refused(by + " has no right to " + word + ". Give it in site.yaml (may: [" + word
                    + "]), or let somebody do it who has it: " + holders(right) + ".");
        }
        Rollout rollout = Rollout.replay(history);
        if (rollout.ending().isPresent()) {
            return refused("Change " + change + " has ended ("
                    + rollout.ending().get() + "). To try again, propose it once more.");
        }
        return decide.apply(rollout);
    }

    private String holders(Right right) {
        String names = site.parties().stream()
                .flatMap(party -> party.people().stream())
                .filter(person -> person.may(right))
                .map(person -> person.id().toString())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "nobody so far" : names;
    }

    private Reply done(ChangeId change, Event event, String words) {
        journal.append(change, event);
        return new Reply.Done(words);
    }

    private static Reply refused(String words) {
        return new Reply.Refused(words);
    }
}
