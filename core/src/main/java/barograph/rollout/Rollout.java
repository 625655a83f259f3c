package barograph.rollout;

import barograph.claims.Answer;
import barograph.claims.Claim;
import barograph.claims.Standing;
import barograph.forecast.Forecast;
import barograph.gates.GateState;
import barograph.gates.Gatekeeper;
import barograph.gates.Waiver;
import barograph.lease.Drift;
import barograph.record.Digest;
import barograph.rehearsal.Report;
import barograph.site.PersonId;
import barograph.site.ServerId;
import barograph.site.Site;
import barograph.site.Stage;
import barograph.verdict.Verdict;
import barograph.watch.Counts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The life of one change as its events tell it so far.
///
/// Made by [#replay]; what to do next is said by [Course]. It has no state but what the record holds, so a controller
/// that was killed anywhere goes on where it was. Not for use by several threads while it is being replayed.
public final class Rollout {
    private final Event.Proposed proposed;
    private final Map<Integer, Map<PersonId, Answer>> answers = new TreeMap<>();
    private final Map<ServerId, Report> reports = new TreeMap<>();
    private final Set<PersonId> approvals = new TreeSet<>(java.util.Comparator.comparing(PersonId::toString));
    private final List<Waiver> waivers = new ArrayList<>();
    private final Map<ServerId, Hold> holds = new TreeMap<>();
    private final Map<Stage, Event.Weighed> weighed = new TreeMap<>();
    private Optional<Event.Weighed> lastWeighed = Optional.empty();
    private final Set<Stage> passed = new TreeSet<>();
    private final Set<Stage> decisionsAsked = new TreeSet<>();
    private final Set<Stage> decisionsGiven = new TreeSet<>();
    private Optional<Forecast> forecast = Optional.empty();
    private Optional<PersonId> released = Optional.empty();
    private Optional<Instant> confirmationDeadline = Optional.empty();
    private Optional<PersonId> confirmed = Optional.empty();
    private Optional<Cause> cause = Optional.empty();
    private Optional<Ending> ending = Optional.empty();
    private final Set<Stage> traced = new TreeSet<>();
    private Instant endedAt = Instant.MIN;
    private boolean tracedSinceTheEnd;
    private int rehearsalsBegun;

    private Rollout(Event.Proposed proposed) {
        this.proposed = proposed;
        proposed.plan().servers().forEach(server -> holds.put(server, new Hold(server)));
    }

    /// Adds up what happened.
    ///
    /// @param history all events of one change in the order of the record; the first is its [Event.Proposed]
    /// @throws IllegalStateException when it is not
    public static Rollout replay(List<Happening> history) {
        if (history.isEmpty() || !(history.getFirst().event() instanceof Event.Proposed proposed)) {
            throw new IllegalStateException("the history of a change begins with its proposal");
        }
        Rollout rollout = new Rollout(proposed);
        history.forEach(rollout::add);
        return rollout;
    }

    private void add(Happening happening) {
        switch (happening.event()) {
            case Event.ClaimAnswered(int claim, PersonId by, Answer answer, String _) -> {
                answers.computeIfAbsent(claim, _ -> new LinkedHashMap<>()).put(by, answer);
                forecast = Optional.empty();
            }
            case Event.RehearsalBegun _ -> rehearsalsBegun++;
            case Event.Rehearsed(Report report) -> {
                reports.put(report.backup(), report);
                forecast = Optional.empty();
            }
            case Event.Forecasted(Forecast number) -> forecast = Optional.of(number);
            case Event.Approved(PersonId by, Digest digest) -> {
                if (digest.equals(proposed.digest())) {
                    approvals.add(by);
                }
            }
            case Event.WaiverSigned(Waiver waiver) -> waivers.add(waiver);
            case Event.Released(PersonId by) -> released = Optional.of(by);
            case Event.Ordered(ServerId server, Errand errand) -> hold(server).ordered(errand, happening.at());
            case Event.Answered answered -> hold(answered.server()).answered(answered, happening.at());
            case Event.Checked(ServerId server, var findings) -> hold(server).checked(findings);
            case Event.PersonNeeded(ServerId server, String _) -> hold(server).personNeeded();
            case Event.Drifted(ServerId server, List<Drift> files) ->
                hold(server).drifted(files, happening.at());
            case Event.DriftAccepted(PersonId _, ServerId server) ->
                hold(server).driftAccepted();
            case Event.Weighed weighing -> {
                weighed.put(weighing.stage(), weighing);
                lastWeighed = Optional.of(weighing);
            }
            case Event.StagePassed(Stage stage, String _) -> passed.add(stage);
            case Event.DecisionAsked(Stage stage, String _) -> decisionsAsked.add(stage);
            case Event.DecisionGiven(PersonId _, Stage stage) -> decisionsGiven.add(stage);
            case Event.ConfirmationAsked(Instant deadline) -> confirmationDeadline = Optional.of(deadline);
            case Event.ConfirmationGiven(PersonId by, Digest digest) -> {
                if (digest.equals(proposed.digest())) {
                    confirmed = Optional.of(by);
                }
            }
            case Event.RollbackCalled(Cause why) -> cause = cause.or(() -> Optional.of(why));
            case Event.Ended(Ending end) -> {
                ending = Optional.of(end);
                endedAt = happening.at();
            }
            case Event.Traced(Stage stage, var _) -> {
                traced.add(stage);
                tracedSinceTheEnd = ending.isPresent();
            }
            case Event.Proposed _,
                    Event.Probed _,
                    Event.TakenOn _,
                    Event.NoticeSent _,
                    Event.NoticeFailed _,
                    Event.MailReceived _,
                    Event.MailAnswered _ -> {}
        }
    }

