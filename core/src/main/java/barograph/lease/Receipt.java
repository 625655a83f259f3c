package barograph.lease;

import barograph.record.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the guard of one server answers.
public sealed interface Receipt {
    /// The configuration is kept.
    ///
    /// @param manifest hash of the list of all files: names, types, modes, owners, times, links, attributes,
    /// contents
    /// @param files how many there are
    /// @param bootHook what would call the guard after a reboot, if anything
    record Snapped(Digest manifest, int files, Optional<String> bootHook) implements Receipt {}

    /// The new files are in place, the server has taken them over and is up; the timer runs.
    ///
    /// @param manifest hash of the list of all files now
    /// @param downtime from the first file moved to the server being up
    record Applied(Digest manifest, Order.Activation how, Duration downtime) implements Receipt {}

    /// The timer was set anew.
    record Renewed(Duration left) implements Receipt {}

    /// The new files stay for good, and the timer is off.
    record Confirmed(Digest manifest) implements Receipt {}

    /// Everything is as the snapshot has it.
    ///
    /// @param manifest hash of the list of all files now
    /// @param byteExact whether it equals the snapshot's
    /// @param healthy whether the server is up again with it
    /// @param because why: the order, `lease ended`, `reboot`, or what failed
    /// @param keptAside files that somebody changed meanwhile, and where on the host they are kept
    record RolledBack(Digest manifest, boolean byteExact, boolean healthy, String because, List<String> keptAside)
            implements Receipt {
        public RolledBack {
            keptAside = List.copyOf(keptAside);
        }
    }

    /// The order was not carried out, and nothing was changed by it.
    ///
    /// @param detail the host's own words, for a person
    record Refused(Reason reason, String detail) implements Receipt {}

    /// The guard tried to roll back and could not; it keeps trying.
    record Stuck(String detail) implements Receipt {}

    /// Nobody answered; what the host did is unknown until it does.
    record Unreachable(String detail) implements Receipt {}

    /// Where things stand.
    ///
    /// @param left until the lease ends; zero where none runs
    record Standing(State state, Duration left, String detail) implements Receipt {}

    /// Why an order was refused.
    enum Reason {
        /// Another change is under way on this server.
        BUSY,
        /// The files are no longer what the snapshot has: somebody else changed them.
        DRIFTED,
        /// The server's own command says that the candidate is not valid.
        INVALID,
        /// The edit does not fit the files (a patch that does not apply, a removal of a file that is not there).
        UNFIT,
        NO_SPACE,
        NO_PERMISSION,
        /// The configuration root, or a tool that the guard needs, is not on the host.
        MISSING,
        /// The host cannot keep the promise to roll back by itself.
        NO_TIMER,
        /// There is no such change on this server, or the digest is of another one.
        UNKNOWN_CHANGE,
        /// The order does not fit the state that the change is in.
        OUT_OF_TURN;

        /// For a sentence: `no space`.
        public String words() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }

    /// How far a change has come on a host.
    enum State {
        NONE,
        SNAPPED,
        APPLYING,
        APPLIED,
        CONFIRMED,
        ROLLING_BACK,
        ROLLED_BACK
    }

    /// What went wrong, for the end of a sentence about the server; for a good answer, what it was.
    default String trouble() {
        return switch (this) {
            case Refused(Reason reason, String detail) -> reason.words() + ". " + detail;
            case Unreachable(String detail) -> "it cannot be reached. " + detail;
            case Stuck(String detail) -> "its guard is stuck. " + detail;
            case RolledBack back -> "it went back by itself. " + back.because();
            case Snapped _, Applied _, Renewed _, Confirmed _, Standing _ ->
                "its guard gave an answer that does not fit: " + this;
        };
    }
}
