package barograph.form;

/// A value, and where it is written.
public record Placed<T>(T value, Place place) {}
