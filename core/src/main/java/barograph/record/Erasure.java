package barograph.record;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// That an attachment's bytes are gone on purpose. The log still verifies, with a hole that says who made it, and
/// why.
///
/// @param hash the commitment to what is gone
/// @param by who erased it
/// @param why in that person's words
public record Erasure(Digest hash, String by, String why) {
    /// The kind of its entries.
    public static final String KIND = "Erased/1";

    /// The entry to be written for it.
    ///
    /// @param subject that of the entry whose attachment it was, so that whoever sees the one sees the other
    public Draft draft(Instant at, String subject) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("hash", hash.toString()).put("by", by).put("why", why);
        return new Draft(at, subject, KIND, body, List.of());
    }

    /// What an entry says about an erasure, if it says anything.
    public static Optional<Erasure> in(Entry entry) {
        if (!entry.kind().equals(KIND)) {
            return Optional.empty();
        }
        ObjectNode body = entry.body();
        try {
            return Optional.of(new Erasure(
                    Digest.parse(body.path("hash").asString("")),
                    body.path("by").asString(""),
                    body.path("why").asString("")));
        } catch (IllegalArgumentException e) {
            throw new Malformed("entry " + entry.index() + " tells of an erasure, but not of what", e);
        }
    }
}
