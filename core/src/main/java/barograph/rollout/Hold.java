package barograph.rollout;

import barograph.expectations.Finding;
import barograph.lease.Drift;
import barograph.lease.Receipt;
import barograph.record.Digest;
import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What one server's host is known to hold of a change, as far as it was ordered and answered.
public final class Hold {
    /// So many times a pause is doubled.
    private static final int DOUBLED = 5;

    private final ServerId server;
    private boolean snapshotOrdered;
    private boolean touched;
    private Optional<Digest> snapshot = Optional.empty();
    private Optional<Instant> appliedAt = Optional.empty();
    private Optional<Receipt.RolledBack> rolledBack = Optional.empty();
    private boolean gone;
    private boolean toldToKeep;
    private Optional<String> covered = Optional.empty();
    private boolean overtaken;
    private boolean looked;
    private boolean confirmed;
    private boolean checked;
    private boolean personNeeded;
    private Optional<String> unmet = Optional.empty();
    private Optional<Errand> lastErrand = Optional.empty();
    private Optional<Receipt> lastReceipt = Optional.empty();
    private Instant lastAt = Instant.MIN;
    private Optional<Instant> silentSince = Optional.empty();
    private int attempts;
    private List<Drift> drift = List.of();
    private boolean driftAccepted;
    private Instant driftedAt = Instant.MIN;

    Hold(ServerId server) {
        this.server = server;
    }

    void ordered(Errand errand, Instant at) {
        looked = errand == Errand.LOOK;
        if (looked) {
            return;
        }
        attempts = lastErrand.filter(errand::equals).isPresent() ? attempts + 1 : 1;
        lastErrand = Optional.of(errand);
        lastReceipt = Optional.empty();
        lastAt = at;
        snapshotOrdered |= errand == Errand.SNAPSHOT;
        touched |= errand == Errand.APPLY;
        toldToKeep |= errand == Errand.CONFIRM;
    }

    void answered(Event.Answered answered, Instant at) {
        if (answered.errand() != Errand.RENEW && answered.errand() != Errand.LOOK) {
            lastErrand = Optional.of(answered.errand());
            lastReceipt = Optional.of(answered.receipt());
            lastAt = at;
        }
        if (!(answered.receipt() instanceof Receipt.Unreachable)) {
            silentSince = Optional.empty();
        }
        switch (answered.receipt()) {
            case Receipt.Snapped(Digest manifest, int _, var _) -> snapshot = Optional.of(manifest);
            case Receipt.Applied _ -> appliedAt = appliedAt.or(() -> Optional.of(at));
            case Receipt.Confirmed _ -> confirmed = true;
            case Receipt.RolledBack back -> rolledBack = Optional.of(back);
            case Receipt.Refused(Receipt.Reason reason, String detail) -> refused(answered.errand(), reason, detail);
            case Receipt.Unreachable _ -> silentSince = silentSince.or(() -> Optional.of(at));
            case Receipt.Standing(Receipt.State state, var _, String _) -> {
                overtaken |= covered.isPresent() && state == Receipt.State.CONFIRMED;
                personNeeded &= !overtaken; // what was said so far is not how it ends
            }
            case Receipt.Renewed _, Receipt.Stuck _ -> {}
        }
    }

    private void refused(Errand errand, Receipt.Reason reason, String detail) {
        if (errand == Errand.ROLL_BACK) {
            gone |= reason == Receipt.Reason.UNKNOWN_CHANGE;
            covered = reason == Receipt.Reason.OUT_OF_TURN ? Optional.of(detail) : Optional.empty();
        }
    }

    void checked(List<Finding> findings) {
        checked = true;
        findings.stream()
                .filter(Finding.Unmet.class::isInstance)
                .map(finding -> ((Finding.Unmet) finding).because())
                .findFirst()
                .ifPresent(because -> unmet = Optional.of(because));
    }

    void drifted(List<Drift> files, Instant at) {
        drift = files;
        driftAccepted = false;
        driftedAt = at;
    }

    void driftAccepted() {
        driftAccepted = true;
    }

    void personNeeded() {
        personNeeded = true;
    }

    public ServerId server() {
        return server;
    }

    /// Whether it was ever told to apply the change, answered or not.
    public boolean touched() {
        return touched;
    }

    /// Whether its guard may hold something of this change: a snapshot, or the new files.
    boolean involved() {
        return snapshotOrdered || touched;
    }

    /// The digest of its files before the change.
    public Optional<Digest> snapshot() {
        return snapshot;
    }

    /// Whether the new files are in place there, as far as is known.
    public boolean applied() {
        return appliedAt.isPresent() && rolledBack.isEmpty();
    }

    /// Since when the new files are in force there.
    public Optional<Instant> appliedAt() {
        return appliedAt;
    }

    /// How it got its old files back, if it did.
    public Optional<Receipt.RolledBack> rolledBack() {
        return rolledBack;
    }

    /// What somebody else has changed there in the files of the change, when it was last found to be anything else than
    /// before; decided upon or not.
    public List<Drift> drift() {
        return drift;
    }

    /// Whether somebody else has changed files of the change there, and nobody has decided what is to become of that.
    public boolean drifted() {
        return !drift.isEmpty() && !driftAccepted && applied() && !confirmed;
    }

    Instant driftedAt() {
        return driftedAt;
    }

    /// Whether nothing of the change is left there.
    boolean restored() {
        return rolledBack.isPresent() || gone;
    }

    public boolean confirmed() {
        return confirmed;
    }

    /// Whether it was ever told to keep the change for good, answered or not: from then on its silence tells nothing.
    boolean toldToKeep() {
        return toldToKeep;
    }

    /// What the guard said when it refused to roll back though nothing is wrong with the host: another change came
    /// after this one.
    Optional<String> covered() {
        return covered;
    }

    /// Whether it was asked how far the change has come there, since it was last told something.
    boolean looked() {
        return looked;
    }

    /// Why the change stays there though it is taken back: it was confirmed there, and another change came after it.
    /// Its guard does not put the old files back below that one.
    public Optional<String> overtaken() {
        return overtaken ? covered : Optional.empty();
    }

    boolean isChecked() {
        return checked;
    }

    /// What the change was to do there and does not.
    Optional<String> unmet() {
        return unmet;
    }

    boolean isPersonNeeded() {
        return personNeeded;
    }

    /// The answer to an errand, if that was the last one and it was answered.
    Optional<Receipt> answer(Errand errand) {
        return lastErrand.filter(errand::equals).flatMap(_ -> lastReceipt);
    }

    /// How often the last errand was sent in a row.
    int attempts() {
        return attempts;
    }

    /// How long to wait before the last errand is sent once more: twice as long each time, up to 32 times as long, as
    /// each attempt is two entries of the record for ever.
    Duration pause(Duration first) {
        return first.multipliedBy(1L << Math.clamp(attempts - 1, 0, DOUBLED));
    }

    /// Whether that pause is not over. A clock that was set back behind its beginning ends it.
    boolean rests(Instant now, Duration first) {
        return !now.isBefore(lastAt) && now.isBefore(lastAt.plus(pause(first)));
    }

    /// When it was last told or answered something.
    Instant lastAt() {
        return lastAt;
    }

    /// Since when it does not answer.
    public Optional<Instant> silentSince() {
        return silentSince;
    }
}
