package barograph.change;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.form.Problem;
import barograph.form.Read;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatchTest {
    private static final String GOOD = """
            diff --git a/clients.conf b/clients.conf
            index 1..2 100644
            --- a/clients.conf
            +++ b/clients.conf
            @@ -1,3 +1,3 @@ client nas {
             client nas {
            --- not/a/header
            +++ nor/this
             }
            @@ -10 +10,2 @@
             x
            +y
            --- /dev/null
            +++ b/policy.d/new\t2026-01-01
            @@ -0,0 +1 @@
            +policy { }
            \\ No newline at end of file
            --- a/old
            +++ /dev/null
            @@ -1 +0,0 @@
            -gone
            """;

    @Test
    void names_the_files_that_it_touches_and_no_others() {
        Edit edit = good(GOOD);

        assertThat(edit.paths()).containsExactly("clients.conf", "old", "policy.d/new");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--- a/../../etc/passwd\n+++ b/../../etc/passwd\n@@ -1 +1 @@\n-a\n+b\n",
                "--- /etc/passwd\n+++ /etc/passwd\n@@ -1 +1 @@\n-a\n+b\n",
                "--- passwd\n+++ passwd\n@@ -1 +1 @@\n-a\n+b\n",
                "--- a/./x\n+++ b/./x\n@@ -1 +1 @@\n-a\n+b\n",
                "--- \"a/x\\n\"\n+++ \"b/x\\n\"\n@@ -1 +1 @@\n-a\n+b\n",
            })
    void may_not_lead_out_of_the_folder(String text) {
        assertThat(problems(text))
                .isNotEmpty()
                .allSatisfy(problem ->
                        assertThat(problem.what()).isEqualTo("this is no path below the configuration folder."));
    }

    @Test
    void says_where_it_is_broken() {
        assertThat(problems("--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a\n-b\n"))
                .extracting(Problem::toString)
                .containsExactly(
                        "change.patch:3:1: this hunk has not the lines that it says it has. Make the diff anew.");
        assertThat(problems("@@ -1 +1 @@\n-a\n+b\n"))
                .extracting(Problem::toString)
                .containsExactly(
                        "change.patch:1:1: a hunk stands here before the name of its file. Write the --- and +++ lines.");
        assertThat(problems("--- a/x\n+++ b/x\n"))
                .extracting(Problem::toString)
                .containsExactly("change.patch:1:1: no hunk follows this name. Make the diff anew.");
        assertThat(problems("hello\n"))
                .extracting(Problem::toString)
                .containsExactly("change.patch: this is no unified diff. Make one with git diff or diff -u.");
    }

    @Test
    void changes_no_binary_files_and_moves_none() {
        assertThat(problems("Binary files a/x and b/x differ\n")).hasSize(1);
        assertThat(problems("rename from x\nrename to y\n")).hasSize(2);
    }

    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one != null ? LongStream.of(one) : LongStream.range(0, 200);
    }

    /// A failure names its seed; `-Dseed=8812` runs that one alone.
    @ParameterizedTest
    @MethodSource("seeds")
    void no_text_breaks_it(long seed) {
        Random random = new Random(seed);
        StringBuilder harmed = new StringBuilder(GOOD);
        for (int i = 0; i < 3; i++) {
            int at = random.nextInt(harmed.length());
            harmed.replace(
                    at,
                    Math.min(harmed.length(), at + random.nextInt(20)),
                    "@@ -9999999 +1 @@\n--- ".substring(random.nextInt(20)));
        }

        Read<Edit> read = Edit.Patch.read("change.patch", harmed.toString().getBytes(UTF_8));

        if (read instanceof Read.Good<Edit>(Edit edit)) {
            assertThat(edit.paths()).allMatch(EditForm::isBelow);
            assertThat(Diff.of(edit, _ -> java.util.Optional.empty(), List.of()).files())
                    .isNotEmpty();
        }
    }

    private static Edit good(String text) {
        return switch (Edit.Patch.read("change.patch", text.getBytes(UTF_8))) {
            case Read.Good<Edit>(Edit edit) -> edit;
            case Read.Bad<Edit>(List<Problem> problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static List<Problem> problems(String text) {
        return switch (Edit.Patch.read("change.patch", text.getBytes(UTF_8))) {
            case Read.Good<Edit> _ -> List.of();
            case Read.Bad<Edit>(List<Problem> problems) -> problems;
        };
    }
}
