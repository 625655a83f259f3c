package barograph.notices;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A mail that came in, as far as it is needed to tell what it is about. It may hold anything: others wrote it.
///
/// @param from the address in its `From`; empty where there is none
/// @param to every address that it was sent to, as `To`, `Cc` and the delivering servers' own headers tell
/// @param messageId its own; where it has none, a hash of its bytes
/// @param references the ids in `In-Reply-To` and `References`, each with its angle brackets
/// @param headers all others by name in lower case, in their order
/// @param receivedAt when it was put into the mailbox
/// @param text its text, without markup; cut where it is very long
public record Mail(
        Postmark postmark,
        String from,
        List<String> to,
        String subject,
        String messageId,
        List<String> references,
        Map<String, List<String>> headers,
        Instant receivedAt,
        String text) {
    public Mail {
        to = List.copyOf(to);
        references = List.copyOf(references);
        headers = Map.copyOf(headers);
    }

    /// The first header of this name, in lower case; empty where there is none.
    String header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.getFirst().strip().toLowerCase(java.util.Locale.ROOT);
    }

    boolean has(String name) {
        return headers.containsKey(name);
    }
}
