package barograph.toy;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the folder of a toy directory says: `access.conf` and `people.ldif`.
///
/// A word that is no setting and a value that is none are refused; a group that nobody is in is not, because a real
/// server would not notice either.
///
/// @param allowGroups who may log in; a person's group is the `ou` that its entry stands in
/// @param requirePassword whether a password must be right
/// @param lookupDelay how long each login takes at least
/// @param listen the address that logins are served at; 127.0.0.1 when not said
/// @param port 1 to 65535
/// @param entries by normalized name
record ToyConfig(
        Set<String> allowGroups,
        boolean requirePassword,
        Duration lookupDelay,
        InetAddress listen,
        int port,
        Map<DN, ReadOnlyEntry> entries) {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s)");
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
    private static final List<String> SETTINGS =
            List.of("allow-groups", "require-password", "lookup-delay", "listen", "port");

    ToyConfig {
        allowGroups = Set.copyOf(allowGroups);
        entries = Map.copyOf(entries);
    }

    /// What came of reading a folder.
    sealed interface Reading {
        record Good(ToyConfig config) implements Reading {}

        /// @param problems each with its file and line
        record Bad(List<String> problems) implements Reading {
            public Bad {
                problems = List.copyOf(problems);
            }
        }
    }

    static Reading read(Path folder) {
        List<String> problems = new ArrayList<>();
        Map<DN, ReadOnlyEntry> entries = entries(folder.resolve("people.ldif"), problems);
        Settings settings = new Settings(lines(folder.resolve("access.conf"), problems), problems);
        Set<String> groups = Arrays.stream(settings.get("allow-groups", "").split(",", -1))
                .map(String::strip)
                .filter(group -> !group.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        String require = settings.get("require-password", "yes");
        if (!require.equals("yes") && !require.equals("no")) {
            settings.complain("require-password", "'" + require + "' is neither yes nor no");
        }
        ToyConfig config = new ToyConfig(
                groups, !require.equals("no"), settings.delay(), settings.address(), settings.port(), entries);
        return problems.isEmpty() ? new Reading.Good(config) : new Reading.Bad(problems);
    }

    Optional<ReadOnlyEntry> entry(DN name) {
        return Optional.ofNullable(entries.get(name));
    }

    /// Whether people of this entry's group may log in.
    boolean allows(DN name) {
        DN parent = name.getParent();
        RDN group = parent == null ? null : parent.getRDN();
        return group != null && group.hasAttribute("ou") && allowGroups.contains(group.getAttributeValues()[0]);
    }

    private static List<String> lines(Path file, List<String> problems) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            problems.add(
                    file.getFileName() + ": cannot be read (" + e.getClass().getSimpleName() + ")");
            return List.of();
        }
    }

    private static Map<DN, ReadOnlyEntry> entries(Path file, List<String> problems) {
        Map<DN, ReadOnlyEntry> entries = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(file)) {
            for (Entry entry : LDIFReader.readEntries(in)) {
                if (entries.put(entry.getParsedDN(), new ReadOnlyEntry(entry)) != null) {
                    problems.add(file.getFileName() + ": " + entry.getDN() + " is there twice");
                }
            }
        } catch (LDIFException e) {
            problems.add(file.getFileName() + ":" + e.getLineNumber() + ": " + e.getMessage());
        } catch (IOException | LDAPException e) {
            problems.add(
                    file.getFileName() + ": cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        return entries;
    }

    /// The lines `name = value` of access.conf; a `#` begins a comment.
    private static final class Settings {
        private record Line(int number, String value) {}

        private final Map<String, Line> settings = new LinkedHashMap<>();
        private final List<String> problems;

        Settings(List<String> lines, List<String> problems) {
            this.problems = problems;
            for (int i = 0; i < lines.size(); i++) {
                String text = lines.get(i).replaceFirst("#.*", "").strip();
                if (!text.isEmpty()) {
                    take(i + 1, text);
                }
            }
        }

        private void take(int number, String text) {
            int sign = text.indexOf('=');
            String name = sign < 0 ? text : text.substring(0, sign).strip();
            if (sign < 0 || !SETTINGS.contains(name)) {
                problems.add("access.conf:" + number + ": '" + name + "' is no setting; known: "
                        + String.join(", ", SETTINGS));
            } else if (settings.put(
                            name, new Line(number, text.substring(sign + 1).strip()))
                    != null) {
                problems.add("access.conf:" + number + ": " + name + " is there twice");
            }
        }

        String get(String name, String otherwise) {
            Line line = settings.get(name);
            return line == null ? otherwise : line.value;
        }

        void complain(String name, String what) {
            Line line = settings.get(name);
            problems.add("access.conf:" + (line == null ? "" : line.number + ":") + " " + name + ": " + what);
        }

        Duration delay() {
            String written = get("lookup-delay", "0ms");
            Matcher duration = DURATION.matcher(written);
            if (duration.matches()) {
                long count = Long.parseLong(duration.group(1));
                Duration delay = duration.group(2).equals("s") ? Duration.ofSeconds(count) : Duration.ofMillis(count);
                if (delay.compareTo(LONGEST_DELAY) <= 0) {
                    return delay;
                }
            }
            complain("lookup-delay", "'" + written + "' is no duration up to 60s, such as 250ms");
            return Duration.ZERO;
        }

        InetAddress address() {
            String written = get("listen", "127.0.0.1");
            try {
                return InetAddress.ofLiteral(written);
            } catch (IllegalArgumentException e) {
                complain("listen", "'" + written + "' is no address");
                return InetAddress.getLoopbackAddress();
            }
        }

        int port() {
            String written = get("port", "");
            if (written.matches("\\d{1,5}")) {
                int port = Integer.parseInt(written);
                if (port >= 1 && port <= 65535) {
                    return port;
                }
            }
            complain("port", "'" + written + "' is no port: 1 to 65535");
            return 1;
        }
    }
}
