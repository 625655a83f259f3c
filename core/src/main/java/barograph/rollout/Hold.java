package barograph.rollout;

import barograph.expectations.Finding;
import barograph.lease.Receipt;
import barograph.record.Digest;
import barograph.site.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What one server's host is known to hold of a change, as far as it was ordered and answered.
public final class Hold {
    private final ServerId server;
    private boolean snapshotOrdered;
    private boolean touched;
    private Optional<Digest> snapshot = Optional.empty();
    private Optional<Instant> appliedAt = Optional.empty();
    private Optional<Receipt.RolledBack> rolledBack = Optional.empty();
    private boolean gone;
    private boolean confirmed;
    private boolean checked;
    private boolean personNeeded;
    private Optional<String> unmet = Optional.empty();
    private Optional<Errand> lastErrand = Optional.empty();
    private Optional<Receipt> lastReceipt = Optional.empty();
    private Instant lastAt = Instant.MIN;
    private Optional<Instant> silentSince = Optional.empty();
    private int attempts;

    Hold(ServerId server) {
        this.server = server;
    }

    void ordered(Errand errand, Instant at) {
        attempts = lastErrand.filter(errand::equals).isPresent() ? attempts + 1 : 1;
        lastErrand = Optional.of(errand);
        lastReceipt = Optional.empty();
        lastAt = at;
        snapshotOrdered |= errand == Errand.SNAPSHOT;
        touched |= errand == Errand.APPLY;
    }

    void answered(Event.Answered answered, Instant at) {
        if (answered.errand() != Errand.RENEW) {
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
            case Receipt.Refused(Receipt.Reason reason, String _) ->
                gone |= answered.errand() == Errand.ROLL_BACK && reason == Receipt.Reason.UNKNOWN_CHANGE;
            case Receipt.Unreachable _ -> silentSince = silentSince.or(() -> Optional.of(at));
            case Receipt.Renewed _, Receipt.Stuck _, Receipt.Standing _ -> {}
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

    /// Whether nothing of the change is left there.
    boolean restored() {
        return rolledBack.isPresent() || gone;
    }

    public boolean confirmed() {
        return confirmed;
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

    /// When it was last told or answered something.
    Instant lastAt() {
        return lastAt;
    }

    /// Since when it does not answer.
    public Optional<Instant> silentSince() {
        return silentSince;
    }
}
