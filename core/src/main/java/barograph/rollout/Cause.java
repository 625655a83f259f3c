package barograph.rollout;

/// Why a change is taken back.
///
/// @param words one or two sentences for a person, the cause first
public record Cause(Sort sort, String words) {
    /// What sort of thing went wrong.
    public enum Sort {
        /// The verdict is `HARMFUL`.
        HARMFUL,
        /// An expectation was not met on a server that has the change.
        EXPECTATION,
        /// A server refused the change, or its guard rolled back by itself.
        GUARD,
        /// The controller was away for longer than the lease.
        LEASE,
        /// Nobody confirmed in time.
        UNCONFIRMED,
        /// The verdict was not clear at the latest time, and the site wants it taken back then.
        UNPROVEN,
        /// Somebody else changed its files meanwhile, and nobody decided what is to become of that.
        DRIFTED,
        /// A person asked for it.
        PERSON
    }
}
