package barograph.watch;

import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The trace of a watch, as the instrument's drum would carry it: logins per span of time, and the needle.
public record Drum(
        Instant start,
        Duration bucket,
        Map<ServerId, List<Long>> accepted,
        Map<ServerId, List<Long>> failed,
        List<Double> needle) {}
