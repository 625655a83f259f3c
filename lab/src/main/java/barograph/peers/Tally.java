package barograph.peers;

/// Lines of one interval of the clock.
public record Tally(long changed, long changedFailed, long unchanged, long unchangedFailed) {
    static final Tally NONE = new Tally(0, 0, 0, 0);

    Tally plus(Tally other) {
        return new Tally(
                changed + other.changed,
                changedFailed + other.changedFailed,
                unchanged + other.unchanged,
                unchangedFailed + other.unchangedFailed);
    }

    Tally plus(boolean onChanged, boolean failed) {
        long one = failed ? 1 : 0;
        return onChanged
                ? new Tally(changed + 1, changedFailed + one, unchanged, unchangedFailed)
                : new Tally(changed, changedFailed, unchanged + 1, unchangedFailed + one);
    }

    double changedShare() {
        return (double) changedFailed / changed;
    }

    double unchangedShare() {
        return (double) unchangedFailed / unchanged;
    }
}
