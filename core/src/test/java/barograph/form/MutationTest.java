package barograph.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Good files with random harm done to them: reading always comes to an end with a value or with problems, and never
/// repeats a secret.
///
/// A failure names its seed; `-Dseed=8812` runs that one alone, `-Dseeds=20000` runs more of them.
class MutationTest {
    private static final String SECRET = "hunter2!Tr0ub4dor";
    private static final String SITE = Samples.text("site.yaml")
            .replace("env:PROBE_STAFF", SECRET)
            .replace("file:/etc/barograph/radius", SECRET)
            .replace("env:SMTP_URL", "'smtp://bot:" + SECRET + "@mail.example'");
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ": ",
            ",",
            "- ",
            "\n",
            "\n  ",
            "\t",
            "'",
            "\"",
            "&a ",
            "*a",
            "!x ",
            "|\n",
            ">",
            "#",
            "%",
            "@",
            "`",
            "? ",
            "---\n",
            "...\n",
            "<<: ",
            "~",
            "null",
            "true",
            "1e999",
            "0x1F",
            "\\",
            "\u0000",
            "\u202e",
            "🎈",
            "9999999999999999999d",
            "env:",
            "none",
            "{}",
            "[]",
            "\uFEFF",
            "<<: *a",
            "&a {x: *a}");

    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one != null ? LongStream.of(one) : LongStream.range(0, Long.getLong("seeds", 30L));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void no_file_breaks_the_reader(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            byte[] site = harm(SITE, random);
            byte[] change = harm(Samples.text("change.yaml"), random);
            byte[] kind = harm(Samples.text("kind-freeradius.yaml"), random);

            assertSound(Samples.problemsOfSite(site), site);
            assertSound(Samples.problemsOfChange(change), change);
            assertSound(Samples.problemsOfKind(kind), kind);
        }
    }

    private static void assertSound(List<Problem> problems, byte[] yaml) {
        long lines = 1
                + new String(yaml, StandardCharsets.ISO_8859_1)
                        .chars()
                        .filter(c -> c == '\n' || c == '\r')
                        .count();
        assertThat(problems).hasSizeLessThanOrEqualTo(101).allSatisfy(problem -> {
            assertThat(problem.where().line()).isBetween(0, (int) lines);
            assertThat(problem.what()).isNotBlank().endsWith(".");
            assertThat(problem.remedy()).isNotBlank().matches(".*[.?]");
            assertThat(problem.toString()).doesNotContain("hunter2").matches("[^\\p{Cntrl}]*");
        });
    }

    private static byte[] harm(String text, Random random) {
        StringBuilder harmed = new StringBuilder(text);
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            int at = random.nextInt(harmed.length() + 1);
            int to = Math.min(harmed.length(), at + random.nextInt(random.nextBoolean() ? 4 : 60));
            switch (random.nextInt(4)) {
                case 0 -> harmed.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 1 -> harmed.delete(at, to);
                case 2 -> harmed.insert(at, harmed.substring(at, to));
                default -> harmed.replace(at, to, PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        byte[] bytes = harmed.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(10) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
