package barograph.store;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.record.Verification;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bundles made to trouble whoever verifies them.
class HostileBundleTest {
    @TempDir
    Path folder;

    private SqliteRecorder recorder;
    private Map<String, byte[]> files;

    @BeforeEach
    void export() {
        recorder = Exports.record(folder, 10);
        files = Exports.unzip(Exports.export(recorder, Optional.empty()));
    }

    @AfterEach
    void close() {
        recorder.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../evil", "/etc/evil", "a/../../evil", "a//b", "a\\b", "a\nb", "übel", "", ".hidden", "a/"})
    void a_name_that_no_export_has_is_refused(String name) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ZipWriter zip = new ZipWriter(out);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            zip.add(file.getKey(), file.getValue());
        }
        zip.add(name, new byte[1]);
        zip.finish();

        assertThat(why(out.toByteArray())).isNotBlank();
    }

    @Test
    void two_files_of_one_name_are_refused() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ZipWriter zip = new ZipWriter(out);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            zip.add(file.getKey(), file.getValue());
        }
        zip.add("checkpoint", files.getOrDefault("checkpoint", new byte[0]));
        zip.finish();

        assertThat(why(out.toByteArray())).contains("two files with the name checkpoint");
    }

    @Test
    void a_zip_of_another_program_is_refused_with_advice_and_its_folder_verifies() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        Exports.unpack(files, folder.resolve("unpacked"));

        assertThat(why(out.toByteArray())).contains("unpack it and verify the folder");
        assertThat(Bundle.verify(folder.resolve("unpacked"), recorder.key(), List.of()))
                .isInstanceOf(Verification.Intact.class);
    }

    @Test
    void bytes_hidden_between_the_files_are_refused() {
        byte[] zip = Exports.zip(files);
        byte[] hidden = new byte[zip.length + 100];
        System.arraycopy(zip, 0, hidden, 100, zip.length);

        assertThat(why(hidden)).contains("not a zip file as Barograph writes it");
    }

    @Test
    void a_table_that_claims_to_be_huge_is_refused_before_it_is_read() {
        byte[] end = ZipForm.end(1L << 40, 0, 1L << 50);
        byte[] zip = Arrays.copyOf(end, end.length);

        assertThat(why(zip)).isNotBlank();
    }

    @Test
    void random_bytes_are_refused() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 300; i++) {
            byte[] zip = new byte[random.nextInt(400)];
            random.nextBytes(zip);
            if (zip.length > 22) {
                ByteBuffer end = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
                end.putInt(zip.length - 22, 0x06054b50);
            }

            assertThat(why(zip)).isNotBlank();
        }
    }

    @Test
    void a_file_larger_than_any_export_has_is_not_read() {
        for (String name : List.of("checkpoint", "tile/0/000.p/10", "tile/entries/000.p/10", "proofs/3.tlog-proof")) {
            Map<String, byte[]> large = new LinkedHashMap<>(files);
            large.put(name, new byte[20 << 20]);

            assertThat(why(Exports.zip(large))).as(name).contains("the limit is");
        }
    }

    @Test
    void a_link_in_a_folder_is_not_followed() throws Exception {
        Path unpacked = folder.resolve("unpacked");
        Exports.unpack(files, unpacked);
        Path real = folder.resolve("elsewhere");
        Files.move(unpacked.resolve("proofs/3.tlog-proof"), real);
        Files.createSymbolicLink(unpacked.resolve("proofs/3.tlog-proof"), real);

        assertThat(Bundle.verify(unpacked, recorder.key(), List.of()))
                .isInstanceOfSatisfying(
                        Verification.Broken.class,
                        broken -> assertThat(broken.index()).isEqualTo(3));
    }

    @Test
    void more_than_65535_files_are_written_so_that_other_programs_read_them() throws Exception {
        Path file = folder.resolve("many.zip");
        try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
            ZipWriter zip = new ZipWriter(out);
            for (int i = 0; i < 70_000; i++) {
                zip.add("proofs/" + i, Integer.toString(i).getBytes(StandardCharsets.UTF_8));
            }
            zip.finish();
        }

        try (ZipFile other = new ZipFile(file.toFile());
                ZipContents own = new ZipContents(file)) {
            assertThat(other.size()).isEqualTo(70_000);
            assertThat(own.count()).isEqualTo(70_000);
            assertThat(own.file("proofs/69999", 10))
                    .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo("69999".getBytes(StandardCharsets.UTF_8)));
            assertThat(read(other, "proofs/69999")).isEqualTo("69999");
        }
    }

    private static String read(ZipFile zip, String name) throws IOException {
        return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }

    private String why(byte[] zip) {
        Verification verification =
                Bundle.verify(Exports.write(folder.resolve("hostile.zip"), zip), recorder.key(), List.of());
        assertThat(verification).isInstanceOf(Verification.Broken.class);
        return ((Verification.Broken) verification).why();
    }
}
