package barograph.gates;

/// How a gate stands.
public sealed interface GateState {
    Gate gate();

    /// What it wants is true.
    record Open(Gate gate) implements GateState {}

    /// What it wants is not true.
    ///
    /// @param waitsFor what is missing, and from whom
    record Shut(Gate gate, String waitsFor) implements GateState {}

    /// It is not true, and a named person has accepted the risk.
    record Waived(Gate gate, Waiver waiver) implements GateState {}

    default boolean passable() {
        return !(this instanceof Shut);
    }
}
