package barograph.form;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.site.At;
import barograph.site.BootHook;
import barograph.site.Config;
import barograph.site.GateRules;
import barograph.site.LogSource;
import barograph.site.Person;
import barograph.site.PersonId;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec;
import barograph.site.ProbeSpec.Expect;
import barograph.site.Right;
import barograph.site.Role;
import barograph.site.Secret;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Site;
import barograph.site.Stage;
import barograph.site.WatchRules;
import barograph.site.WatchRules.Policy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SiteFileTest {
    private static final String SMALL = """
            site: small
            parties:
              us: { role: operator, name: Us, people: [ { id: omar, mail: omar@us.example } ] }
            servers:
              radius-1: { kind: freeradius, at: local, stage: rest }
            """;

    @Test
    void reads_parties_and_what_their_people_may_do() {
        Site site = Samples.site();

        assertThat(site.name()).isEqualTo("acme-login");
        assertThat(site.parties()).extracting(party -> party.id().value()).containsExactly("acme", "keyring", "us");
        assertThat(site.parties().getFirst().desk()).contains("helpdesk@acme.example");
        assertThat(site.person(PersonId.of("acme/dana")).map(Person::may))
                .contains(java.util.Set.of(Right.REQUEST, Right.APPROVE, Right.WAIVE));
    }

    @Test
    void gives_a_server_what_its_kind_brings() {
        Server server = server(Samples.site(), "radius-1");

        assertThat(server.at()).isEqualTo(new At.Ssh("ops", "10.0.0.11", 22));
        assertThat(server.stage()).isEqualTo(Stage.CANARY);
        assertThat(server.host()).isEqualTo("10.0.0.11");
        assertThat(server.port()).isEqualTo(1812);
        assertThat(server.config()).isEqualTo(new Config("/etc/freeradius/3.0", List.of(), List.of("*.dpkg-*")));
        assertThat(server.commands().reloadGap()).isEqualTo(Duration.ofSeconds(6));
        assertThat(server.log()).contains(new LogSource("/var/log/freeradius/radius.log", "freeradius"));
        assertThat(server.speaks("radius-pap")).isTrue();
    }

    @Test
    void lets_a_server_differ_from_its_kind_in_everything() {
        Server server = server(Samples.site(), "radius-2");

        assertThat(server.at()).isEqualTo(new At.Ssh("ops", "10.0.0.12", 2222));
        assertThat(server.host()).isEqualTo("radius.acme.example");
        assertThat(server.port()).isEqualTo(11812);
        assertThat(server.config()).isEqualTo(new Config("/opt/radius/etc", List.of(), List.of("cache/*")));
        assertThat(server.commands().validate()).contains("radiusd -XC -d \"$CANDIDATE\"");
        assertThat(server.commands().reload()).isEmpty();
        assertThat(server.commands().restart()).contains("systemctl restart freeradius");
        assertThat(server.commands().limit()).isEqualTo(Duration.ofSeconds(90));
        assertThat(server.log()).contains(new LogSource("/var/log/radius/radius.log", "freeradius"));
        assertThat(server.secrets()).hasSize(3).endsWith("^pin=(\\d+)");
    }

    @Test
    void lets_a_server_of_plain_files_say_everything_itself() {
        Server server = server(Samples.site(), "portal");

        assertThat(server.at()).isEqualTo(new At.Local());
        assertThat(server.host()).isEqualTo("127.0.0.1");
        assertThat(server.stage()).isEqualTo(new Stage("after-hours"));
        assertThat(server.log()).contains(new LogSource("/var/log/portal/access.log", "trace"));
        assertThat(server.commands().limit()).isEqualTo(Duration.ofSeconds(60));
        assertThat(server.speaks("radius-pap")).isFalse();
    }

    @Test
    void wants_a_boot_hook_unless_a_server_does_without_or_brings_its_own() {
        String entry = "radius-1: { kind: freeradius, at: local, stage: rest";

        assertThat(hook(SMALL)).isEqualTo(new BootHook.Usual());
        assertThat(hook(SMALL.replace(entry, entry + ", boot-hook: none"))).isEqualTo(new BootHook.None());
        assertThat(hook(SMALL.replace(entry, entry + ", boot-hook: own/hook"))).isEqualTo(new BootHook.Own("own/hook"));
    }

    private static BootHook hook(String yaml) {
        return server(read(yaml), "radius-1").commands().bootHook();
    }

    @Test
    void reads_probes_with_the_options_of_their_protocol() {
        List<ProbeSpec> probes = Samples.site().probes();

        assertThat(probes)
                .containsExactly(
                        new ProbeSpec(
                                new ProbeId("staff-pap"),
                                "radius-pap",
                                "probe-staff@acme.example",
                                new Secret.Env("PROBE_STAFF"),
                                Optional.of("staff"),
                                Expect.ACCEPT,
                                Duration.ofSeconds(10),
                                Map.of("secret", new Secret.File("/etc/barograph/radius"))),
                        new ProbeSpec(
                                new ProbeId("wrong-pass"),
                                "radius-pap",
                                "probe-staff@acme.example",
                                new Secret.Plain("not it"),
                                Optional.empty(),
                                Expect.REJECT,
                                Duration.ofSeconds(3),
                                Map.of("secret", new Secret.File("/etc/barograph/radius"))));
    }

    @Test
    void reads_gates_and_notices() {
        Site site = Samples.site();

        assertThat(site.lease()).isEqualTo(Duration.ofSeconds(90));
        assertThat(site.gates()).isEqualTo(new GateRules(true, true, 0.2, Map.of(Role.CUSTOMER, 1, Role.OPERATOR, 1)));
        assertThat(site.notices()).hasValueSatisfying(notices -> {
            assertThat(notices.smtp()).contains(new Secret.Env("SMTP_URL"));
            assertThat(notices.acknowledgeWithin()).isEqualTo(Duration.ofMinutes(15));
            assertThat(notices.escalate()).containsExactly("us", "https://hooks.example/oncall");
        });
    }

    @Test
    void fills_in_what_a_small_site_leaves_out() {
        Site site = read(SMALL);

        assertThat(site.probes()).isEmpty();
        assertThat(site.notices()).isEmpty();
        assertThat(site.lease()).isEqualTo(Duration.ofMinutes(2));
        assertThat(site.gates()).isEqualTo(new GateRules(true, true, 0.2, Map.of()));
        assertThat(site.watch())
                .isEqualTo(new WatchRules(
                        Duration.ofMinutes(30),
                        Duration.ofHours(4),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(10),
                        Duration.ofDays(7),
                        0.01,
                        0.02,
                        Duration.ofMinutes(10),
                        Policy.ASK,
                        Policy.ASK,
                        Duration.ofSeconds(30)));
    }

    @Test
    void takes_a_mail_server_without_a_password_as_it_is_written() {
        Site site = read(SMALL + "notices: { from: a@us.example, smtp: 'smtp://127.0.0.1:25' }\n");

        assertThat(site.notices().flatMap(notices -> notices.smtp())).contains(new Secret.Plain("smtp://127.0.0.1:25"));
    }

    @Test
    void shares_what_an_anchor_names() {
        Site site = read("""
                site: small
                parties:
                  us: { role: operator, name: Us, people: [ { id: omar, mail: omar@us.example } ] }
                servers:
                  one: &usual { kind: freeradius, at: ssh://ops@10.0.0.1, stage: canary, limit: 5m }
                  two: { <<: *usual, at: "ssh://ops@[fd00::2]:2200", stage: rest }
                """);

        assertThat(server(site, "two").commands().limit()).isEqualTo(Duration.ofMinutes(5));
        assertThat(server(site, "two").at()).isEqualTo(new At.Ssh("ops", "fd00::2", 2200));
    }

    private static Site read(String yaml) {
        return Samples.good(Samples.readSite("site.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private static Server server(Site site, String name) {
        return site.server(new ServerId(name)).orElseThrow();
    }
}
