package barograph.hindcast;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

public final class TraceBench {
    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        List<String> ids = Arrays.stream(folder.toFile().list())
                .filter(n -> n.endsWith(".csv.gz"))
                .map(n -> n.substring(0, n.length() - 7))
                .filter(n -> args.length < 2 || n.matches(args[1]))
                .sorted()
                .toList();
        for (String id : ids) {
            Trace trace = Trace.read(folder, id);
            long t0 = System.nanoTime();
            double seconds = trace.harmful() ? trace.boundSeconds() / 10 : 10;
            Duration every = Duration.ofMillis((long) Math.clamp(seconds * 1000, 20, 10000));
            Hindcast hindcast = new Hindcast(trace.plan(), every);
            for (var login : trace.logins()) {
                hindcast.add(login);
            }
            var summary = hindcast.end(trace.end());
            System.out.printf(
                    "%-26s %s %5.1fs ", id, trace.truth().get("verdict").asString(), (System.nanoTime() - t0) / 1e9);
            if (summary.harm().isPresent()) {
                var harm = summary.harm().get();
                Instant onset = trace.harmful() ? trace.onset() : trace.plan().at();
                double delay = Duration.between(onset, harm.at()).toMillis() / 1000.0;
                System.out.printf(
                        "HARM %.1fs ratio %.2f units %d failed %d spared %d %s",
                        delay,
                        delay / trace.boundSeconds(),
                        harm.counts().units(),
                        harm.counts().failedLogins(),
                        summary.failedLoginsAfterHarm(),
                        ((barograph.verdict.Verdict.Harmful) harm.verdict())
                                .signals()
                                .getFirst());
            }
            System.out.println();
            for (var turn : summary.turns()) {
                System.out.printf(
                        "      +%.1fs %s %s%n",
                        Duration.between(trace.plan().at(), turn.at()).toMillis() / 1e3,
                        turn.verdict().word(),
                        turn.verdict().because());
            }
        }
    }
}
