package barograph.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Files with mistakes above a line, and everything that is said about them below it.
///
/// `-Dgolden.write=true` writes the part below the line anew; read the difference before you commit it.
class GoldenTest {
    private static final Path CASES = Path.of("src/test/resources/barograph/golden");
    private static final String LINE = "\n--------\n";
    /// The folders, and what reads the files in each.
    private enum Reader {
        SITE,
        CHANGE,
        KIND;

        String folder() {
            return name().toLowerCase(Locale.ROOT);
        }

        List<Problem> problems(byte[] yaml) {
            return switch (this) {
                case SITE -> Samples.problemsOfSite(yaml);
                case CHANGE -> Samples.problemsOfChange(yaml);
                case KIND -> Samples.problemsOfKind(yaml);
            };
        }
    }

    private record Case(Path file, String yaml, String expected) {}

    @TestFactory
    Stream<DynamicTest> says_everything_that_is_wrong() throws IOException {
        return cases().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .map(each -> DynamicTest.dynamicTest(
                                entry.getKey().folder() + "/" + each.file().getFileName(), () -> {
                                    String said = said(entry.getKey(), each);

                                    if (Boolean.getBoolean("golden.write")) {
                                        Files.writeString(each.file(), each.yaml() + LINE + said);
                                    } else {
                                        assertThat(said).isEqualTo(each.expected());
                                    }
                                })));
    }

    @Test
    void there_are_enough_of_them() throws IOException {
        long mistakes = cases().values().stream()
                .flatMap(List::stream)
                .flatMap(each -> each.expected().lines())
                .count();

        assertThat(mistakes).isGreaterThan(60);
    }

    /// Whatever it points at is the beginning of something: not a blank, and not the middle of a word.
    @TestFactory
    Stream<DynamicTest> each_place_is_where_something_begins() throws IOException {
        return cases().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .map(each -> DynamicTest.dynamicTest(
                                entry.getKey().folder() + "/" + each.file().getFileName(), () -> {
                                    List<Problem> problems = read(entry.getKey(), each);

                                    assertThat(problems)
                                            .allSatisfy(problem -> assertThat(begins(each.yaml(), problem.where()))
                                                    .as("%s", problem)
                                                    .isTrue());
                                })));
    }

    private static boolean begins(String yaml, Place place) {
        String[] lines = yaml.split("\n", -1);
        if (place.line() < 1 || place.line() > lines.length) {
            return false;
        }
        String line = lines[place.line() - 1];
        int index = line.offsetByCodePoints(0, Math.min(place.column() - 1, line.codePointCount(0, line.length())));
        boolean emptyValue = index > 0 && line.charAt(index - 1) == ':';
        boolean atEnd = index == line.length();
        boolean afterBreak = index == 0 || " [{,\t\"".indexOf(line.charAt(index - 1)) >= 0;
        return emptyValue
                || atEnd
                || (afterBreak && line.charAt(index) != ' ')
                || !place.path().contains(".");
    }

    private static String said(Reader reader, Case each) {
        return read(reader, each).stream().map(problem -> problem + "\n").collect(Collectors.joining());
    }

    private static List<Problem> read(Reader reader, Case each) {
        return reader.problems((each.yaml() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static Map<Reader, List<Case>> cases() throws IOException {
        Map<Reader, List<Case>> cases = new EnumMap<>(Reader.class);
        for (Reader reader : Reader.values()) {
            try (Stream<Path> files = Files.list(CASES.resolve(reader.folder()))) {
                cases.put(reader, files.sorted().map(GoldenTest::open).toList());
            }
        }
        return cases;
    }

    private static Case open(Path file) {
        try {
            String text = Files.readString(file);
            int line = text.indexOf(LINE);
            return line < 0
                    ? new Case(file, text.strip(), "")
                    : new Case(file, text.substring(0, line), text.substring(line + LINE.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
