package barograph.diagnosis;

/// A sign that was seen.
///
/// @param words what was seen, for a person
record Evidence(Sign sign, String words) {}
