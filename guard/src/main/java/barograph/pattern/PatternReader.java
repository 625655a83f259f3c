package barograph.pattern;

import barograph.pattern.Part.Either;
import barograph.pattern.Part.Group;
import barograph.pattern.Part.Row;
import barograph.pattern.Part.Run;
import barograph.pattern.Part.Some;
import barograph.pattern.Part.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a pattern that RE2 has accepted, as far as it is simple: characters, sets of ASCII, groups, alternatives,
/// `?` behind anything, `*`, `+` and counts behind single characters, `^` and `$`.
///
/// All else is left to RE2 itself: flags, short runs (`*?`), repeated groups, words' edges, Unicode's classes.
final class PatternReader {
    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,3})(?:(,)(\\d{1,3})?)?}");
    private static final Pattern OPEN = Pattern.compile("\\((?:\\?(?:P?<(\\w+)>|:))?");
    private static final int MOST_OPTIONAL = 100;

    private final String text;
    private int next;

    /// What is not simple; no stack, as it is no trouble.
    private static final class NotSimple extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotSimple() {
            super("", null, false, false);
        }
    }

    private PatternReader(String text) {
        this.text = text;
    }

    /// The parts of a pattern; empty where it is not simple.
    static Optional<Part> read(String pattern) {
        try {
            PatternReader reader = new PatternReader(pattern);
            Part whole = reader.either();
            return reader.more() ? Optional.empty() : Optional.of(whole);
        } catch (NotSimple e) {
            return Optional.empty();
        }
    }

    private boolean more() {
        return next < text.length();
    }

    private boolean take(char c) {
        boolean there = more() && text.charAt(next) == c;
        next += there ? 1 : 0;
        return there;
    }

    private char take() {
        if (!more()) {
            throw new NotSimple();
        }
        return text.charAt(next++);
    }

    private Part either() {
        List<Part> ways = new ArrayList<>();
        do {
            ways.add(row());
        } while (take('|'));
        return ways.size() == 1 ? ways.getFirst() : new Either(ways);
    }

    private Part row() {
        List<Part> parts = new ArrayList<>();
        while (more() && text.charAt(next) != '|' && text.charAt(next) != ')') {
            Part part = repeated(single());
            // Characters beside each other are one text.
            if (part instanceof Text(String more) && !parts.isEmpty() && parts.getLast() instanceof Text(String text)) {
                parts.set(parts.size() - 1, new Text(text + more));
            } else {
                parts.add(part);
            }
        }
        return parts.size() == 1 ? parts.getFirst() : new Row(parts);
    }

    private Part single() {
        char c = take();
        return switch (c) {
            case '(' -> group();
            case '[' -> new Some(set(), 1);
            case '.' -> new Some(CharSet.DOT, 1);
            case '^' -> new Part.Begin();
            case '$' -> new Part.End();
            case '\\' -> {
                char escaped = take();
                yield perl(escaped).<Part>map(set -> new Some(set, 1)).orElseGet(() -> character(unescaped(escaped)));
            }
            case '*', '+', '?' -> throw new NotSimple();
            default -> character(c);
        };
    }

    private static Text character(char c) {
        if (Character.isSurrogate(c)) {
            throw new NotSimple();
        }
        return new Text(String.valueOf(c));
    }

    private Part group() {
        Matcher open = OPEN.matcher(text).region(next - 1, text.length());
        if (!open.lookingAt()) {
            throw new NotSimple();
        }
        next = open.end();
        if (open.end() - open.start() == 1 && more() && text.charAt(next) == '?') {
            throw new NotSimple(); // flags
        }
        Part inner = either();
        if (!take(')')) {
            throw new NotSimple();
        }
        return open.group(1) == null ? inner : new Group(open.group(1), inner);
    }

    private Part repeated(Part part) {
        int before = next;
        Part whole = times(part);
        if (next > before && more() && "?*+{".indexOf(text.charAt(next)) >= 0) {
            throw new NotSimple();
        }
        return whole;
    }

    private Part times(Part part) {
        if (take('?')) {
            return optional(part);
        } else if (take('*')) {
            return new Run(set(part), 0);
        } else if (take('+')) {
            return new Run(set(part), 1);
        }
        Matcher count = COUNT.matcher(text).region(next, text.length());
        if (!count.lookingAt()) {
            return part; // RE2 takes any other brace for itself
        }
        next = count.end();
        return counted(set(part), Integer.parseInt(count.group(1)), count);
    }

    private static Part counted(CharSet set, int least, Matcher count) {
        List<Part> parts = new ArrayList<>(List.of(new Some(set, least)));
        if (count.group(3) != null) {
            int further = Integer.parseInt(count.group(3)) - least;
            if (further > MOST_OPTIONAL) {
                throw new NotSimple();
            }
            Part rest = new Row(List.of());
            for (int i = 0; i < further; i++) {
                rest = optional(new Row(List.of(new Some(set, 1), rest)));
            }
            parts.add(rest);
        } else if (count.group(2) != null) {
            parts.add(new Run(set, 0));
        }
        return new Row(parts);
    }

    private static Part optional(Part part) {
        return new Either(List.of(part, new Row(List.of())));
    }

    private static CharSet set(Part part) {
        return switch (part) {
            case Text(String text) when text.length() == 1 && text.charAt(0) < 128 -> CharSet.of(text.charAt(0));
            case Some(CharSet set, int count) when count == 1 -> set;
            default -> throw new NotSimple();
        };
    }

    /// What stands in brackets, read as RE2 does: a `]` in front and a `-` at either end stand for themselves.
    private CharSet set() {
        boolean negated = take('^');
        CharSet set = CharSet.of("");
        boolean first = true;
        while (first || !take(']')) {
            first = false;
            int before = next;
            if (text.startsWith("[:", next)) {
                throw new NotSimple();
            }
            char from = take();
            if (from == '\\') {
                char escaped = take();
                Optional<CharSet> perl = perl(escaped);
                if (perl.isPresent()) {
                    set = set.with(perl.get());
                    continue;
                }
                from = unescaped(escaped);
            }
            char to = from;
            if (text.startsWith("-", next) && !text.startsWith("-]", next) && next > before) {
                next++;
                to = take();
                to = to == '\\' ? unescaped(take()) : to;
            }
            if (from >= 128 || to >= 128) {
                throw new NotSimple();
            }
            set = set.with(CharSet.range(from, to));
        }
        return negated ? set.negated() : set;
    }

    private static Optional<CharSet> perl(char letter) {
        CharSet set = switch (Character.toLowerCase(letter)) {
            case 'd' -> CharSet.range('0', '9');
            case 's' -> CharSet.of("\t\n\f\r ");
            case 'w' ->
                CharSet.range('0', '9')
                        .with(CharSet.range('A', 'Z'))
                        .with(CharSet.range('a', 'z'))
                        .with(CharSet.of('_'));
            default -> CharSet.of("");
        };
        if (set.equals(CharSet.of(""))) {
            return Optional.empty();
        }
        return Optional.of(Character.isUpperCase(letter) ? set.negated() : set);
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'f' -> '\f';
            default -> {
                if (c >= 128 || Character.isLetterOrDigit(c)) {
                    throw new NotSimple();
                }
                yield c;
            }
        };
    }
}
