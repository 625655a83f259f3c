package barograph.hindcast;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Login;
import barograph.verdict.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The public login traces, judged as they would have been live: a change that breaks nothing is kept, one that
/// breaks logins is found. Where `BAROGRAPH_TRACES` names a folder with more of them, those are judged too.
class PublicTracesTest {
    private static final Path IN_PROJECT = Path.of("src/test/resources/traces");

    static Stream<String> traces() {
        Stream<Path> more = Optional.ofNullable(System.getenv("BAROGRAPH_TRACES")).map(Path::of).stream();
        return Stream.concat(Stream.of(IN_PROJECT), more)
                .flatMap(PublicTracesTest::files)
                .map(file -> file.toString().replace(".csv.gz", ""))
                .collect(java.util.stream.Collectors.toMap(
                        file -> Path.of(file).getFileName().toString(), file -> file, (first, _) -> first))
                .values()
                .stream()
                .sorted();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".csv.gz")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("traces")
    void are_judged_right(String file) {
        Trace trace = Trace.read(Path.of(file));

        Hindcast.Summary summary = run(trace);

        if (trace.harmful()) {
            assertThat(summary.harm()).as(trace.id()).isPresent();
            Hindcast.Turn turn = summary.harm().orElseThrow();
            Duration delay = Duration.between(trace.onset(), turn.at());
            report(trace, turn, delay);
            assertThat(delay).as(trace.id()).isPositive();
            assertThat(delay.toMillis() / 1e3).as(trace.id()).isLessThan(20 * trace.boundSeconds());
        } else {
            assertThat(summary.harm()).as(trace.id()).isEmpty();
            assertThat(summary.turns()).as(trace.id()).anyMatch(turn -> turn.verdict() instanceof Verdict.Healthy);
        }
    }

    private static Hindcast.Summary run(Trace trace) {
        double seconds = trace.harmful() ? trace.boundSeconds() / 5 : 30;
        Duration every = Duration.ofMillis((long) Math.clamp(seconds * 1000, 1, 30_000));
        Hindcast hindcast = new Hindcast(trace.plan(), every);
        for (Login login : trace.logins()) {
            hindcast.add(login);
            if (hindcast.turns().stream().anyMatch(turn -> turn.verdict() instanceof Verdict.Harmful)) {
                break;
            }
        }
        return hindcast.turns().stream().anyMatch(turn -> turn.verdict() instanceof Verdict.Harmful)
                ? hindcast.summary()
                : hindcast.end(trace.end());
    }

    private static void report(Trace trace, Hindcast.Turn turn, Duration delay) {
        double ratio = delay.toMillis() / 1e3 / trace.boundSeconds();
        System.out.printf(
                Locale.ROOT,
                "%-26s found after %8.2f s, %5.2f times the bound, %d failed logins: %s%n",
                trace.id(),
                delay.toMillis() / 1e3,
                ratio,
                turn.counts().failedLogins(),
                turn.verdict().because());
    }
}
