package barograph.verdict;

/// A signal, and what a person is told of it.
///
/// @param because two sentences
public record Charge(Signal signal, String because) {}
