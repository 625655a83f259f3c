package barograph.forecast;

import barograph.rehearsal.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Turns what is known beforehand into a probability: a base rate, and what moves it.
///
/// The weights are judgement, not yet calibration: they are written down with each forecast, so that scoring can
/// replace them by what really happened.
public final class Forecaster {
    /// The share of changes that go wrong where nothing more is known: a low to middling change failure rate as
    /// surveys of software delivery report it (DORA: 5% to 20%).
    static final double BASE_RATE = 0.1;

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
        return new Forecast.Reason("all " + report.probes() + " probes went as before on " + report.backup(), -1.5);
    }

    /// What the change itself tells.
    ///
    /// @param servers how many servers get it
    /// @param canary whether one gets it before the others
    /// @param restart whether a restart is needed
    /// @param unconfirmedClaims how many claims the parties themselves have not confirmed
    /// @param people as in [Forecast]
    /// @param loginsPerHour as in [Forecast]
    public record Facts(
            int servers, boolean canary, boolean restart, int unconfirmedClaims, long people, long loginsPerHour) {}
}
