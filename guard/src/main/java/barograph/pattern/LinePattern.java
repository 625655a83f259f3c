package barograph.pattern;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds a pattern of RE2 in lines, and what its named groups have found.
///
/// Simple patterns, as those of logs mostly are, are walked through directly, some ten times faster than RE2 in Java
/// does it, with the same answers (`LinePatternTest` compares them); all others are left to it. Either way a line takes
/// time proportional to its length, whatever an attacker has written into it. Not thread-safe.
public sealed interface LinePattern {
    /// What finds a pattern.
    static LinePattern of(Pattern pattern) {
        Optional<Part> simple = pattern.flags() == 0 ? PatternReader.read(pattern.pattern()) : Optional.empty();
        return simple.<LinePattern>map(part -> new Direct(part, names(pattern)))
                .orElseGet(() -> new ByRe2(pattern.matcher(""), names(pattern)));
    }

    private static List<String> names(Pattern pattern) {
        return List.copyOf(pattern.namedGroups().keySet());
    }

    /// Whether a line has it; the leftmost one counts.
    boolean find(String line);

    /// The names of the groups; the number of one is its place here.
    List<String> groups();

    /// What a group found in that line; empty where it took no part.
    String group(int number);

    /// Walked through.
    final class Direct implements LinePattern {
        private final List<String> groups;
        private final String needed;
        private final String start;
        private final boolean anchored;
        private final Node node;
        private final Walk walk;
        private int choices;

        private Direct(Part part, List<String> groups) {
            this.groups = groups;
            List<Part> row = part instanceof Part.Row(List<Part> parts) ? parts : List.of(part);
            Part first = row.isEmpty() ? part : row.getFirst();
            anchored = first instanceof Part.Begin;
            start = first instanceof Part.Text(String text) ? text : "";
            needed = needed(part);
            node = node(part, new Node.Done());
            walk = new Walk(2 * groups.size(), choices);
        }

        /// The longest text that every line has in which the pattern is found.
        private static String needed(Part part) {
            return switch (part) {
                case Part.Text(String text) -> text;
                case Part.Group(String _, Part inner) -> needed(inner);
                case Part.Row(List<Part> parts) ->
                    parts.stream()
                            .map(Direct::needed)
                            .max(Comparator.comparingInt(String::length))
                            .orElse("");
                case Part.Some _, Part.Run _, Part.Either _, Part.Begin _, Part.End _ -> "";
            };
        }

        private Node node(Part part, Node next) {
            return switch (part) {
                case Part.Text(String text) -> Node.Text.of(text, next);
                case Part.Some(CharSet set, int count) -> count == 0 ? next : new Node.Some(set, count, next);
                case Part.Run(CharSet set, int least) -> Node.Run.of(set, least, choices++, next);
                case Part.Begin() -> new Node.Begin(next);
                case Part.End() -> new Node.End(next);
                case Part.Either(List<Part> ways) -> {
                    List<Node> nodes = new ArrayList<>();
                    ways.forEach(way -> nodes.add(node(way, next)));
                    yield Node.Either.of(List.copyOf(nodes), choices++);
                }
                case Part.Group(String name, Part inner) -> {
                    int place = 2 * groups.indexOf(name);
                    yield Node.Mark.of(place, node(inner, Node.Mark.of(place + 1, next)));
                }
                case Part.Row(List<Part> parts) -> {
                    Node row = next;
                    for (Part each : parts.reversed()) {
                        row = node(each, row);
                    }
                    yield row;
                }
            };
        }

        @Override
        public boolean find(String line) {
            if (!line.contains(needed)) {
                return false;
            }
            walk.begin(line);
            if (anchored) {
                return node.fits(walk, 0);
            }
            for (int at = line.indexOf(start); at >= 0 && at <= line.length(); at = line.indexOf(start, at + 1)) {
                if (node.isWorth(walk, at) && !walk.isWithin(at) && node.fits(walk, at)) {
                    return true;
                }
                if (at == line.length()) {
                    return false;
                }
            }
            return false;
        }

        @Override
        public List<String> groups() {
            return groups;
        }

        @Override
        public String group(int number) {
            int from = walk.groups[2 * number];
            return from < 0 ? "" : walk.line.substring(from, walk.groups[2 * number + 1]);
        }
    }

    /// Left to RE2.
    record ByRe2(Matcher matcher, List<String> groups) implements LinePattern {
        @Override
        public boolean find(String line) {
            return matcher.reset(line).find();
        }

        @Override
        public String group(int number) {
            String found = matcher.group(groups.get(number));
            return found == null ? "" : found;
        }
    }
}
