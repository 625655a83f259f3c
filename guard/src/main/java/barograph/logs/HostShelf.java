package barograph.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import barograph.host.Host;
import barograph.host.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A log on another host: each look is one run of `look.sh` there, which needs nothing installed.
final class HostShelf implements Shelf {
    /// What `dd` reads and skips by; the script says so too.
    private static final int BLOCK = 4096;

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String SCRIPT = script();

    private final Host host;
    private final String log;
    private volatile ZoneId zone = ZoneOffset.UTC;

    /// @param log absolute path of the log on its host
    HostShelf(Host host, String log) {
        this.host = host;
        this.log = log;
    }

    @Override
    public Look look(String identity, long from, int most) {
        long first = from / BLOCK;
        long blocks = (from + most + BLOCK - 1) / BLOCK - first;
        String command = "set -- " + Host.quote(log) + " " + Host.quote(identity) + " " + first + " " + blocks + "\n";
        return switch (host.run(command + SCRIPT, new byte[0], LIMIT)) {
            case Result.Ran ran -> answer(ran, (int) (from - first * BLOCK), most);
            case Result.Overdue(Duration limit) ->
                new Look.Unseen("the host did not answer within " + limit.toSeconds() + " s");
            case Result.Unreachable(String why) -> new Look.Unseen(why);
        };
    }

    private Look answer(Result.Ran ran, int before, int most) {
        Answer answer = new Answer(ran.out());
        for (String line = answer.line(); line != null; line = answer.line()) {
            String[] words = line.split(" ", 2);
            String rest = words.length < 2 ? "" : words[1];
            switch (words[0]) {
                case "now" -> answer.now = Instant.ofEpochSecond(Digits.longNumber(rest, 0, rest.length()));
                case "zone" -> zone = zone(rest);
                case "sheet" -> sheet(rest).ifPresent(answer.sheets::add);
                case "denied" -> {
                    return new Look.Unseen("the user that the host is reached as may not read it (" + rest
                            + "). Let that user read it (on Debian: its group is adm)");
                }
                case "missing" -> {
                    return new Look.Unseen("the host has no '" + rest + "', which is needed to read the log");
                }
                case "bytes" -> {
                    byte[] all = answer.rest();
                    int begin = Math.min(before, all.length);
                    int end = Math.min(all.length, begin + most);
                    return answer.seen(zone, Optional.of(Arrays.copyOfRange(all, begin, end)));
                }
                default -> {
                    return new Look.Unseen("the host answered what nobody asked for: " + line.strip());
                }
            }
        }
        return ran.out().length == 0
                ? new Look.Unseen(
                        "the host's shell could not look: " + ran.err().strip())
                : answer.seen(zone, Optional.empty());
    }

    /// `65024:2244961 1391 1795374740 81a4 /var/log/…`; only regular files, whose mode begins with 8.
    private Optional<Sheet> sheet(String told) {
        String[] words = told.split(" ", 5);
        if (words.length < 5 || !words[3].startsWith("8") || !words[4].startsWith(log)) {
            return Optional.empty();
        }
        String suffix = words[4].substring(log.length());
        long size = Digits.longNumber(words[1], 0, words[1].length());
        long changed = Digits.longNumber(words[2], 0, words[2].length());
        return size < 0 || changed < 0 || !Sheet.isOne(suffix)
                ? Optional.empty()
                : Optional.of(new Sheet(suffix, words[0], size, Instant.ofEpochSecond(changed)));
    }

    /// `+0100 Europe/Berlin`. The name knows about summer and winter, the offset only about today.
    private static ZoneId zone(String told) {
        int blank = told.indexOf(' ');
        String name = told.substring(blank + 1);
        if (ZoneId.getAvailableZoneIds().contains(name)) {
            return ZoneId.of(name);
        }
        try {
            return ZoneOffset.of(blank < 0 ? told : told.substring(0, blank));
        } catch (DateTimeException e) {
            return ZoneOffset.UTC; // a host that does not tell
        }
    }

    private static String script() {
        try (InputStream file = HostShelf.class.getResourceAsStream("look.sh")) {
            return new String(Objects.requireNonNull(file, "look.sh").readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("look.sh is part of this program and cannot be read", e);
        }
    }

    /// The script's answer: lines of text, then raw bytes.
    private static final class Answer {
        private final byte[] out;
        private final List<Sheet> sheets = new ArrayList<>();
        private @Nullable Instant now;
        private int next;

        Answer(byte[] out) {
            this.out = out;
        }

        @Nullable
        String line() {
            int end = next;
            while (end < out.length && out[end] != '\n') {
                end++;
            }
            if (end == out.length) {
                return null;
            }
            String line = new String(out, next, end - next, UTF_8);
            next = end + 1;
            return line;
        }

        byte[] rest() {
            return Arrays.copyOfRange(out, next, out.length);
        }

        Look seen(ZoneId zone, Optional<byte[]> stretch) {
            return now == null
                    ? new Look.Unseen("the host's shell did not tell the time")
                    : new Look.Seen(now, zone, sheets, stretch);
        }
    }
}
