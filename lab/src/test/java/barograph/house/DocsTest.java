package barograph.house;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.cli.Barograph;
import barograph.demo.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the docs claim is there, is there.
class DocsTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void every_test_that_the_readme_names_exists() throws IOException {
        Set<String> named = found("README.md", "`([A-Z]\\w*Test)`");

        Set<String> there;
        try (Stream<Path> files = Files.walk(ROOT)) {
            there = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith("Test.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
        assertThat(named).hasSizeGreaterThan(5);
        assertThat(there).containsAll(named);
    }

    @Test
    void every_link_between_the_pages_leads_somewhere() throws IOException {
        for (String page : new String[] {"README.md", "ARCHITECTURE.md", "docs/site-file.md", "docs/change-file.md"}) {
            Path folder = ROOT.resolve(page).getParent();
            assertThat(found(page, "\\]\\(([^)#:]+)\\)"))
                    .as(page)
                    .isNotEmpty()
                    .allSatisfy(link -> assertThat(folder.resolve(link)).exists());
        }
    }

    @Test
    void every_command_of_the_readme_is_one() throws IOException {
        Set<String> known = new TreeSet<>(Barograph.commands().getSubcommands().keySet());
        known.addAll(Set.of("demo", "bench"));

        Set<String> named = found("README.md", "\\./barograph ([a-z-]+)");

        assertThat(Main.class).isNotNull();
        assertThat(named).hasSizeGreaterThan(4);
        assertThat(known).containsAll(named);
    }

    private static Set<String> found(String page, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(ROOT.resolve(page)))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
