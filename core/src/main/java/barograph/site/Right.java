package barograph.site;

/// What a person may do for their party.
public enum Right {
    /// Ask for a change.
    REQUEST,
    /// Say that a change does what was wanted, or what their party did or did not say.
    CONFIRM,
    /// Agree to a change before it goes out.
    APPROVE,
    /// Accept a named risk, so that a gate is passed over.
    WAIVE,
    /// Rehearse, apply and roll back.
    OPERATE
}
