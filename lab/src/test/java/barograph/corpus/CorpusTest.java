package barograph.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.kinds.Kinds;
import barograph.probe.Probes;
import barograph.site.ProbeKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CorpusTest {
    private static final List<Stand> STANDS = Corpus.builtIn();
    private static final List<Entry> ENTRIES =
            STANDS.stream().flatMap(stand -> stand.entries().stream()).toList();

    @Test
    void there_are_forty_mistakes_and_twelve_harmless_changes_at_least_and_a_third_is_held_out() {
        long mistakes =
                ENTRIES.stream().filter(entry -> entry.effect().harmful()).count();
        long heldOut = ENTRIES.stream().filter(Entry::heldOut).count();

        assertThat(mistakes).isGreaterThanOrEqualTo(40);
        assertThat(ENTRIES.size() - mistakes).isGreaterThanOrEqualTo(12);
        assertThat((double) heldOut / ENTRIES.size()).isBetween(0.3, 0.4);
    }

    @Test
    void each_kind_that_is_changed_by_files_has_mistakes_of_its_own() {
        Set<String> kinds = STANDS.stream().map(Stand::kind).collect(Collectors.toSet());

        assertThat(kinds)
                .contains("freeradius", "slapd", "dovecot", "sshd", "nginx", "haproxy", "krb5kdc", "files")
                .isSubsetOf(Kinds.builtIn().keySet());
        assertThat(STANDS)
                .allSatisfy(stand -> assertThat(stand.entries())
                        .anyMatch(entry -> entry.effect() == Effect.HARMLESS)
                        .anyMatch(entry -> entry.effect() == Effect.BREAKS)
                        .anyMatch(Entry::heldOut));
    }

    @Test
    void each_change_has_a_name_of_its_own_and_is_told_somewhere() {
        assertThat(new HashSet<>(ENTRIES.stream().map(Entry::name).toList())).hasSameSizeAs(ENTRIES);
        assertThat(ENTRIES).allSatisfy(entry -> {
            assertThat(entry.name()).matches("[a-z0-9-]+");
            assertThat(entry.source()).isNotEmpty().allMatch(source -> source.startsWith("https://"));
            assertThat(entry.does()).as(entry.name()).endsWith(".");
        });
    }

    @Test
    void people_log_in_by_protocols_that_there_are_with_options_that_these_take() {
        assertThat(STANDS)
                .allSatisfy(stand -> assertThat(stand.crowds())
                        .hasSizeGreaterThanOrEqualTo(2)
                        .allSatisfy(crowd -> {
                            ProbeKind kind = Probes.KINDS.stream()
                                    .filter(each -> each.name().equals(crowd.via()))
                                    .findFirst()
                                    .orElseThrow();
                            assertThat(crowd.login().keySet())
                                    .allMatch(option -> option.equals("via")
                                            || option.equals("user")
                                            || kind.option(option).isPresent());
                        }));
    }
}
