package barograph.verdict;

/// One kind of evidence that reached its threshold.
///
/// @param stream which: `fail:all`, `fail:group:staff`, `silence:all`, `slow:all`, `probe:staff-pap`,
///        `door:wrong-pass`
/// @param segment whom it hits, in words; `everybody` where it is all
/// @param eValue the evidence against "the change does nothing", in [1, ∞)
/// @param threshold what it had to reach; above 1
/// @param units pieces of evidence on the changed servers since the change
/// @param hits how many of them failed, stayed away or were slow
/// @param usual the share that would be expected without the change, 0 to 1
public record Signal(
        String stream, String segment, double eValue, double threshold, long units, long hits, double usual) {}
