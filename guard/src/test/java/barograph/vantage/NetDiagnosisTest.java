package barograph.vantage;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.diagnosis.Suspect;
import barograph.host.Await;
import barograph.servers.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Faults of the network, of others, and of the change itself, each on real servers in namespaces: the right suspect
/// comes first. Beside every fault that is not its own, a harmless change has just been made.
@Tag("whole")
class NetDiagnosisTest {
    private static final String HARMLESS = "mods-config/files/authorize";
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final String LINE = "Session-Timeout := 3600";

    @TempDir
    private static Path folder;

    private static NetLab lab;

    @BeforeAll
    static void all_is_well_at_first() throws IOException {
        lab = NetLab.in(folder);
        awaitWell();
    }

    /// On a loaded machine it takes a while until everybody answers in time again.
    private static void awaitWell() {
        for (String server : List.of("radius-1", "directory")) {
            Await.that(SOON, "the probes at " + server + " end well", () -> {
                List<String> failing = failing(diagnose(server, "-", ""));
                return failing.isEmpty();
            });
        }
    }

    @AfterEach
    void mend() throws IOException {
        lab.mend();
        awaitWell();
    }

    @AfterAll
    static void close() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void a_port_that_a_firewall_drops() throws IOException {
        lab.rules("ip daddr 10.77.2.2 udp dport " + lab.changed.port() + " drop");

        assertFirst(Suspect.PATH, diagnose("radius-1", HARMLESS, LINE));
    }

    @Test
    void a_port_that_a_firewall_rejects() throws IOException {
        lab.rules("ip daddr 10.77.2.2 udp dport " + lab.changed.port() + " reject");

        assertFirst(Suspect.PATH, diagnose("radius-1", HARMLESS, LINE));
    }

    @Test
    void a_route_that_is_gone() throws IOException {
        lab.run("c", "ip", "route", "add", "unreachable", "10.77.2.2/32");
        try {
            assertFirst(Suspect.PATH, diagnose("radius-1", HARMLESS, LINE));
        } finally {
            lab.run("c", "ip", "route", "delete", "unreachable", "10.77.2.2/32");
        }
    }

    @Test
    void a_name_server_that_the_host_cannot_reach() throws IOException {
        lab.rules("ip saddr 10.77.2.2 udp dport 53 drop");
        lab.restart();

        assertFirst(Suspect.NAMES, diagnose("radius-1", HARMLESS, LINE));
    }

    @Test
    void fragments_that_are_dropped() throws IOException {
        lab.rules("ip frag-off & 0x1fff != 0 drop");

        assertFirst(Suspect.FRAGMENTS, diagnose("radius-1", HARMLESS, LINE));
    }

    @Test
    void a_directory_that_a_firewall_hides_from_the_server() throws IOException {
        lab.rules("ip saddr 10.77.2.2 tcp dport " + lab.directory.port() + " drop");
        lab.restart();

        assertFirst(Suspect.BACKEND_PATH, diagnose("radius-1", HARMLESS, LINE));
    }

    @Test
    void a_directory_that_rejects_the_server() throws IOException {
        lab.rules("ip saddr 10.77.2.2 tcp dport " + lab.directory.port() + " reject with tcp reset");
        lab.restart();

        assertFirst(Suspect.BACKEND_PATH, diagnose("radius-1", HARMLESS, LINE));
    }

    @Test
    void a_directory_that_is_down() throws IOException {
        lab.run("d", folder.resolve("directory/slapd").toString(), "stop");
        try {
            assertFirst(Suspect.BACKEND, diagnose("radius-1", HARMLESS, LINE));
        } finally {
            lab.run("d", folder.resolve("directory/slapd").toString(), "start");
        }
    }

    @Test
    void a_shared_secret_that_somebody_else_changed() throws IOException {
        lab.change("clients.conf", "secret = .*", "secret = another");

        assertFirst(Suspect.SECRET, diagnose("radius-1", HARMLESS, LINE));
    }

