package barograph.console;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.dossier.Cases;
import barograph.dossier.Dossier;
import barograph.dossier.Sites;
import barograph.dossier.Tale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DossierPageTest {
    /// Where the pages are left, for people to look at.
    private static final Path PAGES = Path.of("target/pages");

    static Stream<String> cases() {
        return Cases.names().stream();
    }

    static String page(Tale tale) {
        return DossierPage.render(Dossier.of(Sites.acme(), tale.history(), tale.evidence()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void is_well_formed_and_every_link_leads_somewhere(String name) throws IOException {
        String page = page(Cases.named(name));
        Files.createDirectories(PAGES);
        Files.writeString(PAGES.resolve(name + ".html"), page);

        assertThat(Html.problems(page)).isEmpty();
        Set<String> ids = new HashSet<>(Html.attributes(page, "id"));
        List<String> links = Html.attributes(page, "href");
        assertThat(links)
                .hasSizeGreaterThan(20)
                .allMatch(link -> link.startsWith("#") && ids.contains(link.substring(1)));
        assertThat(Html.attributes(page, "id")).doesNotHaveDuplicates();
        assertThat(Html.attributes(page, "aria-labelledby"))
                .allSatisfy(label -> assertThat(ids).contains(label.split(" ")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void asks_for_nothing_from_anywhere_and_runs_nothing(String name) {
        String page = page(Cases.named(name));

        assertThat(page)
                .doesNotContainPattern("(?i)<(script|link|img|iframe|object|embed|base|form|video|audio|source)\\b")
                .doesNotContainPattern("(?i)\\b(src|srcset|action|poster|xlink:href|formaction)=")
                .doesNotContainPattern("(?i)@import|url\\(")
                .doesNotContainPattern("(?i)(href|src)=\"[a-z]+:")
                .doesNotContainPattern("(?i) on[a-z]+=")
                .contains("default-src 'none'");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_same_record_gives_the_same_bytes(String name) {
        assertThat(page(Cases.named(name))).isEqualTo(page(Cases.named(name)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void no_secret_gets_into_it(String name) {
        assertThat(page(Cases.named(name))).doesNotContain(Sites.SECRETS);
    }

    @Test
    void each_question_of_the_call_is_answered_with_links_to_proofs() {
        String page = page(Cases.rolledBackByVerdict());

        Matcher answers = Pattern.compile(
                        "<div class=\"answer\">\\s*<h3>([^<]+)</h3>(.*?)</div>\\s*</div>", Pattern.DOTALL)
                .matcher(page);
        assertThat(answers.results())
                .hasSize(10)
                .allSatisfy(answer -> assertThat(answer.group(2)).contains("href=\"#e"));
    }

    @Test
    void what_others_wrote_cannot_become_part_of_the_page() {
        String page = page(Cases.hostile());

        assertThat(Html.problems(page)).isEmpty();
        assertThat(page)
                .doesNotContain("<img", "<script", "onerror=\"", "\u202e")
                .contains("&lt;script&gt;", "\ufffd");
    }

    @Test
    void a_thousand_lines_stay_readable_and_quick() throws IOException {
        String page = page(Cases.strained(1_000));
        Files.createDirectories(PAGES);
        Files.writeString(PAGES.resolve("strained.html"), page);

        assertThat(Html.problems(page)).isEmpty();
        assertThat(page).contains("class=\"folded\"");
        assertThat(page.length()).isLessThan(4_000_000);
    }
}
