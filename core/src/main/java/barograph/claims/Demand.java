package barograph.claims;

/// How strongly a party is said to want something.
public enum Demand {
    /// It requires it.
    MUST,
    /// It wishes it, and can do without.
    WANT,
    /// It says that something is so, and asks for nothing.
    SAYS
}
