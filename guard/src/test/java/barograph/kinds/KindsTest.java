package barograph.kinds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.Diff;
import barograph.change.Edit;
import barograph.logs.Grammars;
import barograph.probe.Probes;
import barograph.site.Kind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindsTest {
    @Test
    void brings_ten_kinds() {
        Map<String, Kind> kinds = Kinds.builtIn();

        assertThat(kinds)
                .containsOnlyKeys(
                        "freeradius",
                        "slapd",
                        "slapd-config",
                        "dovecot",
                        "sshd",
                        "nginx",
                        "haproxy",
                        "krb5kdc",
                        "keycloak",
                        "files");
        assertThat(kind("freeradius").commands().reloadCovers())
                .containsExactly("mods-config/files/authorize", "sites-enabled/*", "sites-available/*");
        assertThat(kind("freeradius").commands().reloadGap()).hasSeconds(6);
        assertThat(kind("slapd").commands().reload()).isEmpty();
        assertThat(kind("files").config()).isEmpty();
    }

    @Test
    void names_only_grammars_and_protocols_that_there_are() {
        for (Kind kind : Kinds.builtIn().values()) {
            kind.log()
                    .ifPresent(log ->
                            assertThat(Grammars.of(log)).as(log.grammar()).isPresent());
            assertThat(Probes.KINDS)
                    .as("protocols that %s speaks", kind.name())
                    .anyMatch(probe ->
                            kind.speaks().stream().anyMatch(each -> probe.name().startsWith(each.replace("*", ""))));
        }
    }

    @Test
    void every_sample_line_tells_the_login_that_its_file_says() {
        for (Kind kind : Kinds.builtIn().values()) {
            assertThat(Samples.problems(kind)).isEmpty();
            assertThat(kind.log().isEmpty() || kind.samples().size() >= 3)
                    .as("%s has samples", kind.name())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "freeradius | \tsecret = hunter2",
                "freeradius |     secret = \"hunter2\"",
                "freeradius | password = hunter2",
                "freeradius | private_key_password = hunter2",
                "freeradius | bob Cleartext-Password := \"hunter2\"",
                "freeradius | bob NT-Password := hunter2, Session-Timeout := 3600",
                "freeradius | bob SSHA-Password:=hunter2",
                "freeradius | radius_db = \"dbname=radius host=db password=hunter2\"",
                "slapd      | rootpw hunter2",
                "slapd      | rootpw   {SSHA}hunter2",
                "slapd      | syncrepl rid=1 credentials=hunter2",
                "slapd      |   bindmethod=simple credentials=\"hunter2\"",
                "slapd      | userPassword:: hunter2",
                "slapd-config | olcRootPW: hunter2",
                "slapd-config | olcRootPW:: hunter2",
                "slapd-config | olcSyncrepl: {0}rid=1 bindmethod=simple credentials=hunter2",
                "slapd-config | olcSyncrepl:: hunter2",
                "keycloak   | \"secret\" : \"hunter2\",",
                "keycloak   | \"clientSecret\" : \"hunter2\"",
                "keycloak   | \"bindCredential\" : [ \"hunter2\" ]",
                "keycloak   | \"saml.signing.private.key\" : \"hunter2\"",
                "files      | db_password: hunter2",
                "files      | 'client-secret\": \"hunter2\"'",
                "files      | api_key = hunter2",
            })
    void hides_the_secrets_of_its_files(String kind, String line) {
        Edit edit = new Edit.Overlay(
                List.of(new Edit.Put("file", 0640, ("# a remark\n" + line + "\nplain = 1\n").getBytes(UTF_8))),
                List.of());

        String shown =
                Diff.of(edit, _ -> Optional.empty(), kind(kind).secrets()).text();

        assertThat(shown).doesNotContain("hunter2").contains("(hidden)", "+# a remark", "+plain = 1");
    }

    private static Kind kind(String name) {
        return Objects.requireNonNull(Kinds.builtIn().get(name));
    }
}
