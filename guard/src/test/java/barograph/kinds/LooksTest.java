package barograph.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.Diff;
import barograph.change.Edit;
import barograph.looks.Looks;
import barograph.looks.Remark;
import barograph.servers.Certificates;
import barograph.site.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the rules of the built-in kinds say of a diff.
class LooksTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "freeradius | clients.conf | secret = a | secret = b | the secret of a client is another one",
                "freeradius | clients.conf | ipaddr = 10.0.0.1 | ipaddr = 10.0.0.2 | a client is taken out or has another address",
                "freeradius | proxy.conf | # | nostrip | a realm, or what is cut",
                "freeradius | mods-available/ldap | filter = \"(uid=%{User-Name})\" | filter = \"(mail=%{User-Name})\" | where people are looked up",
                "freeradius | mods-available/eap | tls_min_version = \"1.0\" | tls_min_version = \"1.2\" | the TLS versions or ciphers",
                "freeradius | mods-available/eap | ca_file = a.pem | ca_file = b.pem | the certificate of EAP",
                "freeradius | policy.d/groups | ok | if (!(LDAP-Group == \"staff\")) { reject } | what decides who may in",
                "freeradius | radiusd.conf | $INCLUDE policy.d/ | # | an include is taken out",
                "freeradius | policy.d/filter | a | b | are read at a start alone",
                "slapd | slapd.conf | access to * by * read | access to * by * none | an access rule is another",
                "slapd | slapd.conf | # | disallow bind_anon | anonymous or plain binds are forbidden",
                "slapd | slapd.conf | include /etc/ldap/schema/cosine.schema | # | an include is taken out",
                "dovecot | dovecot-ldap.conf.ext | pass_filter = (uid=%u) | pass_filtr = (uid=%u) | read by nobody before a login",
                "dovecot | conf.d/10-ssl.conf | ssl_min_protocol = TLSv1 | ssl_min_protocol = TLSv1.2 | the TLS versions or ciphers",
                "sshd | sshd_config | # | AllowGroups staff | who may log in is another list",
                "sshd | sshd_config | # | PasswordAuthentication no | a way to log in is switched off",
                "nginx | conf.d/login.conf | auth_basic_user_file a; | auth_basic_user_file b; | who is asked for a password",
                "haproxy | haproxy.cfg | timeout server 30s | timeout server 30 | one without a unit is in milliseconds",
                "krb5kdc | kdc.conf | supported_enctypes = aes256-cts:normal | supported_enctypes = aes128-cts:normal | the kinds of keys are others",
            })
    void a_rule_sees_what_it_is_for(String kind, String path, String before, String after, String says) {
        assertThat(looks(kind, path, before + "\n", after + "\n"))
                .anySatisfy(remark -> assertThat(remark.words()).contains(says));
    }

    @ParameterizedTest
    @CsvSource({
        "freeradius, sites-available/default", "slapd, slapd.conf", "dovecot, dovecot.conf", "sshd, sshd_config",
        "nginx, nginx.conf", "haproxy, haproxy.cfg", "krb5kdc, kdc.conf", "files, anything"
    })
    void a_comment_is_nothing_to_remark(String kind, String path) {
        assertThat(looks(kind, path, "a\n", "# Asked for by Acme.\na\n")).isEmpty();
    }

    @Test
    void no_remark_holds_a_secret_and_each_names_its_source() {
        for (Remark remark : looks("freeradius", "clients.conf", "secret = hunter2\n", "secret = hunter3\n")) {
            assertThat(remark.line()).doesNotContain("hunter");
            assertThat(remark.source()).isNotBlank();
        }
    }

    @Test
    void a_module_that_is_switched_off_is_seen() {
        Edit edit = new Edit.Overlay(List.of(), List.of("mods-enabled/ldap"));

        assertThat(looks("freeradius", edit, Map.of("mods-enabled/ldap", "ldap { }\n")))
                .anySatisfy(remark -> assertThat(remark.words()).contains("is switched off"));
    }

    @Test
    void a_patch_is_read_as_files_are() {
        Edit edit = new Edit.Patch("""
                --- a/sshd_config
                +++ b/sshd_config
                @@ -1 +1 @@
                -#AllowGroups staff
                +AllowGroups staff
                """);

        assertThat(looks("sshd", edit, Map.of())).extracting(Remark::path).containsExactly("sshd_config");
    }

    @Test
    void another_authority_a_near_end_and_a_key_for_root_alone_are_seen(@TempDir Path folder) throws IOException {
        Certificates one = Certificates.in(folder.resolve("one"));
        byte[] old = Files.readAllBytes(one.valid().certificate());
        byte[] self = Files.readAllBytes(one.authority());
        Instant nearTheEnd = Instant.now().plus(Duration.ofDays(15));
        Edit edit = new Edit.Overlay(
                List.of(
                        new Edit.Put("server.pem", 0644, old),
                        new Edit.Put("other.pem", 0644, self),
                        new Edit.Put(
                                "new.key", 0600, Files.readAllBytes(one.valid().key()))),
                List.of());
        Map<String, byte[]> live = Map.of("server.pem", self, "other.pem", old);

        List<Remark> remarks = Looks.at(
                edit,
                Diff.of(edit, path -> Optional.ofNullable(live.get(path)), List.of()),
                path -> Optional.ofNullable(live.get(path)),
                List.of(),
                nearTheEnd);

        assertThat(remarks).extracting(Remark::path).contains("server.pem", "other.pem", "new.key");
        assertThat(remarks)
                .anySatisfy(remark -> assertThat(remark.words()).contains("expires on"))
                .anySatisfy(remark -> assertThat(remark.words()).contains("its certificate is for"))
                .anySatisfy(remark -> assertThat(remark.words()).contains("its owner alone may read"));
        assertThat(Looks.at(
                        edit,
                        Diff.of(edit, _ -> Optional.empty(), List.of()),
                        _ -> Optional.empty(),
                        List.of(),
                        Instant.now().plus(Duration.ofDays(60))))
                .anySatisfy(remark -> assertThat(remark.words()).contains("has expired on"));
    }

    private static List<Remark> looks(String kind, String path, String before, String after) {
        Edit edit =
                new Edit.Overlay(List.of(new Edit.Put(path, 0644, after.getBytes(StandardCharsets.UTF_8))), List.of());
        return looks(kind, edit, Map.of(path, before));
    }

    private static List<Remark> looks(String name, Edit edit, Map<String, String> live) {
        Kind kind = Objects.requireNonNull(Kinds.builtIn().get(name));
        java.util.function.Function<String, Optional<byte[]>> now =
                path -> Optional.ofNullable(live.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8));
        return Looks.at(edit, Diff.of(edit, now, kind.secrets()), now, kind.looks(), Instant.now());
    }
}
