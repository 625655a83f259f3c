package barograph.guard;

import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.record.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the one line of JSON that `guard.sh` answers with.
final class ReceiptText {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ReceiptText() {}

    /// @return nothing when the line is not an answer of the guard
    static Optional<Receipt> read(String line) {
        try {
            JsonNode answer = JSON.readTree(line);
            return Optional.of(
                    switch (answer.path("receipt").asString("")) {
                        case "Snapped" ->
                            new Receipt.Snapped(
                                    manifest(answer),
                                    answer.required("files").asInt(),
                                    Optional.of(text(answer, "bootHook")).filter(hook -> !hook.isEmpty()));
                        case "Applied" ->
                            new Receipt.Applied(
                                    manifest(answer),
                                    Order.Activation.valueOf(text(answer, "how")),
                                    millis(answer, "downtimeMs"));
                        case "Renewed" -> new Receipt.Renewed(millis(answer, "leftMs"));
                        case "Confirmed" -> new Receipt.Confirmed(manifest(answer));
                        case "RolledBack" -> rolledBack(answer);
                        case "Refused" -> refused(text(answer, "reason"), text(answer, "detail"));
                        case "Stuck" -> new Receipt.Stuck(text(answer, "detail"));
                        case "Standing" ->
                            new Receipt.Standing(
                                    Receipt.State.valueOf(text(answer, "state")),
                                    millis(answer, "leftMs"),
                                    text(answer, "detail"));
                        default -> throw new IllegalArgumentException("not a receipt");
                    });
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Where a tool of the host failed, its words tell why. What the guard cannot do it could not undo either.
    private static Receipt refused(String reason, String detail) {
        return new Receipt.Refused(
                reason.equals("TROUBLE") ? reason(detail, Receipt.Reason.NO_TIMER) : Receipt.Reason.valueOf(reason),
                detail);
    }

    /// @param otherwise what it is when the words tell nothing
    static Receipt.Reason reason(String words, Receipt.Reason otherwise) {
        if (Pattern.compile("No space left|Wrote only|quota exceeded")
                .matcher(words)
                .find()) {
            return Receipt.Reason.NO_SPACE;
        }
        if (Pattern.compile("ermission denied|not permitted|Read-only file system")
                .matcher(words)
                .find()) {
            return Receipt.Reason.NO_PERMISSION;
        }
        return Pattern.compile("nrecognized option|nvalid option|not found")
                        .matcher(words)
                        .find()
                ? Receipt.Reason.MISSING
                : otherwise;
    }

    private static Receipt rolledBack(JsonNode answer) {
        List<String> kept = answer.required("keptAside")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        return new Receipt.RolledBack(
                manifest(answer),
                answer.required("byteExact").asBoolean(),
                answer.required("healthy").asBoolean(),
                text(answer, "because"),
                kept);
    }

    private static Digest manifest(JsonNode answer) {
        return new Digest(text(answer, "manifest"));
    }

    private static Duration millis(JsonNode answer, String key) {
        return Duration.ofMillis(answer.required(key).asLong());
    }

    private static String text(JsonNode answer, String key) {
        return answer.required(key).asString();
    }
}
