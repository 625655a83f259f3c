package barograph.gates;

import barograph.record.Digest;
import barograph.site.PersonId;

/// A named person's acceptance of a named risk, for one gate of one change.
///
/// @param gate the gate's name
/// @param by who accepts the risk
/// @param sentence the risk as the person saw it; Barograph writes it, nobody else
/// @param because why, in the person's own words
/// @param change the digest of the change that it is for; with any edit it no longer counts
/// @param harm the forecast that the person saw, 0 to 1; with a worse one it no longer counts
public record Waiver(String gate, PersonId by, String sentence, String because, Digest change, double harm) {}
