package barograph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barograph.record.RecordTrouble;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteKeysTest {
    @TempDir
    Path folder;

    private Path keys;

    @BeforeEach
    void folder() {
        keys = folder.resolve("keys");
    }

    @Test
    void keys_that_were_made_are_read_back() {
        SiteKeys made = SiteKeys.create(keys, "acme.example/login");

        SiteKeys read = SiteKeys.read(keys);

        assertThat(read.signer().key()).isEqualTo(made.signer().key());
        assertThat(read.signer().key().name()).isEqualTo("acme.example/login");
        assertThat(read.pseudonyms()).isEqualTo(made.pseudonyms()).hasSize(32);
        assertThat(SiteKeys.verifierKey(keys)).isEqualTo(made.signer().key());
    }

    @Test
    void no_two_sites_have_the_same_keys() {
        SiteKeys one = SiteKeys.create(keys, "acme.example/login");
        SiteKeys other = SiteKeys.create(folder.resolve("other"), "acme.example/login");

        assertThat(one.signer().key()).isNotEqualTo(other.signer().key());
        assertThat(one.pseudonyms()).isNotEqualTo(other.pseudonyms());
    }

    @ParameterizedTest
    @CsvSource({
        "record.ed25519, rw-r-----",
        "record.ed25519, rw----r--",
        "record.ed25519, rwx------",
        "pseudonyms.key, rw-rw----"
    })
    void a_secret_that_others_may_use_is_refused(String name, String permissions) throws Exception {
        SiteKeys.create(keys, "acme.example/login");
        Files.setPosixFilePermissions(keys.resolve(name), PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(() -> SiteKeys.read(keys))
                .isInstanceOf(RecordTrouble.class)
                .hasMessageContaining(permissions)
                .hasMessageContaining("chmod 600 " + keys.resolve(name));
    }

    @Test
    void keys_are_never_written_over() throws Exception {
        SiteKeys.create(keys, "acme.example/login");
        byte[] before = Files.readAllBytes(keys.resolve("record.ed25519"));

        assertThatThrownBy(() -> SiteKeys.create(keys, "acme.example/login"))
                .isInstanceOf(RecordTrouble.class)
                .hasMessageContaining("never written over");
        assertThat(Files.readAllBytes(keys.resolve("record.ed25519"))).isEqualTo(before);
    }

    @Test
    void the_public_half_of_another_key_is_refused() throws Exception {
        SiteKeys.create(keys, "acme.example/login");
        SiteKeys.create(folder.resolve("other"), "acme.example/login");
        Files.writeString(
                keys.resolve("record.vkey"),
                Files.readString(folder.resolve("other").resolve("record.vkey")));

        assertThatThrownBy(() -> SiteKeys.read(keys)).hasMessageContaining("does not belong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"record.ed25519", "record.vkey", "pseudonyms.key"})
    void a_damaged_key_is_refused_without_being_shown(String name) throws Exception {
        SiteKeys.create(keys, "acme.example/login");
        byte[] content = Files.readAllBytes(keys.resolve(name));
        Files.write(keys.resolve(name), Arrays.copyOf(content, content.length / 2));

        assertThatThrownBy(() -> SiteKeys.read(keys))
                .isInstanceOf(RecordTrouble.class)
                .hasMessageContaining(keys.toString())
                .satisfies(trouble -> {
                    if (!name.equals("record.vkey")) {
                        int half = content.length / 2;
                        String middle = new String(content, half - 8, 16, StandardCharsets.ISO_8859_1);
                        assertThat(trouble.toString())
                                .doesNotContain(middle)
                                .doesNotContain(Base64.getEncoder().encodeToString(content));
                    }
                });
    }

    @Test
    void a_missing_key_is_named_with_what_to_do() {
        assertThatThrownBy(() -> SiteKeys.read(keys))
                .isInstanceOf(RecordTrouble.class)
                .hasMessageContaining("record.vkey")
                .hasMessageContaining("barograph init");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a+b", "a\nb", "$(id)", "a'b", "-x"})
    void a_name_that_would_mean_something_to_a_shell_is_refused(String origin) {
        assertThatThrownBy(() -> SiteKeys.create(keys, origin)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keys_do_not_show_themselves() {
        SiteKeys made = SiteKeys.create(keys, "acme.example/login");

        assertThat(made.toString()).isEqualTo("SiteKeys[" + made.signer().key() + "]");
    }
}
