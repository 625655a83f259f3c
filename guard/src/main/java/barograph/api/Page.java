package barograph.api;

import barograph.change.ChangeId;
import barograph.lease.Receipt.State;
import java.util.List;

/// How far a change has come on one server, as the controller's disk has it.
///
/// @param because why it is rolled back, or was
/// @param digest of the change, in hexadecimal; empty before an apply
/// @param boot the machine's run in which the lease was given
/// @param leaseEnd in hundredths of a second since the beginning of that run
/// @param downtime from the first request to the last one of the apply, in milliseconds
/// @param exact whether a rollback has brought everything back
/// @param healthy whether the server was well after that
/// @param kept where what somebody else had put there lies now
record Page(
        ChangeId change,
        State state,
        String because,
        String digest,
        String boot,
        long leaseEnd,
        long downtime,
        boolean exact,
        boolean healthy,
        List<String> kept) {
    Page {
        kept = List.copyOf(kept);
    }

    static Page none(ChangeId change) {
        return new Page(change, State.NONE, "", "", "", 0, 0, false, false, List.of());
    }

    Page in(State now, String why) {
        return new Page(change, now, why, digest, boot, leaseEnd, downtime, exact, healthy, kept);
    }

    Page applying(String of, Ticks.Moment end) {
        return new Page(change, State.APPLYING, "", of, end.boot(), end.hundredths(), 0, false, false, kept);
    }

    Page leased(Ticks.Moment end) {
        return new Page(change, state, because, digest, end.boot(), end.hundredths(), downtime, exact, healthy, kept);
    }

    Page applied(long millis) {
        return new Page(change, State.APPLIED, "", digest, boot, leaseEnd, millis, false, false, kept);
    }

    Page aside(List<String> more) {
        return new Page(change, state, because, digest, boot, leaseEnd, downtime, exact, healthy, more);
    }

    Page rolledBack(String why, boolean wholly, boolean well) {
        return new Page(change, State.ROLLED_BACK, why, digest, boot, leaseEnd, downtime, wholly, well, kept);
    }

    /// Whether the server may hold something that is not for good.
    boolean isOpen() {
        return switch (state) {
            case APPLYING, APPLIED, ROLLING_BACK -> true;
            case NONE, SNAPPED, CONFIRMED, ROLLED_BACK -> false;
        };
    }

    /// What is left of its lease, in hundredths of a second; 0 when it is over.
    long left(Ticks.Moment now) {
        return boot.equals(now.boot()) ? Math.max(0, leaseEnd - now.hundredths()) : 0;
    }
}
