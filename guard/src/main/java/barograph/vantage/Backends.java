package barograph.vantage;

import barograph.diagnosis.Observation;
import barograph.diagnosis.Target;
import barograph.diagnosis.Vantage;
import barograph.host.Host;
import barograph.host.Result;
import barograph.site.Clues;
import barograph.site.Server;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds what a server leans on, in its own files, by the clues of its kind.
///
/// The files hold secrets: nothing leaves this class but the names, addresses and ports of backends.
final class Backends {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MOST = 12;

    /// Each file goes after its name; a file that is longer than 128 KiB is read to there.
    private static final String READ = """
            cd "$1" || exit 3; shift; IFS=
            for pattern do for file in $pattern; do
              [ -f "$file" ] && [ -r "$file" ] && { printf '\\036%s\\n' "$file"; head -c 131072 "$file"; }
            done; done; exit 0""";

    private static final Map<String, Integer> PORTS = Map.of("ldaps", 636, "ldap", 389, "https", 443, "http", 80);

    private final Server server;
    private final Clues clues;

    Backends(Server server, Clues clues) {
        this.server = server;
        this.clues = clues;
    }

    /// What was found, and what could not be looked at.
    ///
    /// @param secured those that are spoken to over TLS from the first byte
    record Found(List<Target.Backend> backends, List<Target.Backend> secured, List<Observation> unseen) {}

    Found find(Host host) {
        if (clues.backends().isEmpty()) {
            return new Found(List.of(), List.of(), List.of());
        }
        StringBuilder command =
                new StringBuilder("set -- ").append(Host.quote(server.config().root()));
        clues.backends().forEach(clue -> command.append(' ').append(Host.quote(clue.in())));
        return switch (host.run(command.append('\n').append(READ).toString(), new byte[0], LIMIT)) {
            case Result.Ran ran when ran.exit() == 0 -> in(files(ran.text()));
            case Result.Ran ran ->
                unseen("its files cannot be read: " + ran.err().strip());
            case Result.Overdue _ -> unseen("its files were not read in time");
            case Result.Unreachable(String why) -> unseen(why);
        };
    }

    private Found unseen(String why) {
        return new Found(
                List.of(),
                List.of(),
                List.of(new Observation.Unseen(
                        new Vantage.HostOf(server.id()), "what " + server.id() + " leans on", why)));
    }

    private static Map<String, String> files(String text) {
        Map<String, String> files = new LinkedHashMap<>();
        for (String part : text.split("\u001e", -1)) {
            int end = part.indexOf('\n');
            if (end > 0) {
                files.put(part.substring(0, end), part.substring(end + 1));
            }
        }
        return files;
    }

    /// @param files their content, by their paths below the root
    Found in(Map<String, String> files) {
        Map<Target.Backend, Boolean> found = new LinkedHashMap<>();
        List<Observation> unseen = new ArrayList<>();
        for (Clues.Backend clue : clues.backends()) {
            Pattern glob = Pattern.compile(glob(clue.in()));
            files.forEach((path, text) -> {
                if (glob.matches(path)) {
                    named(clue, path, text, found, unseen);
                }
            });
        }
        List<Target.Backend> all = found.keySet().stream().limit(MOST).toList();
        return new Found(
                all,
                all.stream().filter(each -> found.getOrDefault(each, false)).toList(),
                unseen);
    }

    private void named(
            Clues.Backend clue,
            String path,
            String text,
            Map<Target.Backend, Boolean> found,
            List<Observation> unseen) {
        Matcher matcher = clue.names().matcher(text);
        while (matcher.find()) {
            String host = matcher.group("host");
            if (clue.speaks().equals("radius") && loopback(host)) {
                continue; // a RADIUS server that asks itself: Debian's example of a home server
            }
            if (host.contains("$") || !Question.fit(host)) {
                unseen.add(new Observation.Unseen(
                        new Vantage.HostOf(server.id()),
                        clue.speaks() + " backend in " + path,
                        "its file names it by something that is not written there"));
                continue;
            }
            Optional<String> scheme = group(clue, matcher, "scheme");
            int port = group(clue, matcher, "port")
                    .or(() -> group(clue, matcher, "portline"))
                    .flatMap(Backends::port)
                    .orElseGet(() -> scheme.map(PORTS::get).orElse(clue.port()));
            boolean secured = scheme.filter(each -> each.endsWith("s")).isPresent();
            found.merge(new Target.Backend(server.id(), clue.speaks(), host, port), secured, Boolean::logicalOr);
        }
    }

    static boolean loopback(String host) {
        return host.startsWith("127.") || host.equals("::1") || host.equals("localhost");
    }

    private static Optional<String> group(Clues.Backend clue, Matcher matcher, String name) {
        return clue.names().namedGroups().containsKey(name)
                ? Optional.ofNullable(matcher.group(name)).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    private static Optional<Integer> port(String text) {
        try {
            return Optional.of(Integer.valueOf(text)).filter(port -> port >= 1 && port <= 65_535);
        } catch (NumberFormatException e) {
            return Optional.empty(); // no number that a port could have: the usual one is asked for
        }
    }

    /// A shell pattern as a regular expression; `*` meets no slash.
    private static String glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            switch (c) {
                case '*' -> regex.append("[^/]*");
                case '?' -> regex.append("[^/]");
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }
}
