package barograph.record;

import java.time.Instant;
import java.util.List;
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
    public Entry {
        attachments = List.copyOf(attachments);
    }
}
