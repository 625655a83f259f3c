package barograph.vantage;

import barograph.diagnosis.Observation;
import barograph.diagnosis.Vantage;
import barograph.host.Host;
import barograph.host.Result;
import barograph.site.ServerId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// One host that looks around: by `look.sh`, with whatever programs it has.
///
/// Questions go in by standard input; nothing of them shows in the host's list of processes but names, addresses and
/// ports. Safe for use by several threads.
final class HostEyes {
    /// What one look may take, in seconds: an answer that takes longer is none for somebody who logs in.
    private static final int LOOK = 4;

    /// All looks run at once; the rest is for a loaded host, and for SSH.
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private static final String SCRIPT = script();

    private final Host host;
    private final Vantage from;
    private final InstantSource clock;

    HostEyes(Host host, Vantage from, InstantSource clock) {
        this.host = host;
        this.from = from;
        this.clock = clock;
    }

    private static String script() {
        try (InputStream in = HostEyes.class.getResourceAsStream("look.sh")) {
            return new String(
                    Objects.requireNonNull(in, "look.sh is not in the jar").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("look.sh cannot be read from the jar", e);
        }
    }

    /// @param own the server whose host this is, to be asked for its clock and load as well
    List<Observation> look(List<Question> questions, Optional<ServerId> own) {
        if (questions.isEmpty() && own.isEmpty()) {
            return List.of();
        }
        StringBuilder input = new StringBuilder();
        for (int number = 0; number < questions.size(); number++) {
            input.append(number)
                    .append(' ')
                    .append(questions.get(number).line())
                    .append('\n');
        }
        if (own.isPresent()) {
            input.append("load load\nclock clock\n");
        }
        Instant began = clock.instant();
        String command = "set -- " + LOOK + "\n" + SCRIPT;
        return switch (host.run(command, input.toString().getBytes(StandardCharsets.UTF_8), LIMIT)) {
            case Result.Ran ran -> read(questions, own, lines(ran.text()), began);
            case Result.Overdue(Duration limit) ->
                unseen("looking around took longer than " + limit.toSeconds() + " s");
            case Result.Unreachable(String why) -> unseen(why);
        };
    }

    private List<Observation> unseen(String why) {
        return List.of(new Observation.Unseen(from, Observation.ANYTHING, why));
    }

    private static Map<String, String> lines(String text) {
        Map<String, String> answers = new HashMap<>();
        for (String line : text.lines().toList()) {
            int space = line.indexOf(' ');
            if (space > 0) {
                answers.put(line.substring(0, space), line.substring(space + 1));
            }
        }
        return answers;
    }

    private List<Observation> read(
            List<Question> questions, Optional<ServerId> own, Map<String, String> answers, Instant began) {
        List<Observation> seen = new ArrayList<>();
        Answers reader = new Answers(from, began);
        for (int number = 0; number < questions.size(); number++) {
            String answer = answers.get(Integer.toString(number));
            seen.add(reader.read(questions.get(number), answer == null ? "untold no answer came" : answer));
        }
        own.ifPresent(server -> {
            clock(server, answers.getOrDefault("clock", ""), began).ifPresent(seen::add);
            load(server, answers.getOrDefault("load", "")).ifPresent(seen::add);
        });
        return seen;
    }

    /// The question about the clock is answered at once, at the beginning: within a second or two of `began`.
    private static Optional<Observation> clock(ServerId server, String answer, Instant began) {
        return answer.matches("ok \\d{1,12}")
                ? Optional.of(new Observation.Clock(
                        server, Duration.between(began, Instant.ofEpochSecond(Long.parseLong(answer.substring(3))))))
                : Optional.empty();
    }

    private static Optional<Observation> load(ServerId server, String answer) {
        String[] words = answer.split(" ", -1);
        return answer.matches("ok \\d+(\\.\\d+)? \\d+")
                ? Optional.of(new Observation.Busy(server, Double.parseDouble(words[1]), Integer.parseInt(words[2])))
                : Optional.empty();
    }
}
