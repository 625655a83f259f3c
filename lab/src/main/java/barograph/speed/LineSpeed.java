package barograph.speed;

import barograph.login.Pseudonyms;
import barograph.logs.Grammar;
import barograph.logs.Grammars;
import barograph.site.ServerId;
import io.krakens.grok.api.Grok;
import io.krakens.grok.api.GrokCompiler;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// Lines of a FreeRADIUS log a second that one core turns into logins; and how many of the same lines others read that
/// only take the words out of them: Grok, as log shippers do, and `java.util.regex` itself.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class LineSpeed {
    static final int SOME = 1_000;

    private static final int LINES = 100_000;
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final DateTimeFormatter CTIME =
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String[] lines = new String[LINES];

    private static final Pattern REGEX = Pattern.compile("^(?<time>.{24}) : Auth: \\((?<request>\\d+)\\) "
            + "(?<verdict>Login OK|Login incorrect)(?: \\((?<why>.*)\\))?: \\[(?<user>.*)\\] "
            + "\\(from client (?<client>\\S+) port (?<port>\\d+)(?: cli (?<station>\\S+))?\\)$");
    private static final String GROK =
            "^%{DAY} %{MONTH} +%{MONTHDAY} %{TIME} %{YEAR} : Auth: \\(%{INT:request}\\) %{RADIUS:verdict}"
                    + "(?: \\(%{DATA:why}\\))?: \\[%{DATA:user}\\] \\(from client %{NOTSPACE:client} port %{INT:port}"
                    + "(?: cli %{NOTSPACE:station})?\\)$";

    @SuppressWarnings("NullAway.Init")
    private Grammar grammar;

    @SuppressWarnings("NullAway.Init")
    private Grok grok;

    private int next;

    @Setup
    public void write() {
        GrokCompiler compiler = GrokCompiler.newInstance();
        compiler.registerDefaultPatterns();
        compiler.register("RADIUS", "Login OK|Login incorrect");
        grok = compiler.compile(GROK);
        grammar = Grammars.named("freeradius")
                .orElseThrow()
                .open(new ServerId("radius-1"), ZoneOffset.UTC, new Pseudonyms(new byte[32]));
        for (int i = 0; i < LINES; i++) {
            String what = i % 33 == 0
                    ? "Login incorrect (pap: Cleartext password does not match \"known good\" password)"
                    : "Login OK";
            lines[i] = CTIME.format(NOW.plusSeconds(i / 1_000)) + " : Auth: (" + i + ") " + what + ": [user"
                    + i * 7919L % 20_000 + "@example.org] (from client nas-" + i % 20 + " port 0 cli 02-00-00-00-"
                    + i % 90 + ")";
        }
    }

    @Benchmark
    @OperationsPerInvocation(SOME)
    public void linesToLogins(Blackhole hole) {
        for (int i = 0; i < SOME; i++) {
            grammar.read(lines[next], NOW, hole::consume);
            next = (next + 1) % LINES;
        }
    }

    @Benchmark
    @OperationsPerInvocation(SOME)
    public void linesByGrok(Blackhole hole) {
        for (int i = 0; i < SOME; i++) {
            Map<String, Object> words = grok.match(lines[next]).capture();
            if (words.isEmpty()) {
                throw new IllegalStateException("Grok does not read " + lines[next]);
            }
            hole.consume(words);
            next = (next + 1) % LINES;
        }
    }

    @Benchmark
    @OperationsPerInvocation(SOME)
    public void linesByRegex(Blackhole hole) {
        for (int i = 0; i < SOME; i++) {
            Matcher matcher = REGEX.matcher(lines[next]);
            if (!matcher.matches()) {
                throw new IllegalStateException("the pattern does not read " + lines[next]);
            }
            hole.consume(matcher.group("time"));
            hole.consume(matcher.group("verdict"));
            hole.consume(matcher.group("why"));
            hole.consume(matcher.group("user"));
            hole.consume(matcher.group("client"));
            next = (next + 1) % LINES;
        }
    }
}
