package barograph.form;

/// A value that carries a mark.
record Noted(Note<?> note, Placed<?> value) {}
