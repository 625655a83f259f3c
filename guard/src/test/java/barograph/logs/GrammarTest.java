package barograph.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Login;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import barograph.login.Pseudonyms;
import barograph.site.ServerId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each `.case` file is a log, a line of dashes, and the logins in it. Most logs were written by real servers.
final class GrammarTest {
    private static final String DASHES = "----\n";
    private static final Instant READ_AT = Instant.parse("2027-01-02T00:00:00Z");
    private static final byte[] KEY = "a key for tests alone".getBytes(UTF_8);

    static Stream<String> cases() throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(GrammarTest.class.getResource("trace.case"));
        try (Stream<Path> files =
                Files.list(Objects.requireNonNull(Path.of(folder.toURI()).getParent()))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".case"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_logins_in_a_log_are_those_that_happened(String name) throws IOException {
        String text = read(name);
        int dashes = text.indexOf(DASHES);
        String log = text.substring(0, dashes);
        String expected = text.substring(dashes + DASHES.length());

        assertThat(told(name, log)).isEqualTo(expected);
    }

    private static String told(String name, String log) {
        Grammar grammar = Grammars.named(name.split("[-.]", -1)[0])
                .orElseThrow()
                .open(new ServerId("auth1"), ZoneOffset.UTC, new Pseudonyms(KEY));
        List<Login> logins = new ArrayList<>();
        log.lines().forEach(line -> grammar.read(line, READ_AT, logins::add));
        grammar.settle(READ_AT.plus(Duration.ofMinutes(1)), logins::add);
        Map<Pseudonym, String> names = namesIn(log);
        StringBuilder told = new StringBuilder();
        logins.forEach(login -> told.append(line(login, names)).append('\n'));
        return told.append("unread ").append(grammar.unread()).append('\n').toString();
    }

    private static String line(Login login, Map<Pseudonym, String> names) {
        return login.at()
                + " "
                + outcome(login.outcome())
                + " | "
                + names.getOrDefault(login.user(), "a name that the log does not have")
                + " | "
                + names.getOrDefault(login.source(), "a place that the log does not have")
                + " | "
                + login.dimensions().segment()
                + (login.latency().isZero() ? "" : " | " + login.latency());
    }

    private static String outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted() -> "ok";
            case Outcome.Rejected(String reason) -> "rejected " + reason;
            case Outcome.Failed(var step, String reason) -> "failed " + step + " " + reason;
            case Outcome.Unanswered(Duration waited) -> "unanswered " + waited;
            case Outcome.NotTried(String why) -> "not tried " + why;
        };
    }

    /// Who is behind the pseudonyms: every stretch of the log between two marks is tried as a name.
    private static Map<Pseudonym, String> namesIn(String log) {
        Pseudonyms pseudonyms = new Pseudonyms(KEY);
        Map<Pseudonym, String> names = new HashMap<>();
        names.put(Pseudonym.UNKNOWN, "-");
        for (String marks : List.of(
                "[\\[\\]\n]|/(?!pc)",
                "]?: \\[|\\] \\(from client nas-wifi",
                "[ )\n]",
                "\"(?=[^ ]* method)|dn=\"",
                "[()\n]",
                "[ ,\n]",
                "IP=|:\\d+ ")) {
            for (String name : log.split(marks, -1)) {
                names.put(pseudonyms.of(name), name);
            }
        }
        names.put(Pseudonym.UNKNOWN, "-");
        return names;
    }

    private static String read(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(GrammarTest.class.getResourceAsStream(name))) {
            return new String(file.readAllBytes(), UTF_8);
        }
    }
}
