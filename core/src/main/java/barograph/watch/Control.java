package barograph.watch;

/// Whether the unchanged servers still show the state of the world, or get no logins any more: drained, cut off, or
/// their log is late.
///
/// Logins of changed servers are its clock, so a holiday makes no difference: as long as they go on, and less than a
/// quarter of what was due with them comes to the unchanged ones, nobody can be compared with.
final class Control {
    /// With this many due, the chance that none comes by itself is below 1 in 100,000, even where people come in
    /// groups (overdispersion 1.25, as for silence).
    private static final double ENOUGH = 15;
    /// With more than this missing, no more is remembered: what comes back is soon believed.
    private static final double MOST = 2 * ENOUGH;

    private static final double WORTH = 4;

    private final double perChanged;
    private final double patienceHours;
    private double due;
    private double seenAt;
    private double now;

    /// @param changed units learned on servers that have the change now
    /// @param unchanged units learned on the others
    /// @param patienceHours how late a log may be
    Control(double changed, double unchanged, double patienceHours) {
        perChanged = changed == 0 ? 0 : unchanged / changed;
        this.patienceHours = patienceHours;
    }

    /// Takes in what came since the last call.
    void see(long changed, long unchanged, double hours) {
        now = hours;
        due = Math.clamp(due + changed * perChanged - WORTH * unchanged, 0, MOST);
        seenAt = due < 1 ? hours : seenAt;
    }

    /// Whether logins of the unchanged servers are missing: what changed ones show cannot be weighed now.
    boolean missing() {
        return due >= ENOUGH;
    }

    /// Whether they have been missing for longer than a log is late.
    boolean lost() {
        return missing() && now - seenAt > patienceHours;
    }

    /// Until when they were seen, in hours since the change.
    double seenAt() {
        return seenAt;
    }
}
