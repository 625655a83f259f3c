package barograph.mail;

import barograph.notices.Mail;
import barograph.notices.Postmark;
import barograph.record.Digest;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Reads what a mail says, as far as it is needed to tell what it is about.
///
/// Strangers write mails, so whatever is in one, however broken, something comes back, in bounded time and memory. The
/// mail as it came is kept elsewhere: nothing is ever verified on what was read here.
public final class MailParser {
    /// What of a mail is read, in bytes; pictures and the like are behind it.
    private static final int READ = 2 * 1024 * 1024;

    private static final int MOST_HEADERS = 300;
    private static final int LONGEST_HEADER = 4_000;
    private static final int LONGEST_SUBJECT = 500;
    private static final int MOST_IDS = 100;
    private static final int MOST_ADDRESSES = 100;

    private static final Pattern ID = Pattern.compile("<[^<>\\s]{1,250}>");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>,;:\"()]{1,64}@[^\\s<>,;:\"()]{1,255}");

    /// Where the servers on the way write whom a mail was for.
    private static final List<String> RECIPIENTS =
            List.of("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to");

    private MailParser() {}

    /// What a mail that was kept says, without markup; empty where it has no text.
    public static String text(byte[] raw) {
        return parse(new Postmark(0, 0), Instant.EPOCH, raw).text();
    }

    /// @param receivedAt when it was put into the mailbox
    static Mail parse(Postmark postmark, Instant receivedAt, byte[] raw) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        String text = "";
        try {
            MimeMessage message = new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(raw, 0, Math.min(raw.length, READ)));
            for (Header header : Collections.list(message.getAllHeaders()).stream()
                    .limit(MOST_HEADERS)
                    .toList()) {
                headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                        .add(value(header));
            }
            text = MailText.of(message);
        } catch (MessagingException | IOException e) {
            // What was read before it broke is what there is.
        } catch (RuntimeException e) {
            // The MIME library was not made for enemies; a mail that breaks it counts as one without a text.
        }
        return new Mail(
                postmark,
                from(headers),
                addresses(headers),
                subject(first(headers, "subject")),
                messageId(first(headers, "message-id"), raw),
                ids(headers),
                headers,
                receivedAt,
                text);
    }

    private static String value(Header header) {
        String value = header.getValue() == null ? "" : header.getValue();
        String cut = value.length() > LONGEST_HEADER ? value.substring(0, LONGEST_HEADER) : value;
        return utf8(cut.replaceAll("[\\r\\n]+[ \\t]*", " ").strip());
    }

    /// Headers are read byte by byte; those of some senders are raw UTF-8.
    private static String utf8(String bytes) {
        if (bytes.chars().allMatch(c -> c < 0x80)) {
            return bytes;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return bytes;
        }
    }

    private static String first(Map<String, List<String>> headers, String name) {
        return headers.getOrDefault(name, List.of("")).getFirst();
    }

    /// Nobody's, where a mail has two senders: one reader shows the first, another the second.
    private static String from(Map<String, List<String>> headers) {
        List<String> from = headers.getOrDefault("from", List.of());
        return from.size() == 1 ? address(from.getFirst()).orElse("") : "";
    }

    private static Optional<String> address(String header) {
        try {
            InternetAddress[] parsed = InternetAddress.parseHeader(header, false);
            if (parsed.length == 1
                    && ADDRESS.matcher(String.valueOf(parsed[0].getAddress())).matches()) {
                return Optional.of(parsed[0].getAddress());
            }
            if (parsed.length > 1) {
                return Optional.empty();
            }
        } catch (MessagingException | RuntimeException e) {
            // Not by the rules; it is looked for below.
        }
        List<String> found = addresses(header);
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static List<String> addresses(Map<String, List<String>> headers) {
        return RECIPIENTS.stream()
                .flatMap(name -> headers.getOrDefault(name, List.of()).stream())
                .flatMap(header -> addresses(header).stream())
                .distinct()
                .limit(MOST_ADDRESSES)
                .toList();
    }

    private static List<String> addresses(String header) {
        return ADDRESS.matcher(header)
                .results()
                .map(MatchResult::group)
                .limit(MOST_ADDRESSES)
                .toList();
    }

    private static String subject(String written) {
        String decoded;
        try {
            decoded = MimeUtility.decodeText(written);
        } catch (IOException | RuntimeException e) {
            decoded = written;
        }
        String line = decoded.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() > LONGEST_SUBJECT ? line.substring(0, LONGEST_SUBJECT) + "…" : line;
    }

    private static String messageId(String written, byte[] raw) {
        return ID.matcher(written)
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseGet(() -> Digest.of(raw).toString());
    }

    /// The last ones, where there are many: the nearest letters stand at the end.
    private static List<String> ids(Map<String, List<String>> headers) {
        List<String> ids = new ArrayList<>();
        for (String name : List.of("references", "in-reply-to")) {
            headers.getOrDefault(name, List.of())
                    .forEach(header -> ID.matcher(header).results().forEach(each -> ids.add(each.group())));
        }
        return ids.stream()
                .distinct()
                .skip(Math.max(0, ids.stream().distinct().count() - MOST_IDS))
                .toList();
    }
}
