package barograph.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barograph.record.Checkpoint;
import barograph.record.Digest;
import barograph.record.Note;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DossierTest {
    /// Where the accepted texts are; `-Dgolden.accept=true` writes them anew, to be read before they are committed.
    private static final Path GOLDEN = Path.of("src/test/resources/barograph/dossier");

    static Stream<String> cases() {
        return Cases.names().stream();
    }

    static Dossier dossier(String name) {
        return dossier(Cases.named(name));
    }

    static Dossier dossier(Tale tale) {
        return Dossier.of(Sites.acme(), tale.history(), tale.evidence());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tells_each_ending_in_the_accepted_words(String name) throws IOException {
        String told = PlainText.of(dossier(name));

        Path golden = GOLDEN.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.accept")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, told);
        }
        assertThat(told).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void every_sentence_that_claims_something_names_entries_of_this_change_that_prove_it(String name) {
        Dossier dossier = dossier(name);
        Set<Long> known = new HashSet<>();
        dossier.exhibits().forEach(exhibit -> known.add(exhibit.index()));

        List<Sentence> sentences = sentences(dossier);
        List<Sentence> unproven = sentences.stream()
                .filter(sentence -> sentence.sort() != Sort.UNKNOWN)
                .filter(sentence -> sentence.proofs().isEmpty() || !known.containsAll(sentence.proofs()))
                .toList();

        assertThat(sentences).hasSizeGreaterThan(15);
        assertThat(unproven).isEmpty();
        assertThat(rows(dossier))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(known)
                        .containsAll(row.proofs())
                        .as("proofs of %s", row)
                        .isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void every_event_is_a_line_of_the_timeline_and_an_exhibit_in_the_order_of_the_record(String name) {
        Tale tale = Cases.named(name);

        Dossier dossier = dossier(tale);

        List<Long> events = tale.history().stream().map(each -> each.index()).toList();
        assertThat(lines(dossier).stream().map(Line::index).toList()).isEqualTo(events);
        assertThat(dossier.exhibits().stream().map(Exhibit::index).toList()).isEqualTo(events);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void every_exhibit_leads_to_the_root_that_the_checkpoint_signs(String name) {
        Tale tale = Cases.named(name);
        Dossier dossier = dossier(tale);
        Checkpoint checkpoint = Checkpoint.open(
                Note.parse(dossier.checkpoint()),
                barograph.record.VerifierKey.parse(dossier.key().orElseThrow()));

        for (Exhibit exhibit : dossier.exhibits()) {
            if (!exhibit.text().isEmpty()) {
                assertThat(Digest.of(new byte[1], exhibit.text().getBytes(StandardCharsets.UTF_8)))
                        .isEqualTo(exhibit.leafHash());
            }
            byte[] hash = exhibit.leafHash().bytes();
            for (Exhibit.Sibling sibling : exhibit.way()) {
                byte[] other = sibling.hash().bytes();
                hash = Digest.of(new byte[] {1}, sibling.left() ? other : hash, sibling.left() ? hash : other)
                        .bytes();
            }
            assertThat(Digest.wrap(hash)).isEqualTo(tale.root()).isEqualTo(checkpoint.root());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_same_record_gives_the_same_dossier(String name) {
        assertThat(DossierJson.text(dossier(name))).isEqualTo(DossierJson.text(dossier(name)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void no_secret_of_the_site_and_no_secret_address_gets_into_it(String name) {
        assertThat(DossierJson.text(dossier(name))).doesNotContain(Sites.SECRETS);
    }

    @Test
    void what_no_entry_proves_cannot_be_said() {
        assertThatThrownBy(() -> new Sentence(Sort.FACT, "It was the firewall.", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("firewall");
        assertThat(new Sentence(Sort.UNKNOWN, "Whether it was the firewall is not known.", List.of()).proofs())
                .isEmpty();
    }

    @Test
    void a_history_without_its_entries_is_not_told() {
        Tale tale = Cases.confirmed();
        Evidence evidence = tale.evidence();
        Evidence torn = new Evidence(evidence.entries().subList(1, 9), evidence.checkpoint());

        assertThatThrownBy(() -> Dossier.of(Sites.acme(), tale.history(), torn))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("entry 3");
    }

    @Test
    void a_guard_that_calls_different_digests_the_same_is_contradicted() {
        Tale tale = Cases.rolledBackByAPerson();
        Dossier honest = dossier(tale);

        Dossier lying = dossier(Cases.rolledBackWithAFalseWord());

        assertThat(PlainText.of(honest)).contains("every file is as before");
        assertThat(PlainText.of(lying))
                .contains("not every file is proven to be as before")
                .contains("the digest of its files differs, though its guard says that they are the same");
    }

    @Test
    void a_clock_that_went_back_is_pointed_out_and_the_order_stays_that_of_the_record() {
        Tale tale = Cases.notOver();
        tale.after(Duration.ofSeconds(-90)).then(new barograph.rollout.Event.TakenOn("ops-2/1"));

        Dossier dossier = dossier(tale);

        Line last = lines(dossier).getLast();
        assertThat(last.note()).contains("1 min 30 s before that of the entry above");
    }

    @Test
    void a_thousand_lines_are_folded_so_that_those_that_turn_the_story_show() {
        Dossier dossier = dossier(Cases.strained(1_000));

        List<Line> all = lines(dossier);
        long shown = dossier.timeline().parts().stream()
                .flatMap(part -> part.stretches().stream())
                .filter(Timeline.Stretch::shows)
                .mapToLong(stretch -> stretch.lines().size())
                .sum();

        assertThat(all).hasSizeGreaterThan(1_000);
        assertThat(shown).isLessThan(200);
    }

    static List<Sentence> sentences(Dossier dossier) {
        List<Sentence> sentences = new ArrayList<>(List.of(dossier.headline()));
        dossier.chapters().forEach(chapter -> {
            sentences.addAll(chapter.brief());
            sentences.addAll(chapter.more());
        });
        return sentences;
    }

    static List<Table.Row> rows(Dossier dossier) {
        return dossier.chapters().stream()
                .flatMap(chapter -> chapter.tables().stream())
                .flatMap(table -> table.rows().stream())
                .toList();
    }

    static List<Line> lines(Dossier dossier) {
        return dossier.timeline().parts().stream()
                .flatMap(part -> part.stretches().stream())
                .flatMap(stretch -> stretch.lines().stream())
                .toList();
    }
}
