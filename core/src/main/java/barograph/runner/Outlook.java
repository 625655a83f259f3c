package barograph.runner;

import barograph.coverage.Count;
import barograph.coverage.Coverage;
import barograph.forecast.Stakes;
import barograph.forecast.Week;
import barograph.login.Dimensions;
import barograph.rehearsal.Difference;
import barograph.rehearsal.Report;
import barograph.rollout.Insight;
import barograph.rollout.Rollout;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec;
import barograph.site.Site;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Whom a change would hit at which hour: the site's traffic, and what failed in rehearsal.
final class Outlook {
    /// What no probe stands for must be seen by the logins themselves.
    private static final double ALL = 0.99;

    private Outlook() {}

    /// Empty where no log told of the hours of the week.
    static Optional<Stakes> of(Rollout rollout, Site site, double needed, Instant now) {
        Insight insight = rollout.proposed().insight();
        if (insight.rhythms().isEmpty()) {
            return Optional.empty();
        }
        boolean covered = insight.coverage()
                .map(Coverage::share)
                .filter(share -> share >= ALL)
                .isPresent();
        List<ProbeSpec> failed = failed(rollout.reports(), site);
        boolean down =
                rollout.reports().stream().anyMatch(report -> !report.trouble().isEmpty());
        Predicate<Dimensions> hit = failed.isEmpty() || down ? _ -> true : Count.like(failed);
        return Optional.of(
                Stakes.of(insight.rhythms(), hit, !failed.isEmpty() || down, Week.hour(now), covered ? 0 : needed));
    }

    private static List<ProbeSpec> failed(List<Report> reports, Site site) {
        Set<ProbeId> worse = reports.stream()
                .flatMap(report -> report.differences().stream())
                .filter(Difference::worse)
                .map(Difference::probe)
                .collect(Collectors.toSet());
        return site.probes().stream()
                .filter(probe -> worse.contains(probe.id()))
                .toList();
    }
}