    Hold hold(ServerId server) {
        return holds.computeIfAbsent(server, Hold::new);
    }

    /// What to do next, as of `now`.
    ///
    /// @param site who has which role, for counting approvals
    public Step next(Site site, Instant now) {
        return new Course(this, site, now).next();
    }

    public Event.Proposed proposed() {
        return proposed;
    }

    public Plan plan() {
        return proposed.plan();
    }

    /// Each claim and how it stands, in the order of the change.
    public Map<Claim, Standing> claims() {
        Map<Claim, Standing> standings = new LinkedHashMap<>();
        for (int i = 0; i < proposed.claims().size(); i++) {
            Map<PersonId, Answer> given = answers.getOrDefault(i, Map.of());
            standings.put(proposed.claims().get(i), Standing.of(List.copyOf(given.values())));
        }
        return standings;
    }

    public List<Report> reports() {
        return List.copyOf(reports.values());
    }

    public Optional<Forecast> forecast() {
        return forecast;
    }

    /// The servers on which somebody else has changed files of the change, while nobody has decided about that: until
    /// then nothing goes on.
    public List<Hold> drifted() {
        List<Hold> drifted = new ArrayList<>();
        for (Hold hold : holds.values()) {
            if (hold.drifted()) {
                drifted.add(hold);
            }
        }
        return drifted;
    }

    /// How each gate stands.
    public List<GateState> gates(Site site) {
        Map<PersonId, barograph.site.Role> given = new LinkedHashMap<>();
        approvals.forEach(person -> site.party(person.party()).ifPresent(party -> given.put(person, party.role())));
        return Gatekeeper.states(
                plan().gates(),
                new Gatekeeper.Facts(
                        proposed.digest(),
                        proposed.requestedBy(),
                        claims(),
                        reports(),
                        forecast,
                        given,
                        waivers,
                        proposed.insight().coverage()));
    }

    public List<Waiver> waivers() {
        return List.copyOf(waivers);
    }

    /// The operator who let it go, once somebody has.
    public Optional<PersonId> released() {
        return released;
    }

    /// What each server's host is known to hold.
    public Map<ServerId, Hold> holds() {
        return java.util.Collections.unmodifiableMap(holds);
    }

    /// The last verdict on each stage.
    public Optional<Verdict> verdict(Stage stage) {
        return Optional.ofNullable(weighed.get(stage)).map(Event.Weighed::verdict);
    }

    /// The last verdict of all.
    public Optional<Event.Weighed> lastWeighed() {
        return lastWeighed;
    }

    /// What was counted under the last verdict.
    public Optional<Counts> counts() {
        return lastWeighed().map(Event.Weighed::counts);
    }

    /// Whether a stage has nothing more to prove.
    public boolean passed(Stage stage) {
        return passed.contains(stage);
    }

    boolean traced(Stage stage) {
        return traced.contains(stage);
    }

    boolean tracedSinceTheEnd() {
        return tracedSinceTheEnd;
    }

    Instant endedAt() {
        return endedAt;
    }

    /// The last stage of which a server has, or had, the change in force.
    public Optional<Stage> lastChangedStage() {
        return plan().waves().stream()
                .filter(wave -> wave.servers().keySet().stream()
                        .anyMatch(server -> hold(server).appliedAt().isPresent()))
                .map(Wave::stage)
                .reduce((_, later) -> later);
    }

    /// How often backup servers began to try it.
    public int rehearsalsBegun() {
        return rehearsalsBegun;
    }

    boolean decisionAsked(Stage stage) {
        return decisionsAsked.contains(stage);
    }

    /// The stage that waits for a person's decision, if one does.
    public Optional<Stage> undecidedStage() {
        return decisionsAsked.stream()
                .filter(stage -> !decisionsGiven.contains(stage) && !passed.contains(stage))
                .findFirst();
    }

    boolean decisionGiven(Stage stage) {
        return decisionsGiven.contains(stage);
    }

    /// Until when the party with the last word may give it, once it was asked.
    public Optional<Instant> confirmationDeadline() {
        return confirmationDeadline;
    }

    public Optional<PersonId> confirmed() {
        return confirmed;
    }

    /// Why it is taken back, if it is.
    public Optional<Cause> cause() {
        return cause;
    }

    public Optional<Ending> ending() {
        return ending;
    }

    /// Whether no server was ever told to apply it.
    public boolean untouched() {
        for (Hold hold : holds.values()) {
            if (hold.touched()) {
                return false;
            }
        }
        return true;
    }

    /// Its state in one word, as `design.md` names them.
    public State state() {
        if (ending.isPresent()) {
            return switch (ending.get()) {
                case CONFIRMED -> State.CONFIRMED;
                case ROLLED_BACK -> State.ROLLED_BACK;
                case WITHDRAWN -> State.WITHDRAWN;
                case NEEDS_A_PERSON -> State.NEEDS_A_PERSON;
            };
        }
        if (cause.isPresent()) {
            return State.ROLLING_BACK;
        }
        if (confirmationDeadline.isPresent()) {
            return State.AWAITING_CONFIRMATION;
        }
        if (!untouched()) {
            return holds.values().stream().anyMatch(Hold::applied) ? State.WATCHING : State.APPLYING;
        }
        if (forecast.isPresent()) {
            return State.READY;
        }
        return reports.isEmpty() ? State.PROPOSED : State.REHEARSED;
    }

    /// Where a change stands.
    public enum State {
        PROPOSED,
        REHEARSED,
        READY,
        APPLYING,
        WATCHING,
        AWAITING_CONFIRMATION,
        CONFIRMED,
        ROLLING_BACK,
        ROLLED_BACK,
        WITHDRAWN,
        NEEDS_A_PERSON
    }
}
