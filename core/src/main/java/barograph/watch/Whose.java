package barograph.watch;

import java.util.OptionalInt;

/// Whose logins fail for each reason on the changed servers since the change.
///
/// Reasons are compared over everybody together, and the two sides need not have the same groups: a reason for which
/// one group alone fails everywhere is the commoner on the side that has more of its people. Memory: one count per
/// reason and segment (8 kB).
final class Whose {
    private final int[] hits = new int[Reasons.MOST * Segments.MOST];

    void failed(int segment, int reason, int times) {
        hits[reason * Segments.MOST + segment] += times;
    }

    /// The segment that has at least three quarters of the failures for a reason, if one has.
    OptionalInt ofOneGroup(int reason) {
        long all = 0;
        int most = 0;
        for (int segment = 0; segment < Segments.MOST; segment++) {
            all += hits(reason, segment);
            most = hits(reason, segment) > hits(reason, most) ? segment : most;
        }
        return all > 0 && hits(reason, most) >= FailStream.MOST_HITS * all ? OptionalInt.of(most) : OptionalInt.empty();
    }

    private int hits(int reason, int segment) {
        return hits[reason * Segments.MOST + segment];
    }
}
