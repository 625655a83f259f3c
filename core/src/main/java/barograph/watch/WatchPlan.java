package barograph.watch;

import barograph.site.ServerId;
import barograph.site.WatchRules;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// Who has the change since when, and who has not.
public record WatchPlan(
        Map<ServerId, Instant> changed,
        Set<ServerId> unchanged,
        Set<ServerId> stage,
        Instant learnFrom,
        WatchRules rules) {}
