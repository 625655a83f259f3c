package barograph.watch;

import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The trace of a watch, for drawing: how many got in and how many did not, server by server, and the needle.
///
/// @param start when the first bucket begins
/// @param bucket how long each bucket is; doubles when there would be more than [#MOST_BUCKETS]
/// @param tracks one per server, changed ones first, each in the order of names
/// @param needle per bucket, how far the strongest evidence is on its way to its threshold, on a logarithmic scale:
///        0 is none, 1 trips
public record Drum(Instant start, Duration bucket, List<Track> tracks, List<Double> needle) {
    public static final int MOST_BUCKETS = 400;

    public Drum {
        tracks = List.copyOf(tracks);
        needle = List.copyOf(needle);
    }

    /// One server's logins per bucket.
    public record Track(ServerId server, boolean changed, List<Integer> accepted, List<Integer> failed) {
        public Track {
            accepted = List.copyOf(accepted);
            failed = List.copyOf(failed);
        }
    }
}
