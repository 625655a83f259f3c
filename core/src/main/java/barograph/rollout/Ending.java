package barograph.rollout;

/// How the life of a change ends.
public enum Ending {
    CONFIRMED,
    ROLLED_BACK,
    /// It was taken back before any server had it.
    WITHDRAWN,
    /// A host could not be brought back by any machine.
    NEEDS_A_PERSON
}
