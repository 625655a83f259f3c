package barograph.store;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.record.Entry;
import barograph.record.Verification;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damages exports in every way that somebody with the file, but without the key, could.
class MutationTest {
    private static final int ENTRIES = 300;

    /// Runs one mutation alone: `-Dseed=8812`.
    private static final long ONE_SEED = Long.getLong("seed", -1);

    @TempDir
    static Path folder;

    private static SqliteRecorder recorder;
    private static List<Entry> entries;
    private static Map<String, byte[]> whole;
    private static Map<String, byte[]> part;
    private static byte[] zip;

    @BeforeAll
    static void export() {
        recorder = Exports.record(folder, ENTRIES);
        entries = recorder.entries(0, ENTRIES);
        zip = Exports.export(recorder, Optional.empty());
        whole = Exports.unzip(zip);
        part = Exports.unzip(Exports.export(recorder, Optional.of("new-realm")));
    }

    @AfterAll
    static void close() {
        recorder.close();
    }

    @Test
    void two_thousand_mutations_of_a_whole_export_are_each_found_and_located() {
        for (long seed = 0; seed < 2_000; seed++) {
            if (ONE_SEED < 0 || ONE_SEED == seed) {
                found_and_located(seed, new Mutation(whole, entries, new SplittableRandom(seed)));
            }
        }
    }

    @Test
    void five_hundred_mutations_of_an_export_about_one_subject_are_each_found_and_located() {
        List<Entry> own = recorder.about("new-realm", 0);
        for (long seed = 10_000; seed < 10_500; seed++) {
            if (ONE_SEED < 0 || ONE_SEED == seed) {
                found_and_located(seed, new Mutation(part, own, new SplittableRandom(seed)));
            }
        }
    }

    private static void found_and_located(long seed, Mutation mutation) {
        Verification verification = verify(Exports.zip(mutation.files()));

        assertThat(verification)
                .as("seed %d: %s", seed, mutation)
                .isInstanceOfSatisfying(Verification.Broken.class, broken -> {
                    assertThat(broken.index())
                            .as("seed %d: %s: %s", seed, mutation, broken)
                            .isBetween(mutation.first(), mutation.last());
                    if (mutation.kindIsKnown()) {
                        assertThat(broken.kind())
                                .as("seed %d: %s: %s", seed, mutation, broken)
                                .isEqualTo(entries.get((int) broken.index()).kind());
                    }
                    assertThat(broken.why()).isNotBlank();
                });
    }

    /// The zip around the files has only one form, so that not even its own bytes can be changed.
    @Test
    void any_changed_byte_of_the_zip_itself_is_found() {
        SplittableRandom random = new SplittableRandom(77);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = zip.clone();
            int at = random.nextInt(damaged.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));

            assertThat(verify(damaged)).as("byte %d", at).isInstanceOf(Verification.Broken.class);
        }
    }

    @Test
    void a_zip_that_ends_early_or_goes_on_is_found() {
        SplittableRandom random = new SplittableRandom(78);
        for (int i = 0; i < 100; i++) {
            byte[] cut = Arrays.copyOf(zip, random.nextInt(zip.length));
            byte[] longer = Arrays.copyOf(zip, zip.length + 1 + random.nextInt(5000));

            assertThat(verify(cut)).isInstanceOf(Verification.Broken.class);
            assertThat(verify(longer)).isInstanceOf(Verification.Broken.class);
        }
    }

    @Test
    void an_export_of_another_record_is_found_by_its_key() {
        Map<String, byte[]> files = new LinkedHashMap<>(whole);
        try (SqliteRecorder other = Exports.record(folder.resolve("other"), 10)) {
            files = new LinkedHashMap<>(Exports.unzip(Exports.export(other, Optional.empty())));
            assertThat(verify(Exports.zip(files))).isInstanceOf(Verification.Broken.class);
            files.put("record.vkey", whole.get("record.vkey"));
            assertThat(verify(Exports.zip(files)))
                    .isInstanceOfSatisfying(
                            Verification.Broken.class,
                            broken -> assertThat(broken.why()).contains("not signed by"));
        }
    }

    private static Verification verify(byte[] bundle) {
        return Bundle.verify(Exports.write(folder.resolve("mutated.zip"), bundle), recorder.key(), List.of());
    }
}
