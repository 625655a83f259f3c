package barograph.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.folder.KindsFolder;
import barograph.form.Problem;
import barograph.form.Read;
import barograph.site.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages on kinds are true. `-Dschemas.write=true` writes the page of the built-in ones anew.
class KindsPageTest {
    private static final Path PAGE = Path.of("../docs/kinds.md");
    private static final Path OWN = Path.of("../docs/own-kind.md");

    @TempDir
    private Path folder;

    @Test
    void the_page_of_kinds_is_what_their_files_say() throws IOException {
        String page = KindsPage.markdown(Kinds.builtIn().values());
        if (Boolean.getBoolean("schemas.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE).content().isEqualTo(page);
    }

    @Test
    void the_kind_that_the_docs_write_reads_its_log() throws IOException {
        Files.writeString(folder.resolve("vsftpd.yaml"), example());

        Kind kind = switch (KindsFolder.read(folder, Kinds.builtIn())) {
            case Read.Good<Map<String, Kind>>(Map<String, Kind> kinds) -> Objects.requireNonNull(kinds.get("vsftpd"));
            case Read.Bad<Map<String, Kind>>(List<Problem> problems) -> throw new AssertionError(problems.toString());
        };

        assertThat(kind.samples()).hasSizeGreaterThan(2);
    }

    @Test
    void a_kind_whose_grammar_does_not_fit_its_samples_is_refused_with_the_line() throws IOException {
        Files.writeString(folder.resolve("vsftpd.yaml"), example().replace("OK LOGIN: Client", "YES LOGIN: Client"));

        assertThat(KindsFolder.read(folder, Kinds.builtIn()))
                .isInstanceOfSatisfying(
                        Read.Bad.class,
                        bad -> assertThat(bad.problems().toString())
                                .contains("vsftpd.yaml:", "samples[0]", "the grammar finds 0 logins in this, not 1."));
    }

    @Test
    void a_group_that_nothing_is_done_with_is_a_slip_of_the_pen() throws IOException {
        Files.writeString(folder.resolve("vsftpd.yaml"), example().replace("(?P<user>", "(?P<usr>"));

        assertThat(KindsFolder.read(folder, Kinds.builtIn()))
                .isInstanceOfSatisfying(
                        Read.Bad.class,
                        bad -> assertThat(bad.problems().toString())
                                .contains("nothing is done with its group 'usr'. Did you mean 'user'?"));
    }

    private static String example() throws IOException {
        String page = Files.readString(OWN);
        int from = page.indexOf("```yaml\n") + "```yaml\n".length();
        return page.substring(from, page.indexOf("```", from));
    }
}
