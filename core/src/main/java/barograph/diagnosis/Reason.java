package barograph.diagnosis;

/// What speaks for or against a suspect.
///
/// @param decibans how much: ten of them make it ten times likelier; negative where it speaks against
public record Reason(String words, int decibans) {}
