package barograph.console;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.dossier.Cases;
import barograph.dossier.Dossier;
import barograph.dossier.Exhibit;
import barograph.dossier.Sites;
import barograph.dossier.Tale;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Follows the page's own words to an outsider, with the tools that it names.
class CheckingByHandTest {
    private static final List<String> TOOLS = List.of("sh", "sha256sum", "openssl", "xxd", "base64", "sed", "grep");

    private final Tale tale = Cases.rolledBackByVerdict();
    private final Dossier dossier = Dossier.of(Sites.acme(), tale.history(), tale.evidence());
    private final String page = DossierPage.render(dossier);

    @TempDir
    private Path folder;

    @BeforeAll
    static void the_tools_are_there() {
        List<String> missing = TOOLS.stream().filter(tool -> !onThePath(tool)).toList();
        if (System.getenv("BAROGRAPH_ALL_SERVERS") != null) {
            assertThat(missing).isEmpty();
        }
        Assumptions.assumeTrue(
                missing.isEmpty(), "CHECKING BY HAND IS NOT TESTED: these tools are missing: " + missing);
    }

    private static boolean onThePath(String tool) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
    }

    @Test
    void every_entry_that_is_shown_leads_to_the_root_and_the_signature_holds() throws Exception {
        prepare();
        String root = dossier.checkpoint().lines().toList().get(2);

        for (Exhibit exhibit : dossier.exhibits().stream()
                .filter(each -> !each.text().isEmpty())
                .toList()) {
            take(exhibit, exhibit.text());
            assertThat(run(commands().getFirst()).output().lines()).containsExactly(root, root);
        }
        assertThat(run(commands().getLast()).output()).contains("Signature Verified Successfully");
    }

    @Test
    void an_entry_with_one_other_byte_does_not_lead_to_the_root() throws Exception {
        prepare();
        Exhibit exhibit = dossier.exhibits().getFirst();
        take(exhibit, exhibit.text().replace("random", "Random"));

        List<String> lines = run(commands().getFirst()).output().lines().toList();

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).isNotEqualTo(lines.getLast());
    }

    @Test
    void a_checkpoint_of_another_size_does_not_have_the_signature() throws Exception {
        prepare();
        Files.writeString(folder.resolve("checkpoint.txt"), dossier.checkpoint().replaceFirst("\n\\d+\n", "\n39\n"));

        assertThat(run(commands().getLast()).status()).isNotZero();
    }

    private void prepare() throws IOException {
        Files.writeString(folder.resolve("checkpoint.txt"), pre("checkpoint").getFirst());
        Files.writeString(folder.resolve("key.txt"), pre("checkpoint").getLast());
    }

    private void take(Exhibit exhibit, String text) throws IOException {
        Files.writeString(folder.resolve("entry.json"), text);
        Files.writeString(
                folder.resolve("way.txt"),
                exhibit.way().stream()
                        .map(sibling -> (sibling.left() ? "left " : "right ")
                                + sibling.hash().hex() + "\n")
                        .collect(Collectors.joining()));
        assertThat(pre("entry")).contains(exhibit.text());
        assertThat(pre("way")).contains(Files.readString(folder.resolve("way.txt")));
    }

    private List<String> commands() {
        return pre("shell");
    }

    /// What stands in the page's `pre` elements of one class, as somebody would copy it.
    private List<String> pre(String kind) {
        return Pattern.compile("<pre class=\"" + kind + "\"[^>]*>(.*?)</pre>", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(match -> match.group(1)
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&#34;", "\"")
                        .replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&amp;", "&"))
                .toList();
    }

    private record Run(int status, String output) {}

    private Run run(String commands) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-eu", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }
}
