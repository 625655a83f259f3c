package barograph.vantage;

import barograph.diagnosis.Observation;
import barograph.diagnosis.Vantage;
import barograph.host.Host;
import barograph.host.Result;
import barograph.logs.Stamps;
import barograph.site.Clues;
import barograph.site.Clues.Meaning;
import barograph.site.LogSource;
import barograph.site.Server;
import com.google.re2j.Matcher;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a server's log says since the trouble began, in its own words.
///
/// Used by one thread: it marks how long the log is, and reads on from a little before that later.
final class LogWords {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /// How much of what was written before is read, in bytes.
    private static final int BEFORE = 64 << 10;

    /// How much of what was written since, in bytes.
    private static final int SINCE = 512 << 10;

    private static final int LONGEST_SAMPLE = 240;

    private final Server server;
    private final Clues clues;
    private final Host host;
    private long mark = -1;

    LogWords(Server server, Clues clues, Host host) {
        this.server = server;
        this.clues = clues;
        this.host = host;
    }

    /// Marks where the log ends now.
    void mark() {
        server.log().ifPresent(log -> {
            if (host.run("wc -c <" + Host.quote(log.path()), new byte[0], LIMIT) instanceof Result.Ran ran
                    && ran.exit() == 0) {
                mark = Long.parseLong(ran.text().strip());
            }
        });
    }

    /// What has been written since a moment, as far as lines before the mark tell it.
    ///
    /// @param users the test accounts whose logins were tried since the mark
    List<Observation> read(Instant since, List<String> users) {
        if (server.log().isEmpty()) {
            return List.of(unseen("it has no log in the site"));
        }
        LogSource log = server.log().get();
        if (mark < 0) {
            return List.of(unseen(log.path() + " cannot be read"));
        }
        long from = Math.max(0, mark - BEFORE);
        String command = "tail -c +" + (from + 1) + " " + Host.quote(log.path()) + " | head -c " + (BEFORE + SINCE);
        return switch (host.run(command, new byte[0], LIMIT)) {
            case Result.Ran ran -> told(ran.text(), (int) (mark - from), since, users);
            case Result.Overdue _ -> List.of(unseen(log.path() + " was not read in time"));
            case Result.Unreachable(String why) -> List.of(unseen(why));
        };
    }

    private Observation unseen(String why) {
        return new Observation.Unseen(new Vantage.HostOf(server.id()), "log", why);
    }

    /// @param before how many bytes of the text, which is mostly ASCII, were there at the mark
    List<Observation> told(String text, int before, Instant since, List<String> users) {
        int cut = Math.min(before, text.length());
        String fresh = text.substring(cut);
        String old = text.substring(0, cut);
        Stamps stamps = new Stamps(ZoneId.systemDefault());
        List<String> lines = new ArrayList<>();
        old.lines()
                .filter(line -> stamps.read(line, since) && !stamps.at().isBefore(since))
                .forEach(lines::add);
        fresh.lines().forEach(lines::add);
        List<Observation> told = new ArrayList<>(signs(lines));
        heard(fresh, old, users).ifPresent(told::add);
        return told;
    }

    /// Of each line only what a clue describes is kept: the rest of it may name people.
    private List<Observation> signs(List<String> lines) {
        Map<Meaning, List<String>> found = new EnumMap<>(Meaning.class);
        for (String line : lines) {
            for (Clues.Sign sign : clues.signs()) {
                Matcher matcher = sign.says().matcher(line);
                if (matcher.find()) {
                    found.computeIfAbsent(sign.means(), _ -> new ArrayList<>()).add(shown(matcher.group()));
                    break;
                }
            }
        }
        return found.entrySet().stream()
                .<Observation>map(entry -> new Observation.Told(
                        server.id(),
                        entry.getKey(),
                        entry.getValue().size(),
                        entry.getValue().getLast()))
                .toList();
    }

    /// Nothing in a log may act on the terminal of who reads this.
    private static String shown(String words) {
        String shown = words.replaceAll("\\p{Cntrl}", "\uFFFD");
        return shown.length() <= LONGEST_SAMPLE ? shown : shown.substring(0, LONGEST_SAMPLE) + "…";
    }

    /// A log that never tells of logins is no witness that one did not arrive.
    private Optional<Observation> heard(String fresh, String old, List<String> users) {
        if (users.isEmpty()) {
            return Optional.empty();
        }
        if (users.stream().anyMatch(user -> names(fresh, user))) {
            return Optional.of(new Observation.Heard(server.id(), true));
        }
        return users.stream().anyMatch(user -> names(old, user))
                ? Optional.of(new Observation.Heard(server.id(), false))
                : Optional.empty();
    }

    private static boolean names(String text, String user) {
        return user.length() > 2 && text.toLowerCase(Locale.ROOT).contains(user.toLowerCase(Locale.ROOT));
    }
}
