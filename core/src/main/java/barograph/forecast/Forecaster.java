package barograph.forecast;

import barograph.coverage.Coverage;
import barograph.expectations.Finding;
import barograph.looks.Remark;
import barograph.rehearsal.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Turns what is known beforehand into a probability: a base rate, and what moves it.
///
/// The weights are judgement; they are written down with each forecast, so that [Calibration] can hold them against
/// what really happened.
public final class Forecaster {
    /// All remarks on the diff together weigh at most this much.
    static final double MOST_OF_LOOKS = 2;

    private Forecaster() {}

    /// @param rehearsals what the backup servers said; none if nothing was rehearsed
    /// @param facts what the change itself tells
    public static Forecast forecast(List<Report> rehearsals, Facts facts) {
        return forecast(rehearsals, facts, Weights.JUDGED);
    }

    /// The same with other weights.
    public static Forecast forecast(List<Report> rehearsals, Facts facts, Weights weights) {
        List<Forecast.Reason> reasons = new ArrayList<>();
        if (rehearsals.isEmpty()) {
            reasons.add(weights.reason(Factor.NOT_REHEARSED, "no backup server has rehearsed it", 1));
        }
        rehearsals.forEach(report -> reasons.add(of(report, weights)));
        if (facts.restart()) {
            reasons.add(
                    weights.reason(Factor.RESTART, "it needs a restart, and every login in flight is lost then", 1));
        }
        if (!facts.withoutDeadMan().isEmpty()) {
            reasons.add(weights.reason(
                    Factor.NO_DEAD_MAN,
                    String.join(", ", facts.withoutDeadMan())
                            + (facts.withoutDeadMan().size() == 1 ? " has" : " have")
                            + " no dead-man: should the controller die, the change stays there until one is back",
                    1));
        }
        if (facts.unconfirmedClaims() > 0) {
            reasons.add(weights.reason(
                    Factor.HEARSAY, "it rests on hearsay (" + facts.unconfirmedClaims() + " unconfirmed)", 1));
        }
        if (facts.servers() > 1 && !facts.canary()) {
            reasons.add(weights.reason(Factor.NO_CANARY, "no canary: all servers get it at once", 1));
        }
        reasons.addAll(remarked(facts.remarks(), weights));
        facts.coverage().flatMap(coverage -> uncovered(coverage, weights)).ifPresent(reasons::add);
        reasons.sort(Comparator.comparingDouble(reason -> -Math.abs(reason.weight())));
        return new Forecast(
                weights.harm(reasons),
                reasons,
                facts.people(),
                facts.loginsPerHour(),
                Optional.empty(),
                Optional.of(weights.range(reasons)),
                Optional.empty());
    }

    private static Forecast.Reason of(Report report, Weights weights) {
        if (!report.trouble().isEmpty()) {
            return weights.reason(
                    Factor.NOT_CARRIED_THROUGH, report.backup() + " could not rehearse it: " + report.trouble(), 1);
        }
        List<String> harm = report.harm();
        if (!harm.isEmpty()) {
            String more = harm.size() > 1 ? ", and " + (harm.size() - 1) + " more" : "";
            return weights.reason(Factor.WORSE, "on " + report.backup() + " " + harm.getFirst() + more, 1);
        }
        if (!report.passed() && report.findings().stream().anyMatch(Finding.Unmet.class::isInstance)) {
            return weights.reason(Factor.PURPOSE_UNMET, "on " + report.backup() + " it does not do what it is for", 1);
        }
        return weights.reason(
                Factor.AS_BEFORE, "all " + report.probes() + " probes went as before on " + report.backup(), 1);
    }

    /// What caught the eye: a diff of many remarks is no more certain to break logins than one of a few.
    private static List<Forecast.Reason> remarked(List<Remark> remarks, Weights weights) {
        double sum = remarks.stream().mapToDouble(Remark::weight).sum();
        double scale = sum > MOST_OF_LOOKS ? MOST_OF_LOOKS / sum : 1;
        return remarks.stream()
                .filter(remark -> remark.weight() > 0)
                .map(remark -> weights.reason(Factor.LOOKS, remark.line(), remark.weight() * scale))
                .toList();
    }

    /// What no probe stands for cannot be seen in a rehearsal.
    private static Optional<Forecast.Reason> uncovered(Coverage coverage, Weights weights) {
        double missing = 1 - coverage.share();
        return missing < 0.01
                ? Optional.empty()
                : Optional.of(weights.reason(
                        Factor.UNCOVERED,
                        coverage.words().replaceAll("\\.$", "").replace("The probes", "the probes"),
                        missing));
    }

    /// What the change itself tells.
    ///
    /// @param servers how many servers get it
    /// @param canary whether one gets it before the others
    /// @param restart whether a restart is needed
    /// @param unconfirmedClaims how many claims the parties themselves have not confirmed
    /// @param people as in [Forecast]
    /// @param loginsPerHour as in [Forecast]
    /// @param remarks what caught the eye in its diff
    /// @param coverage which logins the probes stand for; empty where no log told
    /// @param withoutDeadMan the servers that no host of their own puts back
    public record Facts(
            int servers,
            boolean canary,
            boolean restart,
            int unconfirmedClaims,
            long people,
            long loginsPerHour,
            List<Remark> remarks,
            Optional<Coverage> coverage,
            List<String> withoutDeadMan) {
        public Facts {
            remarks = List.copyOf(remarks);
            withoutDeadMan = List.copyOf(withoutDeadMan);
        }

        /// Without what was looked at beforehand, of servers that all have a dead-man.
        public Facts(
                int servers, boolean canary, boolean restart, int unconfirmedClaims, long people, long loginsPerHour) {
            this(
                    servers,
                    canary,
                    restart,
                    unconfirmedClaims,
                    people,
                    loginsPerHour,
                    List.of(),
                    Optional.empty(),
                    List.of());
        }

        /// The same with what was looked at beforehand.
        public Facts with(List<Remark> noticed, Optional<Coverage> covered) {
            return new Facts(
                    servers,
                    canary,
                    restart,
                    unconfirmedClaims,
                    people,
                    loginsPerHour,
                    noticed,
                    covered,
                    withoutDeadMan);
        }

        /// The same with servers that no host of their own puts back.
        public Facts without(List<String> deadMen) {
            return new Facts(
                    servers, canary, restart, unconfirmedClaims, people, loginsPerHour, remarks, coverage, deadMen);
        }
    }
}
