package barograph.probe;

/// One way to log in. Stateless, so that several threads may use it.
interface Protocol {
    /// Blocks until the server has let the probe in; every other ending is a [Halt].
    Answer login(Attempt attempt) throws Halt;
}
