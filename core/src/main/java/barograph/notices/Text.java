package barograph.notices;

/// What a letter says.
record Text(String subject, Prose prose) {}
