package barograph.speed;

import barograph.login.Pseudonyms;
import barograph.logs.Grammar;
import barograph.logs.Grammars;
import barograph.site.ServerId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// Lines of a FreeRADIUS log a second that one core turns into logins.
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

    @SuppressWarnings("NullAway.Init")
    private Grammar grammar;

    private int next;

    @Setup
    public void write() {
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
}
