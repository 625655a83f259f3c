package barograph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `barograph hindcast`, as a person or a script runs it.
class HindcastTest {
    private static final Path TRACES = Path.of("../core/src/test/resources/traces");
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    private record Ran(int exit, String out, String err) {
        List<JsonNode> json() {
            return out.lines().map(JSON::readTree).toList();
        }

        JsonNode summary() {
            return json().getLast();
        }
    }

    private static Ran run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commands = Barograph.commands();
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("hindcast"));
        all.addAll(Arrays.asList(args));
        return new Ran(commands.execute(all.toArray(String[]::new)), out.toString(), err.toString());
    }

    private static String trace(String id) {
        return TRACES.resolve(id + ".csv.gz").toString();
    }

    static Stream<String> traces() throws IOException {
        try (Stream<Path> files = Files.list(TRACES)) {
            return files
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".csv.gz"))
                    .map(name -> name.replace(".csv.gz", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("traces")
    void tells_harm_from_harmless_on_the_public_traces(String id) throws IOException {
        JsonNode meta = JSON.readTree(Files.readAllBytes(TRACES.resolve(id + ".meta.json")));
        JsonNode truth = JSON.readTree(Files.readAllBytes(TRACES.resolve(id + ".truth.json")));
        boolean harmful = !truth.get("verdict").asString().equals("keep");

        Ran ran = run(
                trace(id),
                "--changed",
                meta.get("changed_servers").get(0).asString(),
                "--at",
                "+" + meta.get("change_ms").asLong() / 1000 + "s",
                "--settle",
                String.valueOf(meta.get("settle_ms").asLong() / 1000),
                "--json");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.exit()).as(id).isEqualTo(harmful ? ExitCode.HARMFUL : ExitCode.DONE);
        JsonNode summary = ran.summary();
        assertThat(summary.get("harmful").asBoolean()).isEqualTo(harmful);
        assertThat(summary.get("linesRead").asLong())
                .isEqualTo(meta.get("lines").asLong() + 1);
        assertThat(summary.get("linesNotUnderstood").asLong()).isZero();
        if (harmful) {
            double onset =
                    (truth.get("onset_ms").asLong() - meta.get("change_ms").asLong()) / 1000.0;
            double bound = truth.path("bound").path("seconds_after_onset").asDouble();
            assertThat(summary.get("secondsAfterChange").asDouble()).isBetween(onset, onset + 20 * bound);
        }
    }

    @Test
    void tells_each_turn_of_the_verdict_with_these_fields() {
        Ran ran = run(trace("09-group-2"), "--changed", "auth1", "--at", "+18000s", "--settle", "0", "--json");

        JsonNode harm = ran.json().get(ran.json().size() - 2);
        assertThat(harm.get("verdict").asString()).isEqualTo("HARMFUL");
        assertThat(harm.get("servers").get(0).asString()).isEqualTo("auth1");
        assertThat(harm.get("segments").size()).isPositive();
        assertThat(harm.get("because").asString()).contains("auth1");
        assertThat(harm.get("unitsSeen").asLong()).isPositive();
        assertThat(harm.get("failedLogins").asLong()).isPositive();
        assertThat(harm.get("eValue").asDouble()).isGreaterThan(100);
        JsonNode summary = ran.summary();
        assertThat(summary.get("summary").asBoolean()).isTrue();
        assertThat(summary.get("at")).isEqualTo(harm.get("at"));
        assertThat(summary.get("failedLoginsUntil").asLong()
                        + summary.get("failedLoginsSpared").asLong())
                .isEqualTo(summary.get("failedLogins").asLong());
    }

    @Test
    void quiet_says_only_what_it_comes_to() {
        Ran ran = run(trace("10-silence-0.2"), "--changed", "auth1", "--at", "+1d", "--settle", "0", "--quiet");

        assertThat(ran.out().lines()).singleElement().asString().startsWith("It would have rolled back ");
        assertThat(ran.exit()).isEqualTo(ExitCode.HARMFUL);
    }

    @Test
    void a_trace_through_the_standard_input_comes_to_the_same() throws IOException {
        String[] options = {"--changed", "auth1", "--at", "+18000s", "--settle", "0", "--json", "--quiet"};
        JsonNode fromFile = run(Stream.concat(Stream.of(trace("12-latency4-2")), Arrays.stream(options))
                        .toArray(String[]::new))
                .summary();

        JsonNode piped;
        InputStream before = System.in;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(Path.of(trace("12-latency4-2"))))) {
            System.setIn(in);
            piped = run(Stream.concat(Stream.of("-"), Arrays.stream(options)).toArray(String[]::new))
                    .summary();
        } finally {
            System.setIn(before);
        }

        assertThat(piped).isEqualTo(fromFile);
    }

    /// Logins of two hours on two servers, one every ten seconds on each; from 10:00 on, all fail on radius-1.
    private Path radius(String server, boolean breaks) throws IOException {
        StringBuilder log = new StringBuilder("Sun Nov 22 08:59:58 2026 : Info: Ready to process requests\n");
        for (int second = 0; second < 7_200; second += 10) {
            int hour = 9 + second / 3_600;
            String time = String.format("%02d:%02d:%02d", hour, second / 60 % 60, second % 60);
            boolean fails = breaks && hour >= 10;
            log.append("Sun Nov 22 ")
                    .append(time)
                    .append(" 2026 : Auth: (")
                    .append(second / 10)
                    .append(") ");
            log.append(fails ? "Login incorrect (ldap: Bind as user failed)" : "Login OK");
            log.append(": [")
                    .append(server)
                    .append("-user")
                    .append(second / 10 % 97)
                    .append("] (from client nas-wifi port 0)\n");
        }
        return Files.writeString(folder.resolve(server + ".log"), log);
    }

    private String[] radiusLogs() throws IOException {
        return new String[] {
            "--grammar",
            "freeradius",
            "--zone",
            "Europe/Berlin",
            "--changed",
            "radius-1",
            "--json",
            "radius-1=" + radius("radius-1", true),
            "radius-2=" + radius("radius-2", false)
        };
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void reads_the_logs_of_real_servers_in_their_time_zone() throws IOException {
        Ran ran = run(with(radiusLogs(), "--at", "2026-11-22T10:00:00"));

        assertThat(ran.exit()).isEqualTo(ExitCode.HARMFUL);
        assertThat(ran.summary().get("at").asString()).startsWith("2026-11-22T09:0");
        assertThat(ran.summary().get("secondsAfterChange").asDouble()).isBetween(10.0, 120.0);
        assertThat(run(with(radiusLogs(), "--at", "2026-11-22T09:00:00Z")).summary())
                .isEqualTo(ran.summary());
        assertThat(run(with(radiusLogs(), "--at", "+1h")).summary()).isEqualTo(ran.summary());
    }

    /// The numbers in it move when the statistics do; the page is then to be written anew.
    @Test
    void the_sample_of_the_docs_is_made_like_what_it_prints() throws IOException {
        String[] logs = Arrays.stream(radiusLogs())
                .filter(option -> !option.equals("--json"))
                .toArray(String[]::new);

        String printed =
                shape(run(with(logs, "--at", "2026-11-22T10:00:00+01:00")).out());

        assertThat(shape(Files.readString(Path.of("../docs/verdict.md"))))
                .contains(printed.lines().toList());
    }

    private static String shape(String text) {
        return text.replaceAll("\\d[\\d,]*", "#");
    }

    @Test
    void lines_out_of_order_and_lines_that_come_twice_change_nothing() throws IOException {
        String[] logs = radiusLogs();
        JsonNode clean = run(with(logs, "--at", "2026-11-22T10:00:00")).summary();
        Path log = folder.resolve("radius-1.log");
        List<String> lines = new ArrayList<>(Files.readAllLines(log));
        Random random = new Random(7);
        for (int i = 0; i < lines.size() - 1; i += 2) {
            if (random.nextInt(4) == 0) {
                lines.add(i + 1, lines.get(i));
            } else if (random.nextBoolean()) {
                java.util.Collections.swap(lines, i, i + 1);
            }
        }
        Files.write(log, lines);

        JsonNode mixed = run(with(logs, "--at", "2026-11-22T10:00:00")).summary();

        assertThat(mixed.get("linesOutOfOrder").asLong()).isGreaterThan(40);
        assertThat(mixed.get("linesDoubled").asLong()).isGreaterThan(40);
        for (String same : new String[] {"at", "failedLoginsUntil", "failedLoginsSpared", "logins", "failedLogins"}) {
            assertThat(mixed.get(same)).as(same).isEqualTo(clean.get(same));
        }
    }

    @Test
    void several_files_of_one_server_are_one_log() throws IOException {
        String[] logs = radiusLogs();
        JsonNode whole = run(with(logs, "--at", "+1h")).summary();
        List<String> lines = Files.readAllLines(folder.resolve("radius-1.log"));
        Files.write(folder.resolve("radius-1.log"), lines.subList(0, 400));
        Path second = Files.write(folder.resolve("radius-1.log.1"), lines.subList(400, lines.size()));

        JsonNode parts = run(with(logs, "--at", "+1h", "radius-1=" + second)).summary();

        assertThat(parts).isEqualTo(whole);
    }

    @Test
    void draws_a_picture_that_asks_for_nothing_from_anywhere() throws IOException {
        Path file = folder.resolve("incident.svg");

        run(with(radiusLogs(), "--at", "+1h", "--svg", file.toString()));

        String svg = Files.readString(file, StandardCharsets.UTF_8);
        assertThat(svg)
                .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
                .contains("prefers-color-scheme: dark", "HARMFUL", "The needle", "Not let in", "logins failed after")
                .doesNotContain("NaN", "Infinity", "href", "url(", "<script");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> javax.xml.parsers.DocumentBuilderFactory.newDefaultInstance()
                                .newDocumentBuilder()
                                .parse(file.toFile())))
                .isNull();
    }

    @Test
    void what_is_wrong_is_said_with_what_to_do() throws IOException {
        String[] good = radiusLogs();

        assertWrong(
                run(trace("09-group-2"), "--changed", "auth9", "--at", "+5h"), "no server 'auth9'", "auth1", "auth2");
        assertWrong(run(trace("09-group-2"), "--changed", "auth1", "--at", "yesterday"), "'yesterday'", "+3600s");
        assertWrong(run(trace("09-group-2"), "--changed", "auth1", "--at", "+900d"), "logs end already at", "--at");
        assertWrong(run(with(good, "--at", "2020-01-01T00:00:00Z")), "begin only at", "--zone");
        assertWrong(
                run(trace("09-group-2"), "--changed", "auth1", "--at", "+5h", "--zone", "Europe/Berln"),
                "Europe/Berlin");
        assertWrong(run(with(good, "--at", "+1h", "--settle", "-3")), "--settle");
        assertWrong(run("nowhere.csv", "--changed", "a", "--at", "+5h"), "no readable log file nowhere.csv");
        assertWrong(
                run(folder.resolve("radius-1.log").toString(), "--changed", "a", "--at", "+5h"),
                "is a login in the grammar 'trace'",
                "freeradius");
        assertWrong(
                run("--grammar", "fredradius", "a=" + folder.resolve("radius-1.log"), "--changed", "a", "--at", "+5h"),
                "Did you mean 'freeradius'");
        assertWrong(
                run("--grammar", "slapd", folder.resolve("radius-1.log").toString(), "--changed", "a", "--at", "+5h"),
                "Say whose log");
    }

    @Test
    void logs_that_end_with_the_change_itself_end_too_early() throws IOException {
        Path log = folder.resolve("short.log");
        Files.writeString(log, """
                Sun Nov 22 16:29:33 2026 : Auth: (1) Login OK: [bob] (from client nas-wifi port 7)
                Sun Nov 22 16:29:34 2026 : Auth: (2) Login OK: [bob] (from client nas-wifi port 7)
                """);

        Ran ran = run("--grammar", "freeradius", "radius-1=" + log, "--changed", "radius-1", "--at", "+1s");

        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.out()).contains("the logs end too early");
    }

    private static void assertWrong(Ran ran, String... words) {
        assertThat(ran.err()).contains(words).doesNotContain("\tat ");
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void a_broken_archive_and_a_pipe_that_is_empty_are_said() throws IOException {
        byte[] packed = Files.readAllBytes(Path.of(trace("09-group-2")));
        Path cut = Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(packed, packed.length / 2));
        InputStream before = System.in;
        Ran empty;
        try {
            System.setIn(new ByteArrayInputStream(new byte[0]));
            empty = run("-", "--changed", "auth1", "--at", "+5h");
        } finally {
            System.setIn(before);
        }

        assertWrong(run(cut.toString(), "--changed", "auth1", "--at", "+5h"), "cut.csv.gz could not be read");
        assertWrong(empty, "None of the 0 lines of the standard input");
    }
}
