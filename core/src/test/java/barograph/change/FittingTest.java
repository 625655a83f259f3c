package barograph.change;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.form.Read;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FittingTest {
    private static final Map<String, String> FILES = Map.of("realm.json", "{\n  \"a\" : 1\n}\n", "old.json", "{ }\n");

    @Test
    void changes_makes_and_takes_out_files() {
        Fitting fitting = Fitting.of(patch("""
                --- a/realm.json
                +++ b/realm.json
                @@ -1,3 +1,3 @@
                 {
                -  "a" : 1
                +  "a" : 2
                 }
                --- /dev/null
                +++ b/clients/new.json
                @@ -0,0 +1 @@
                +{ }
                --- a/old.json
                +++ /dev/null
                @@ -1 +0,0 @@
                -{ }
                """), FILES);

        assertThat(fitting)
                .isEqualTo(new Fitting.Fits(Map.of(
                        "realm.json", Optional.of("{\n  \"a\" : 2\n}\n"),
                        "clients/new.json", Optional.of("{ }\n"),
                        "old.json", Optional.empty())));
    }

    @Test
    void fits_only_the_very_lines_that_it_names() {
        String elsewhere = "--- a/realm.json\n+++ b/realm.json\n@@ -1,3 +1,3 @@\n {\n-  \"b\" : 1\n+  \"a\" : 2\n }\n";

        assertThat(Fitting.of(patch(elsewhere), FILES))
                .isInstanceOfSatisfying(
                        Fitting.Unfit.class, unfit -> assertThat(unfit.why()).startsWith("realm.json: "));
        assertThat(Fitting.of(patch(elsewhere.replace("realm", "none")), FILES))
                .isEqualTo(new Fitting.Unfit("none.json: there is no such file"));
    }

    private static Edit.Patch patch(String text) {
        return switch (Edit.Patch.read("change.patch", text.getBytes(UTF_8))) {
            case Read.Good<Edit>(Edit edit) -> (Edit.Patch) edit;
            case Read.Bad<Edit> bad -> throw new AssertionError(bad.problems().toString());
        };
    }
}