    @Test
    void a_proxy_that_breaks_tls_open() throws IOException {
        Path pem = folder.resolve("intercepting.pem");
        Certificates.Pair pair =
                Certificates.in(folder.resolve("other-authority")).forAddress(NetSite.DIRECTORY_AT);
        Files.writeString(pem, Files.readString(pair.certificate()) + Files.readString(pair.key()));
        Path config = folder.resolve("haproxy.cfg");
        Files.writeString(config, """
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 10s
                    timeout server 10s
                listen between
                    bind 10.77.1.1:6636 ssl crt %s
                    server real 10.77.4.2:%d ssl verify none
                """.formatted(pem, lab.directory.tlsPort()));
        lab.run("f", "haproxy", "-D", "-f", config.toString());
        lab.run("f", "nft", """
                table ip nat {
                  chain pre {
                    type nat hook prerouting priority -100
                    ip saddr 10.77.1.2 tcp dport %d dnat to 10.77.1.1:6636
                  }
                }
                """.formatted(lab.directory.tlsPort()));

        assertFirst(Suspect.INTERCEPTION, diagnose("directory", "access.conf", "access to *"));
    }

    @Test
    void a_policy_of_the_change_that_locks_a_group_out() throws IOException {
        lab.change("policy.d/groups", " && !\\(LDAP-Group == \"guests\"\\)", "");

        assertFirst(Suspect.CHANGE, diagnose("radius-1", "policy.d/groups", "if (!(LDAP-Group == \"staff\")) {"));
    }

    @Test
    void a_bind_password_that_the_change_got_wrong() throws IOException {
        lab.change("mods-available/ldap", "password = .*", "password = wrong");

        assertFirst(Suspect.CHANGE, diagnose("radius-1", "mods-available/ldap", "password = (hidden)"));
    }

    @Test
    void a_shared_secret_that_the_change_got_wrong() throws IOException {
        lab.change("clients.conf", "secret = .*", "secret = another");

        assertFirst(Suspect.CHANGE, diagnose("radius-1", "clients.conf", "secret = (hidden)"));
    }

    @Test
    void another_port_that_the_change_listens_on() throws IOException {
        lab.change("sites-available/default", "port = \\$\\{login_port\\}", "port = 11999");

        assertFirst(Suspect.CHANGE, diagnose("radius-1", "sites-available/default", "port = 11999"));
    }

    @Test
    void a_directory_that_the_change_looks_for_at_the_wrong_address() throws IOException {
        lab.change("mods-available/ldap", "server = '.*'", "server = '10.77.4.99'");

        assertFirst(Suspect.CHANGE, diagnose("radius-1", "mods-available/ldap", "server = '10.77.4.99'"));
    }

    @Test
    void a_certificate_of_the_change_that_has_expired() throws IOException {
        Certificates.Pair expired = lab.certificates.expired();
        lab.edit("mods-available/eap", "private_key_file = .*", "private_key_file = " + expired.key());
        lab.change("mods-available/eap", "certificate_file = .*", "certificate_file = " + expired.certificate());

        assertFirst(Suspect.CHANGE, diagnose("radius-1", "mods-available/eap", "certificate_file = /etc/new.pem"));
    }

    private static JsonNode diagnose(String server, String path, String line) throws IOException {
        return JsonMapper.shared().readTree(lab.diagnose(server, path, line));
    }

    private static List<String> failing(JsonNode diagnosis) {
        List<String> failing = new ArrayList<>();
        diagnosis.get("failing").forEach(each -> failing.add(each.asString()));
        return failing;
    }

    private static void assertFirst(Suspect expected, JsonNode diagnosis) {
        assertThat(failing(diagnosis)).isNotEmpty();
        assertThat(diagnosis.get("ranking").get(0).get("suspect").asString())
                .as(diagnosis.toPrettyString())
                .isEqualTo(expected.name());
    }
}
