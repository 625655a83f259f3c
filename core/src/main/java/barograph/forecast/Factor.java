package barograph.forecast;

/// What a reason is about. Reasons of one factor share a weight, so that it can be learned from what happened.
public enum Factor {
    /// Nobody has rehearsed it.
    NOT_REHEARSED,
    /// The rehearsal could not be carried through: a server did not come up with it.
    NOT_CARRIED_THROUGH,
    /// Something that worked no longer does.
    WORSE,
    /// It does not do what it is for.
    PURPOSE_UNMET,
    /// Everything went as before.
    AS_BEFORE,
    /// It needs a restart.
    RESTART,
    /// It rests on hearsay.
    HEARSAY,
    /// All servers get it at once.
    NO_CANARY,
    /// A server has no guard of its own that would take it back.
    NO_DEAD_MAN,
    /// Something caught the eye in its diff.
    LOOKS,
    /// The share of logins that no probe stands for.
    UNCOVERED,
    /// What entries of before factors were told apart do not say.
    OTHER
}
