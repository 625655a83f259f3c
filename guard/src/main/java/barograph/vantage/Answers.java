package barograph.vantage;

import barograph.diagnosis.Finding;
import barograph.diagnosis.Observation;
import barograph.diagnosis.Trouble;
import barograph.diagnosis.Vantage;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads what `look.sh` answers.
final class Answers {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MMM d HH:mm:ss yyyy 'GMT'", Locale.ROOT);

    private static final String WITHIN_IPV6 = "0000000000000000FFFF0000";

    private final Vantage from;
    private final Instant now;

    /// @param now by which certificates are judged
    Answers(Vantage from, Instant now) {
        this.from = from;
        this.now = now;
    }

    /// @param answer `ok`, `refused` and the like, and the words behind it
    Observation read(Question question, String answer) {
        String[] parts = answer.strip().split(" ", 2);
        String words = parts.length > 1 ? parts[1].strip() : "";
        return switch (parts[0]) {
            case "ok" -> ok(question, words);
            case "unknown" ->
                bad(question, Trouble.NAME_UNKNOWN, question.target().host() + " is not known");
            case "silent" ->
                question.verb().equals("name")
                        ? bad(
                                question,
                                Trouble.NAMES_SILENT,
                                "no name server tells " + question.target().host())
                        : bad(question, Trouble.SILENT, "nothing comes back");
            case "refused" -> bad(question, Trouble.REFUSED, "the connection is refused");
            case "noroute" -> bad(question, Trouble.NO_ROUTE, "no way there: " + words);
            case "none" -> bad(question, Trouble.NO_ROUTE, "no route: " + words);
            case "no" -> bad(question, Trouble.NOT_LISTENING, "no process listens on that port");
            case "stalled" -> bad(question, Trouble.STALLED, "it connects, and TLS does not come to an end");
            case "notls" -> bad(question, Trouble.NO_TLS, "no TLS there: " + words);
            default -> new Observation.Unseen(from, question.verb() + " of " + question.target(), words);
        };
    }

    private Observation bad(Question question, Trouble trouble, String words) {
        return new Observation.Looked(from, question.target(), question.step(), new Finding.Bad(trouble, words));
    }

    private Observation well(Question question, String words) {
        return new Observation.Looked(from, question.target(), question.step(), new Finding.Well(words));
    }

    private Observation ok(Question question, String words) {
        return switch (question.verb()) {
            case "name" -> well(question, "is " + words);
            case "route" -> well(question, "route: " + words);
            case "listens" -> listens(question, words);
            case "tls" -> certificate(question, words);
            default -> well(question, "connects");
        };
    }

    /// A server that listens on another address than that of its door does not listen there.
    private Observation listens(Question question, String words) {
        String door = question.target().host();
        boolean named = !door.matches("[0-9.]+");
        boolean there = named
                || Stream.of(words.split(" ", -1))
                        .anyMatch(hex -> hex.matches("0+")
                                || address(hex).filter(at -> !at.equals(door)).isEmpty());
        return there
                ? well(question, "a process listens on that port")
                : bad(question, Trouble.NOT_LISTENING, "it listens on another address than " + door);
    }

    /// The kernel writes the four bytes of an address as one number of the machine's own byte order; little end first
    /// on all that is common. An IPv4 address may stand within one of IPv6; empty for others of those.
    private static Optional<String> address(String hex) {
        String four = hex.startsWith(WITHIN_IPV6) ? hex.substring(WITHIN_IPV6.length()) : hex;
        if (four.length() != 8) {
            return Optional.empty();
        }
        byte[] bytes = HexFormat.of().parseHex(four);
        return Optional.of(
                (bytes[3] & 0xff) + "." + (bytes[2] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[0] & 0xff));
    }

    private Observation certificate(Question question, String words) {
        Map<String, String> fields = new HashMap<>();
        for (String field : words.split("\\|", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(
                        field.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        field.substring(equals + 1).strip());
            }
        }
        Optional<Instant> from = date(fields.getOrDefault("notbefore", ""));
        Optional<Instant> until = date(fields.getOrDefault("notafter", ""));
        if (from.isEmpty() || until.isEmpty()) {
            return new Observation.Unseen(
                    this.from, "certificate of " + question.target(), "openssl's words are not understood");
        }
        String issuer = fields.getOrDefault("issuer", "nobody");
        if (until.get().isBefore(now)) {
            return bad(
                    question,
                    Trouble.CERTIFICATE_EXPIRED,
                    "the certificate of " + issuer + " expired at " + until.get());
        }
        if (from.get().isAfter(now)) {
            return bad(
                    question,
                    Trouble.CERTIFICATE_NOT_YET_VALID,
                    "the certificate of " + issuer + " is not valid before " + from.get());
        }
        String print =
                fields.getOrDefault("sha256 fingerprint", "").replace(":", "").toLowerCase(Locale.ROOT);
        return new Observation.Looked(
                this.from,
                question.target(),
                question.step(),
                new Finding.Showed(print, issuer, until.get(), fields.getOrDefault("version", "TLS")));
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(
                    LocalDateTime.parse(text.replaceAll(" +", " "), DATE).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty(); // told by the caller as words that are not understood
        }
    }
}
