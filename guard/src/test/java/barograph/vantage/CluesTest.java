package barograph.vantage;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.diagnosis.Observation;
import barograph.diagnosis.Target;
import barograph.host.LocalHost;
import barograph.kinds.Kinds;
import barograph.site.At;
import barograph.site.BootHook;
import barograph.site.Clues;
import barograph.site.Commands;
import barograph.site.Config;
import barograph.site.LogSource;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Stage;
import java.io.IOException;
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

/// What the files and logs of each kind tell somebody who looks for a cause.
class CluesTest {
    private static final ServerId ID = new ServerId("one");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "freeradius | mods-enabled/ldap | ldap {\\n\\tserver = 'localhost'\\n#\\tserver = 'old'\\n#\\tport = 389\\n\\tport = 3389\\n\\tidentity = 'x' | ldap localhost:3389",
                "freeradius | mods-enabled/ldap_staff | server = \"ldaps://dir.acme.example\" | ldap dir.acme.example:636",
                "freeradius | mods-enabled/ldap | server = ldap://10.0.0.5:1389 | ldap 10.0.0.5:1389",
                "freeradius | mods-enabled/ldap | ldap {\\n\\tserver = '10.0.0.5'\\n\\tidentity = 'cn=x'\\n} | ldap 10.0.0.5:389",
                "freeradius | proxy.conf | home_server partner {\\n\\ttype = auth\\n\\tipaddr = 192.0.2.7\\n\\tport = 1645\\n\\tsecret = s\\n} | radius 192.0.2.7:1645",
                "freeradius | proxy.conf | home_server partner {\\n\\tipv4addr = radius.partner.example\\n} | radius radius.partner.example:1812",
                "dovecot | dovecot-ldap.conf.ext | hosts = dir.acme.example:1389 | ldap dir.acme.example:1389",
                "dovecot | dovecot-ldap.conf.ext | uris = ldaps://dir.acme.example | ldap dir.acme.example:636",
                "nginx | sites-enabled/portal | location / {\\n    proxy_pass http://10.0.0.8:8080/login;\\n} | http 10.0.0.8:8080",
                "haproxy | haproxy.cfg | backend ldap\\n    server ldap1 10.0.0.5:389 check | tcp 10.0.0.5:389",
                "krb5kdc | kdc.conf | ldap_servers = ldaps://dir.acme.example | ldap dir.acme.example:636",
            })
    void backends_are_found_in_the_files_of_a_server(String kind, String path, String text, String expected) {
        Backends.Found found = new Backends(server(kind), clues(kind))
                .in(Map.of(path, text.replace("\\n", "\n").replace("\\t", "\t")));

        assertThat(found.backends())
                .extracting(each -> each.speaks() + " " + each.host() + ":" + each.port())
                .containsExactly(expected);
    }

    @Test
    void a_backend_that_is_named_by_a_variable_is_told_and_not_asked_for() {
        Backends.Found found = new Backends(server("freeradius"), clues("freeradius"))
                .in(Map.of("mods-enabled/ldap", "server = $ENV{LDAP_HOST}\n"));

        assertThat(found.backends()).isEmpty();
        assertThat(found.unseen()).hasSize(1);
    }

    @Test
    void only_files_that_a_clue_speaks_of_are_read() throws IOException {
        Files.createDirectories(folder.resolve("mods-enabled"));
        Files.writeString(folder.resolve("mods-enabled/ldap"), "server = '10.0.0.5'\n");
        Files.writeString(folder.resolve("mods-enabled/other"), "server = '10.0.0.6'\n");

        Backends.Found found = new Backends(server("freeradius"), clues("freeradius")).find(new LocalHost());

        assertThat(found.backends()).containsExactly(new Target.Backend(ID, "ldap", "10.0.0.5", 389));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "freeradius | … : Info: Dropping packet without response because of error: Received packet from 127.0.0.1 with invalid Message-Authenticator!  (Shared secret is incorrect.) (from client nas-wifi) | SECRET_WRONG",
                "freeradius | … : Error: Ignoring request to auth address 127.0.0.1 port 11812 bound to server default from unknown client 127.0.0.3 port 55465 proto udp | CLIENT_UNKNOWN",
                "freeradius | … : Error: rlm_ldap (ldap): Bind with cn=svc-radius,dc=x to ldap://10.77.2.2:3389 failed: Can't contact LDAP server | BACKEND_UNREACHABLE",
                "freeradius | … : Error: rlm_ldap (ldap): Bind with cn=svc-radius,dc=x to ldap://10.77.2.2:3389 failed: Invalid credentials | BACKEND_REFUSES",
                "freeradius | … : Proxy: Marking home server 127.0.0.1 port 21812 as zombie (it has not responded in 6.000000 seconds). | BACKEND_SILENT",
                "freeradius | … : Error: rlm_ldap (ldap): No connections available and at max connection limit | LOAD",
                "freeradius | … : Auth: (17) Login incorrect (eap_peap: (TLS) Alert read:fatal:unknown CA): [alice] | TLS",
                "freeradius | … : Error: (2823) Ignoring duplicate packet from client nas-wifi port 46814 - ID: 35 due to unfinished request in component authorize module ldap | BACKEND_SILENT",
                "slapd | … main: TLS init def ctx failed: -1 | TLS",
                "slapd | … conn=1 op=0 RESULT tag=97 err=13 qtime=0 etime=0 text=confidentiality required | POLICY",
                "dovecot | auth: Error: ldap(/etc/dovecot/dovecot-ldap.conf.ext): binding failed (dn cn=svc-mail,dc=x): Invalid credentials | BACKEND_REFUSES",
                "dovecot | auth: Fatal: ldap /etc/dovecot/dovecot-ldap.conf.ext: Error in configuration file /etc/dovecot/dovecot-ldap.conf.ext line 3: Unknown setting: pass_filtr | CONFIGURATION",
                "sshd | … pam_radius_auth: packet from RADIUS server 10.0.0.1 failed verification: The shared secret is probably incorrect. | SECRET_WRONG",
                "sshd | … pam_radius_auth: All RADIUS servers failed to respond. | BACKEND_SILENT",
                "sshd | … error: beginning MaxStartups throttling | LOAD",
                "sshd | … User carol from 127.0.0.1 not allowed because none of user's groups are listed in AllowGroups | POLICY",
                "sshd | … PAM unable to dlopen(pam_acces.so): cannot open | CONFIGURATION",
                "haproxy | … Server directory/ldap1 is DOWN, reason: Layer7 wrong status, code: 48 | BACKEND_UNREACHABLE",
                "krb5kdc | … AS_REQ (8 etypes) 10.0.0.7: CLIENT LOCKED OUT: alice@ACME for krbtgt | ACCOUNT",
            })
    void lines_of_a_log_tell_a_cause_and_nobodys_name(String kind, String line, Clues.Meaning expected) {
        List<Observation> told = words(kind).told(line + "\n", 0, Instant.EPOCH, List.of());

        assertThat(told).singleElement().isInstanceOfSatisfying(Observation.Told.class, each -> {
            assertThat(each.meaning()).isEqualTo(expected);
            assertThat(line).contains(each.sample());
            assertThat(each.sample()).doesNotContain("alice", "carol");
        });
    }

    @Test
    void a_log_that_tells_of_logins_and_not_of_this_one_has_not_heard_of_it() {
        String before = "Sun Nov 22 16:29:33 2026 : Auth: (1) Login OK: [probe] (from client nas-wifi port 7)\n";
        String since = "Sun Nov 22 16:30:33 2026 : Info: Ready to process requests\n";

        assertThat(words("freeradius").told(before + since, before.length(), Instant.EPOCH, List.of("probe")))
                .containsExactly(new Observation.Heard(ID, false));
        assertThat(words("freeradius").told(since + before, since.length(), Instant.EPOCH, List.of("probe")))
                .containsExactly(new Observation.Heard(ID, true));
        assertThat(words("freeradius").told(since, 0, Instant.EPOCH, List.of("probe")))
                .isEmpty();
    }

    @Test
    void what_was_written_long_before_the_trouble_tells_nothing() {
        String line =
                "Sun Nov 22 16:29:33 2026 : Error: rlm_ldap (ldap): No connections available and at max connection limit\n";

        assertThat(words("freeradius").told(line, line.length(), Instant.parse("2026-11-30T10:00:00Z"), List.of()))
                .isEmpty();
        assertThat(words("freeradius").told(line, line.length(), Instant.parse("2026-11-20T10:00:00Z"), List.of()))
                .hasSize(1);
    }

    private LogWords words(String kind) {
        return new LogWords(server(kind), clues(kind), new LocalHost());
    }

    private static Clues clues(String kind) {
        return Objects.requireNonNull(Kinds.builtIn().get(kind)).clues();
    }

    private Server server(String kind) {
        return new Server(
                ID,
                kind,
                new At.Local(),
                Stage.CANARY,
                "127.0.0.1",
                1812,
                new Config(folder.toString(), List.of(), List.of()),
                new Commands(
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Duration.ZERO,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new BootHook.None(),
                        Duration.ofSeconds(10)),
                Optional.of(new LogSource(folder.resolve("log").toString(), kind)),
                List.of(),
                List.of());
    }
}
