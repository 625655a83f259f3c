package barograph.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One line of the record.
///
/// @param index its place, from 0
/// @param at when it happened, by the writer's clock
/// @param subject the change that it is about; empty for the site as a whole
/// @param kind what sort of thing happened, with its version
/// @param body what happened
/// @param attachments what is kept beside the log
/// @param leaf the exact bytes that were hashed into the tree: canonical JSON (RFC 8785) of all of the above but
/// `index`
@SuppressWarnings("ArrayRecordComponent") // two entries are the same when their index is
public record Entry(
        long index,
        Instant at,
        String subject,
        String kind,
        ObjectNode body,
        List<Commitment> attachments,
        byte[] leaf) {
    /// How many bytes a leaf may have: the length field of C2SP tlog-tiles has 16 bits.
    public static final int LIMIT = 65_535;

    /// The version of the leaf's own form.
    private static final int VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public Entry {
        attachments = List.copyOf(attachments);
    }

    /// The leaf of what is to be written.
    ///
    /// @param attachments the commitments to the draft's attachments, in the same order
    /// @throws IllegalArgumentException when the body has a value that canonical JSON has no form for
    public static byte[] leaf(Draft draft, List<Commitment> attachments) {
        return encode(draft.at(), draft.subject(), draft.kind(), draft.body(), attachments);
    }

    /// Reads a leaf, and accepts only the bytes that [#leaf] would have written.
    ///
    /// @throws Malformed when these are others
    public static Entry decode(long index, byte[] leaf) {
        if (leaf.length > LIMIT) {
            throw new Malformed("entry " + index + " has " + leaf.length + " bytes; the limit is " + LIMIT);
        }
        try {
            JsonNode json = JSON.readTree(leaf);
            int version = json.path("v").asInt(0);
            if (version != VERSION) {
                throw new Malformed(
                        "entry " + index + " is of version " + version + "; this Barograph reads version " + VERSION);
            }
            Entry entry = parts(index, json, leaf);
            if (!Arrays.equals(leaf, encode(entry.at, entry.subject, entry.kind, entry.body, entry.attachments))) {
                throw new Malformed("entry " + index + " is not in the one form that an entry is written in");
            }
            return entry;
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new Malformed("entry " + index + " is not an entry: " + e.getMessage(), e);
        }
    }

    private static Entry parts(long index, JsonNode json, byte[] leaf) {
        if (!(json.path("body") instanceof ObjectNode body) || !(json.path("attachments") instanceof ArrayNode list)) {
            throw new Malformed("entry " + index + " has no body or no list of attachments");
        }
        List<Commitment> attachments = new ArrayList<>();
        for (JsonNode each : list) {
            attachments.add(new Commitment(
                    text(each, "name"),
                    text(each, "type"),
                    each.path("size").asLong(-1),
                    Digest.parse(text(each, "hash"))));
        }
        Instant at = Instant.parse(text(json, "at"));
        return new Entry(index, at, text(json, "subject"), text(json, "kind"), body, attachments, leaf);
    }

    private static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isString()) {
            throw new IllegalArgumentException("'" + name + "' is missing or is not a text");
        }
        return value.stringValue();
    }

    private static byte[] encode(
            Instant at, String subject, String kind, ObjectNode body, List<Commitment> attachments) {
        ObjectNode json = JSON.createObjectNode();
        json.put("at", at.toString());
        ArrayNode list = json.putArray("attachments");
        for (Commitment each : attachments) {
            ObjectNode attachment = list.addObject();
            attachment.put("hash", each.hash().toString());
            attachment.put("name", each.name());
            attachment.put("size", each.size());
            attachment.put("type", each.type());
        }
        json.set("body", body);
        json.put("kind", kind);
        json.put("subject", subject);
        json.put("v", VERSION);
        return Canonical.bytes(json);
    }
}
