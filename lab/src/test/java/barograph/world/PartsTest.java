package barograph.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import barograph.login.Login;
import barograph.verdict.Evidence.Suspicion;
import barograph.verdict.Verdict;
import barograph.watch.Part;
import barograph.watch.Sheet;
import barograph.watch.Watch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Several processes count, each the logins of some people, and one judges: it says what it would have said had it
/// counted alone. Every part is saved and goes on in another process now and then.
class PartsTest {
    private static final int PARTS = 3;
    private static final int LOOKS = 400;
    private static final Random RANDOM = new Random(3);

    static Collection<Trace> traces() throws IOException {
        return Trace.in(Path.of("../core/src/test/resources/traces"));
    }

    @ParameterizedTest
    @MethodSource("traces")
    void counted_in_parts_it_is_judged_as_if_counted_at_once(Trace trace) throws IOException {
        Watch alone = new Watch(trace.plan());
        Watch together = new Watch(trace.plan());
        List<Part> parts = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            parts.add(new Part(trace.plan(), part, PARTS));
        }
        Instant look = trace.plan().at();
        Duration step = Duration.ofMillis(
                Math.min(5000, Duration.between(look, trace.end()).toMillis() / LOOKS));
        int looks = 0;
        for (Iterator<Line> lines = trace.lines(); lines.hasNext() && looks < LOOKS; ) {
            Login login = lines.next().login();
            while (!login.at().isBefore(look)) {
                hand(trace, parts, together, look);
                compare(alone, together, look);
                look = look.plus(step);
                looks++;
            }
            alone.add(login);
            if (!parts.get(Part.of(login, PARTS)).add(login)) {
                hand(trace, parts, together, login.at());
            }
        }
        assertThat(looks).as("looks that were compared").isGreaterThan(300);
    }

    private static void hand(Trace trace, List<Part> parts, Watch together, Instant until) throws IOException {
        for (int i = 0; i < PARTS; i++) {
            together.add(Sheet.read(parts.get(i).take(until).bytes()));
            if (RANDOM.nextInt(20) == 0) {
                ByteArrayOutputStream saved = new ByteArrayOutputStream();
                parts.get(i).save(saved);
                parts.set(i, Part.load(trace.plan(), new ByteArrayInputStream(saved.toByteArray())));
            }
        }
    }

    private static void compare(Watch alone, Watch together, Instant look) {
        Verdict expected = alone.weigh(look);
        Verdict verdict = together.weigh(look);

        assertThat(verdict.word()).as(look.toString()).isEqualTo(expected.word());
        assertThat(together.counts()).isEqualTo(alone.counts());
        assertThat(reach(together)).isCloseTo(reach(alone), within(1e-6));
    }

    private static double reach(Watch watch) {
        return watch.suspicion().map(Suspicion::reach).orElse(0.0);
    }
}
