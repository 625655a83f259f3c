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
/// The weights are judgement, not yet calibration: they are written down with each forecast, so that scoring can
/// replace them by what really happened.
public final class Forecaster {
    /// The share of changes that go wrong where nothing more is known: a low to middling change failure rate as
    /// surveys of software delivery report it (DORA: 5% to 20%).
    static final double BASE_RATE = 0.1;

    /// All remarks on the diff together weigh at most this much.
    static final double MOST_OF_LOOKS = 2;

    private Forecaster() {}

    /// @param rehearsals what the backup servers said; none if nothing was rehearsed
    /// @param facts what the change itself tells
    public static Forecast forecast(List<Report> rehearsals, Facts facts) {
        List<Forecast.Reason> reasons = new ArrayList<>();
        if (rehearsals.isEmpty()) {
            reasons.add(new Forecast.Reason("no backup server has rehearsed it", 0.8));
        }
        rehearsals.forEach(report -> reasons.add(of(report)));
        if (facts.restart()) {
            reasons.add(new Forecast.Reason("it needs a restart, and every login in flight is lost then", 0.3));
        }
        if (facts.unconfirmedClaims() > 0) {
            reasons.add(
                    new Forecast.Reason("it rests on hearsay (" + facts.unconfirmedClaims() + " unconfirmed)", 0.2));
        }
        if (facts.servers() > 1 && !facts.canary()) {
            reasons.add(new Forecast.Reason("no canary: all servers get it at once", 0.4));
        }
        reasons.addAll(remarked(facts.remarks()));
        facts.coverage().flatMap(Forecaster::uncovered).ifPresent(reasons::add);
        double logOdds = Math.log(BASE_RATE / (1 - BASE_RATE))
                + reasons.stream().mapToDouble(Forecast.Reason::weight).sum();
        reasons.sort(Comparator.comparingDouble(reason -> -Math.abs(reason.weight())));
        return new Forecast(1 / (1 + Math.exp(-logOdds)), reasons, facts.people(), facts.loginsPerHour());
    }

    private static Forecast.Reason of(Report report) {
        if (!report.trouble().isEmpty()) {
            return new Forecast.Reason(report.backup() + " could not rehearse it: " + report.trouble(), 2.5);
        }
        List<String> harm = report.harm();
        if (!harm.isEmpty()) {
            String more = harm.size() > 1 ? ", and " + (harm.size() - 1) + " more" : "";
            return new Forecast.Reason("on " + report.backup() + " " + harm.getFirst() + more, 5);
        }
        if (!report.passed() && report.findings().stream().anyMatch(Finding.Unmet.class::isInstance)) {
            return new Forecast.Reason("on " + report.backup() + " it does not do what it is for", 1);
        }
        return new Forecast.Reason("all " + report.probes() + " probes went as before on " + report.backup(), -1.5);
    }

    /// What caught the eye: a diff of many remarks is no more certain to break logins than one of a few.
    private static List<Forecast.Reason> remarked(List<Remark> remarks) {
        double sum = remarks.stream().mapToDouble(Remark::weight).sum();
        double scale = sum > MOST_OF_LOOKS ? MOST_OF_LOOKS / sum : 1;
        return remarks.stream()
                .filter(remark -> remark.weight() > 0)
                .map(remark -> new Forecast.Reason(remark.line(), remark.weight() * scale))
                .toList();
    }

    /// What no probe stands for cannot be seen in a rehearsal.
    private static Optional<Forecast.Reason> uncovered(Coverage coverage) {
        double missing = 1 - coverage.share();
        return missing < 0.01
                ? Optional.empty()
                : Optional.of(new Forecast.Reason(
                        coverage.words().replaceAll("\\.$", "").replace("The probes", "the probes"), missing));
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
    public record Facts(
            int servers,
            boolean canary,
            boolean restart,
            int unconfirmedClaims,
            long people,
            long loginsPerHour,
            List<Remark> remarks,
            Optional<Coverage> coverage) {
        public Facts {
            remarks = List.copyOf(remarks);
        }

        /// Without what was looked at beforehand.
        public Facts(
                int servers, boolean canary, boolean restart, int unconfirmedClaims, long people, long loginsPerHour) {
            this(servers, canary, restart, unconfirmedClaims, people, loginsPerHour, List.of(), Optional.empty());
        }

        /// The same with what was looked at beforehand.
        public Facts with(List<Remark> noticed, Optional<Coverage> covered) {
            return new Facts(servers, canary, restart, unconfirmedClaims, people, loginsPerHour, noticed, covered);
        }
    }
}
