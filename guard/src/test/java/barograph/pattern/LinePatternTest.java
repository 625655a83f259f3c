package barograph.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LinePatternTest {
    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one == null ? LongStream.range(0, 20) : LongStream.of(one);
    }

    /// A failure names its seed, the pattern and the line; `-Dseed=…` runs that one alone.
    @ParameterizedTest
    @MethodSource("seeds")
    void finds_what_re2_finds_in_any_line(long seed) {
        Random random = new Random(seed);
        int found = 0;

        for (int i = 0; i < 500; i++) {
            Pattern pattern = Pattern.compile("(?P<all>" + new Writer(random).either(3) + ")");
            LinePattern direct = LinePattern.of(pattern);
            assertThat(direct).as(pattern.pattern()).isInstanceOf(LinePattern.Direct.class);
            for (int j = 0; j < 20; j++) {
                String line = line(random);
                List<String> wanted = byRe2(pattern, line);

                assertThat(found(direct, line))
                        .as("seed %d: %s in '%s'", seed, pattern, line)
                        .isEqualTo(wanted);
                found += wanted.isEmpty() ? 0 : 1;
            }
        }

        assertThat(found)
                .as("lines in which something was found, seed %d", seed)
                .isBetween(1_000, 9_500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?i)login",
                "a*?b",
                "(?:ab)+",
                "\\bword\\b",
                "\\pL+",
                "[[:alpha:]]+",
                "(?s).*",
                "a{2}{3}|x",
                "\\x41",
                "[é]",
                "é*"
            })
    void leaves_to_re2_what_is_not_simple(String text) {
        LinePattern pattern;
        try {
            pattern = LinePattern.of(Pattern.compile(text));
        } catch (com.google.re2j.PatternSyntaxException e) {
            return; // RE2 does not know it either
        }

        assertThat(pattern).isInstanceOf(LinePattern.ByRe2.class);
        for (String line : List.of("Login of é AAbb", "a word x41", "aab abab", "")) {
            assertThat(found(pattern, line)).isEqualTo(byRe2(Pattern.compile(text), line));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]a]+", "[^]a]+", "[-a]b", "[a-]b", "[+-.]+", "[\\]\\-\\d]+", "a{2}", "a{2,}", "a{1,3}b", "x{,2}",
                        "a{b",
                "^a", "b$", "^$", "a||b", "(a)(?P<n>b)?", "é", "[^é-]|.", "\\.\\[\\(", "(?:)", "\\W\\S\\D", "a{0}b"
            })
    void reads_what_is_written_as_re2_does(String text) {
        Pattern pattern;
        try {
            pattern = Pattern.compile("(?P<all>" + text + ")");
        } catch (com.google.re2j.PatternSyntaxException e) {
            return; // RE2 does not know it either
        }
        for (String line : List.of(
                "", "a", "b", "aab]", "-b a-b", "aaab", "a{b x{,2}", "é😀", ".[(", "+,-.", "9]-a", "ab", "a \n😀")) {
            assertThat(found(LinePattern.of(pattern), line)).as("in '%s'", line).isEqualTo(byRe2(pattern, line));
        }
    }

    @Test
    void a_hostile_line_takes_time_proportional_to_its_length() {
        LinePattern pattern =
                LinePattern.of(Pattern.compile("(?P<a>.*)a(?P<b>.*)a(?P<c>[^ ]*)a.*a.*a(?:a|.*)(?:.*|a)[^ ]+a!"));
        String line = "a".repeat(100_000);
        assertThat(pattern).isInstanceOf(LinePattern.Direct.class);

        boolean found = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> pattern.find(line + "!b"));
        assertThat(found).isTrue();
        found = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> pattern.find("!a!".repeat(3) + line));
        assertThat(found).isFalse();
    }

    /// All groups, the whole first; empty where nothing is found.
    private static List<String> found(LinePattern pattern, String line) {
        List<String> found = new ArrayList<>();
        if (pattern.find(line)) {
            found.add("found");
            for (int i = 0; i < pattern.groups().size(); i++) {
                found.add(pattern.groups().get(i) + "=" + pattern.group(i));
            }
        }
        return found;
    }

    private static List<String> byRe2(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        List<String> found = new ArrayList<>();
        if (matcher.find()) {
            found.add("found");
            for (String group : List.copyOf(pattern.namedGroups().keySet())) {
                String text = matcher.group(group);
                found.add(group + "=" + (text == null ? "" : text));
            }
        }
        return found;
    }

    private static String line(Random random) {
        StringBuilder line = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            String[] pieces = {"a", "a", "b", "b", "c", " ", " ", ": ", "[", "1", "é", "😀", "\n", "ab", "abc"};
            line.append(pieces[random.nextInt(pieces.length)]);
        }
        return line.toString();
    }

    /// Writes random patterns of the simple sort, groups and all.
    private static final class Writer {
        private final Random random;
        private int groups;

        Writer(Random random) {
            this.random = random;
        }

        String either(int depth) {
            StringBuilder text = new StringBuilder(row(depth));
            while (depth > 0 && random.nextInt(4) == 0) {
                text.append('|').append(row(depth - 1));
            }
            return text.toString();
        }

        private String row(int depth) {
            StringBuilder text = new StringBuilder(random.nextInt(12) == 0 ? "^" : "");
            for (int i = random.nextInt(5); i > 0; i--) {
                text.append(part(depth));
            }
            return text.append(random.nextInt(15) == 0 ? "$" : "").toString();
        }

        private String part(int depth) {
            return switch (random.nextInt(depth > 0 ? 9 : 6)) {
                case 0, 1 -> one("a", "b", "c", " ", ": ", "\\[", "ab", "é");
                case 2 -> one("a", "\\[", "1") + one("?", "*", "+", "{2}", "{1,2}", "{0,3}", "{1,}");
                case 3, 4 -> set() + one("", "?", "*", "+", "*", "+", "{2}", "{1,3}");
                case 5 -> one(".*", ".+", ".", ".?");
                case 6 -> "(?:" + either(depth - 1) + ")" + one("", "?");
                default -> "(?P<g" + groups++ + ">" + either(depth - 1) + ")" + one("", "", "?");
            };
        }

        private String set() {
            return one("[^ ]", "[^a]", "[ab]", "[a-c1]", "[^b\\n]", "\\d", "\\s", "\\w", "\\S", "[^:\\[]", "[b-]");
        }

        private String one(String... of) {
            return of[random.nextInt(of.length)];
        }
    }
}
