package barograph.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import barograph.site.ProbeId;
import barograph.site.ProbeKind;
import barograph.site.ProbeSpec;
import barograph.site.ProbeSpec.Expect;
import barograph.site.Secret;
import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final ProbeKind PAP = new ProbeKind(
            "radius-pap",
            1812,
            List.of(
                    new ProbeKind.Option("secret", true, true, "The shared secret."),
                    new ProbeKind.Option("nas-identifier", false, false, "Who asks.")));

    private final Count count = new Count(NOW);

    @Test
    void a_sort_of_logins_that_no_probe_stands_for_is_named_with_its_size() {
        logins(60, "acme.example", "pap", "nas-wifi");
        logins(40, "partner.example", "pap", "nas-wifi");

        Coverage coverage = count.coverage(List.of(probe("radius-pap", "probe@acme.example", "nas-wifi")))
                .orElseThrow();

        assertThat(coverage.whole()).isCloseTo(0.6, within(1e-9));
        assertThat(coverage.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.segment()).isEqualTo("partner.example/pap/nas-wifi");
            assertThat(gap.share()).isCloseTo(0.4, within(1e-9));
            assertThat(gap.people()).isEqualTo(40);
        });
        assertThat(coverage.words())
                .startsWith("The probes stand for 60% of 100 logins")
                .contains("No probe stands for partner.example/pap/nas-wifi (40%, ");
    }

    @Test
    void a_probe_from_another_client_stands_for_realm_and_method_alone() {
        logins(10, "acme.example", "pap", "nas-wifi");

        Coverage coverage = count.coverage(List.of(probe("radius-pap", "probe@acme.example")))
                .orElseThrow();

        assertThat(coverage.whole()).isZero();
        assertThat(coverage.kin()).isEqualTo(1);
        assertThat(coverage.gaps()).isEmpty();
    }

    @Test
    void what_the_log_shows_of_a_probe_counts_for_more_than_what_the_site_file_says() {
        logins(10, "ou=staff,dc=acme", "ldap-bind", "-");
        assertThat(count.coverage(List.of(probe("ldap-bind", "probe")))
                        .orElseThrow()
                        .share())
                .isZero();

        count.addProbe(login("probe", "ou=staff,dc=acme", "ldap-bind", "-", new Outcome.Accepted()));

        assertThat(count.coverage(List.of(probe("ldap-bind", "probe")))
                        .orElseThrow()
                        .whole())
                .isEqualTo(1);
    }

    @Test
    void a_wrong_password_stands_for_nobody_and_a_refused_login_does_not_count() {
        logins(10, "acme.example", "pap", "nas");
        count.add(login("guesser", "junk.example", "pap", "nas", new Outcome.Rejected("bad_password")));
        ProbeSpec wrong = new ProbeSpec(
                new ProbeId("wrong"),
                "radius-pap",
                "probe@acme.example",
                new Secret.Plain("x"),
                Optional.empty(),
                Expect.REJECT,
                Duration.ofSeconds(4),
                Map.of());

        Coverage coverage = count.coverage(List.of(wrong)).orElseThrow();

        assertThat(coverage.logins()).isEqualTo(10);
        assertThat(coverage.share()).isZero();
    }

    @Test
    void without_a_login_nothing_is_said() {
        assertThat(count.coverage(List.of())).isEmpty();
    }

    @Test
    void whoever_chooses_names_does_not_choose_how_much_memory_they_take() {
        for (int i = 0; i < Count.MOST + 100; i++) {
            count.add(login("u", "realm-" + i, "pap", "nas", new Outcome.Accepted()));
        }

        assertThat(count.coverage(List.of()).orElseThrow().gaps().getFirst().realm())
                .isEqualTo("others");
    }

    @ParameterizedTest
    @CsvSource({
        "pap, radius-pap, true",
        "eap, eap-peap, true",
        "imap-plain, imap, true",
        "submission-plain, smtp, true",
        "ssh-publickey, ssh-key, true",
        "ssh-password, ssh-password, true",
        "ldap-bind, ldap-login, true",
        "kerberos, kerberos, true",
        "-, radius-pap, true",
        "chap, radius-pap, false",
        "ssh-password, ssh-key, false",
        "imap-plain, smtp, false"
    })
    void a_probes_protocol_and_a_logs_method_are_told_to_be_one(String logged, String own, boolean same) {
        assertThat(Stand.fits(logged, own)).isEqualTo(same);
    }

    @Test
    void a_gap_comes_with_a_probe_to_paste_that_is_told_what_its_like_is_told_but_no_secret_text() {
        ProbeSpec known = new ProbeSpec(
                new ProbeId("staff"),
                "radius-pap",
                "probe@acme.example",
                new Secret.Plain("hunter2"),
                Optional.empty(),
                Expect.ACCEPT,
                Duration.ofSeconds(4),
                Map.of("secret", new Secret.Env("RADIUS_SECRET")));
        Gap gap = new Gap("partner.example", "pap", "nas-wifi", 0.4, 900, 41);

        assertThat(Stanza.of(gap, List.of(known), List.of(PAP)))
                .hasValue("cover-partner.example-pap-nas-wifi: { via: radius-pap, user: \"probe@partner.example\","
                        + " password: env:PROBE_PARTNER_EXAMPLE_PAP_NAS_WIFI, secret: \"env:RADIUS_SECRET\","
                        + " nas-identifier: \"nas-wifi\", expect: accept }");
        assertThat(Stanza.of(new Gap("x", "kerberos", "-", 0.4, 900, 41), List.of(known), List.of(PAP)))
                .isEmpty();
    }

    private void logins(int times, String realm, String method, String client) {
        for (int i = 0; i < times; i++) {
            count.add(login(realm + i, realm, method, client, new Outcome.Accepted()));
        }
    }

    private static Login login(String user, String realm, String method, String client, Outcome outcome) {
        return new Login(
                NOW.minus(Duration.ofHours(20)),
                new ServerId("radius-1"),
                new Pseudonym(user.hashCode()),
                Pseudonym.UNKNOWN,
                new Dimensions(realm, method, client, Dimensions.UNTOLD),
                outcome,
                Duration.ZERO,
                Origin.PERSON);
    }

    private static ProbeSpec probe(String via, String user, String... client) {
        return new ProbeSpec(
                new ProbeId("staff"),
                via,
                user,
                new Secret.Plain("x"),
                Optional.empty(),
                Expect.ACCEPT,
                Duration.ofSeconds(4),
                client.length == 0 ? Map.of() : Map.of("nas-identifier", new Secret.Plain(client[0])));
    }
}
