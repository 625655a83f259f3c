package barograph.record;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What is to be written into the record.
///
/// @param at when it happened, by the writer's clock
/// @param subject the change that it is about; empty for the site as a whole
/// @param kind what sort of thing happened, with its version: `Applied/1`
/// @param body what happened, as JSON; never a secret
/// @param attachments what is too large or too personal for the log itself: raw mails, traces
public record Draft(Instant at, String subject, String kind, ObjectNode body, List<Attachment> attachments) {
    public Draft {
        attachments = List.copyOf(attachments);
    }

    /// Bytes that are kept beside the log, with only their salted hash in it.
    ///
    /// @param name a file name for a person: `notice.eml`
    /// @param type the media type
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Attachment(String name, String type, byte[] content) {}
}
