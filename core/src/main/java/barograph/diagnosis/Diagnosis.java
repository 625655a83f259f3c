package barograph.diagnosis;

import barograph.diagnosis.Observation.Phase;
import barograph.diagnosis.Observation.Tried;
import barograph.login.Outcome;
import barograph.site.ServerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Why logins fail at a server: the suspects, the likeliest first, with what speaks for and against each.
///
/// @param failing what fails there, in words; empty where nothing was seen to fail
/// @param ranking the likeliest first; suspects about whom nothing was seen are left out
/// @param table what was seen, step by step, from each vantage point
/// @param unseen what could not be looked at, and why
public record Diagnosis(
        ServerId server, List<String> failing, List<Ranked> ranking, List<Row> table, List<String> unseen) {
    private static final int CLEAR = 10;
    private static final int LIKELY = 3;

    /// The door cannot be reached at all.
    private static final Set<Sign> SHUT = Set.of(Sign.DOOR_SILENT, Sign.DOOR_REFUSED, Sign.DOOR_NO_ROUTE);

    /// Nothing came back, or not all of it.
    private static final Set<Sign> SILENCE =
            Set.of(Sign.DOOR_SILENT, Sign.RADIUS_SILENT, Sign.LOGIN_HANGS, Sign.TUNNEL_STALLED, Sign.TLS_STALLED);

    public Diagnosis {
        failing = List.copyOf(failing);
        ranking = List.copyOf(ranking);
        table = List.copyOf(table);
        unseen = List.copyOf(unseen);
    }

    /// How sure one can be.
    public enum Certainty {
        /// The first is at least ten times likelier than the next one.
        CLEAR,
        /// At least twice.
        LIKELY,
        /// Nothing speaks for anybody enough.
        OPEN
    }

    /// Judges what was observed.
    ///
    /// @param all in any order but that of tries of one probe, where a later one counts as later
    public static Diagnosis of(List<Observation> all, Facts facts) {
        List<Observation> observations =
                all.stream().filter(each -> !isUntried(each)).toList();
        List<Evidence> evidence = evidence(observations, facts);
        return new Diagnosis(
                facts.server(),
                TrialSigns.at(facts, observations, Phase.MEANWHILE).stream()
                        .map(Tried::trial)
                        .filter(trial -> !trial.asExpected())
                        .map(TrialSigns::words)
                        .toList(),
                new Ranking(facts, evidence).ranking(),
                Rows.of(observations),
                unseen(observations));
    }

    /// A probe that was not tried, for want of wrong passwords that are left, is no sign of anything.
    private static boolean isUntried(Observation observation) {
        return observation instanceof Tried tried && tried.trial().outcome() instanceof Outcome.NotTried;
    }

    private static List<Evidence> evidence(List<Observation> observations, Facts facts) {
        List<Evidence> evidence =
                new ArrayList<>(new TrialSigns(TrialSigns.at(facts, observations, Phase.MEANWHILE)).evidence());
        boolean silent = evidence.stream().map(Evidence::sign).anyMatch(SILENCE::contains);
        boolean shut = evidence.stream().map(Evidence::sign).anyMatch(SHUT::contains);
        evidence.addAll(new DoorSigns(facts, observations).evidence(shut));
        evidence.addAll(new BackendSigns(facts, observations).evidence());
        evidence.addAll(new OtherSigns(facts, observations).evidence(silent));
        evidence.addAll(new ComparedSigns(facts, observations).evidence());
        return evidence;
    }

    private static List<String> unseen(List<Observation> observations) {
        return observations.stream()
                .filter(Observation.Unseen.class::isInstance)
                .map(Observation.Unseen.class::cast)
                .map(each -> each.what() + " from the " + each.from() + ": " + each.because())
                .distinct()
                .toList();
    }

    public Optional<Ranked> first() {
        return ranking.stream().findFirst();
    }

    public Certainty certainty() {
        if (ranking.isEmpty()) {
            return Certainty.OPEN;
        }
        int lead = ranking.size() == 1
                ? ranking.getFirst().decibans()
                : Math.min(
                        ranking.getFirst().decibans(),
                        ranking.getFirst().decibans() - ranking.get(1).decibans());
        return lead >= CLEAR ? Certainty.CLEAR : lead >= LIKELY ? Certainty.LIKELY : Certainty.OPEN;
    }

    /// One or two sentences: the cause first.
    public String words() {
        if (ranking.isEmpty()) {
            return "Nothing was seen that tells why logins fail at " + server + ".";
        }
        Ranked first = ranking.getFirst();
        String because = first.speaksFor().stream().limit(2).map(Reason::words).collect(Collectors.joining("; "));
        return switch (certainty()) {
            case CLEAR -> "The cause is " + first.words() + ": " + because + ".";
            case LIKELY ->
                "The likeliest cause is " + first.words() + ": " + because + ". Next comes "
                        + ranking.get(1).words() + ".";
            case OPEN ->
                "No cause stands out. The first to look at: "
                        + ranking.stream().limit(3).map(Ranked::words).collect(Collectors.joining("; ")) + ".";
        };
    }

    /// As a percentage for people: `97%`, and never 100%.
    public static String percent(double share) {
        return share > 0.99 ? "> 99%" : share < 0.01 ? "< 1%" : String.format(Locale.ROOT, "%.0f%%", share * 100);
    }
}
