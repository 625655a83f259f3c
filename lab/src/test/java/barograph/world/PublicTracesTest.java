package barograph.world;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.hindcast.Hindcast;
import barograph.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The public login traces, judged as they would have been live: a change that breaks nothing is kept, one that
/// breaks logins is found. Where `BAROGRAPH_TRACES` names a folder with more of them, those are judged too.
class PublicTracesTest {
    private static final Path IN_PROJECT = Path.of("../core/src/test/resources/traces");

    static Collection<Trace> traces() throws IOException {
        Map<String, Trace> byName = new TreeMap<>();
        String more = System.getenv("BAROGRAPH_TRACES");
        for (Path folder : more == null ? List.of(IN_PROJECT) : List.of(IN_PROJECT, Path.of(more))) {
            Trace.in(folder).forEach(trace -> byName.putIfAbsent(trace.name(), trace));
        }
        return byName.values();
    }

    @ParameterizedTest
    @MethodSource("traces")
    void are_judged_right(Trace trace) {
        Hindcast.Summary summary = run(trace);

        if (trace.truth().harmful()) {
            assertThat(summary.harm()).as(trace.name()).isPresent();
            Hindcast.Turn turn = summary.harm().orElseThrow();
            Duration delay = Duration.between(trace.truth().onset(), turn.at());
            report(trace, turn, delay);
            assertThat(delay).as(trace.name()).isPositive();
            assertThat(delay.toMillis() / 1e3)
                    .as(trace.name())
                    .isLessThan(20 * trace.truth().bound().seconds());
        } else {
            assertThat(summary.harm()).as(trace.name()).isEmpty();
            assertThat(summary.turns()).as(trace.name()).anyMatch(turn -> turn.verdict() instanceof Verdict.Healthy);
        }
    }

    private static Hindcast.Summary run(Trace trace) {
        double seconds = trace.truth().harmful() ? trace.truth().bound().seconds() / 5 : 30;
        Duration every = Duration.ofMillis((long) Math.clamp(seconds * 1000, 1, 30_000));
        Hindcast hindcast = new Hindcast(trace.plan(), every);
        for (Iterator<Line> lines = trace.lines(); lines.hasNext(); ) {
            hindcast.add(lines.next().login());
            if (hindcast.turns().stream().anyMatch(turn -> turn.verdict() instanceof Verdict.Harmful)) {
                break;
            }
        }
        return hindcast.turns().stream().anyMatch(turn -> turn.verdict() instanceof Verdict.Harmful)
                ? hindcast.summary()
                : hindcast.end(trace.end());
    }

    private static void report(Trace trace, Hindcast.Turn turn, Duration delay) {
        double ratio = delay.toMillis() / 1e3 / trace.truth().bound().seconds();
        System.out.printf(
                Locale.ROOT,
                "%-26s found after %8.2f s, %5.2f times the bound, %d failed logins: %s%n",
                trace.name(),
                delay.toMillis() / 1e3,
                ratio,
                turn.counts().failedLogins(),
                turn.verdict().because());
    }
}
