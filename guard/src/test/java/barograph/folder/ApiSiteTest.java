package barograph.folder;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.form.Read;
import barograph.kinds.Kinds;
import barograph.probe.Probes;
import barograph.site.Api;
import barograph.site.ConfiguredBy;
import barograph.site.Secret;
import barograph.site.Server;
import barograph.site.Site;
import barograph.site.SiteFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `site.yaml` says of servers that are configured over an API.
class ApiSiteTest {
    private static final String GOOD = """
            site: small
            parties:
              us: { role: operator, name: Us, people: [ { id: omar, mail: omar@us.example } ] }
            servers:
              sso: { kind: keycloak, at: local, stage: rest, api: { at: "https://10.0.0.21:8443/", realm: acme, user: barograph, password: env:KC } }
              dir: { kind: slapd-config, at: ssh://ops@10.0.0.31, stage: rest, api: { at: "ldaps://10.0.0.32", user: "cn=admin,cn=config", password: env:LD, ca: file:ca.pem } }
            """;

    @Test
    void tells_where_the_api_is_and_serves_logins_there_unless_told_otherwise() {
        Site site = site(GOOD);
        Server sso = site.servers().getFirst();

        assertThat(sso.api())
                .contains(new Api(
                        ConfiguredBy.KEYCLOAK_API,
                        URI.create("https://10.0.0.21:8443"),
                        "acme",
                        "barograph",
                        new Secret.Env("KC"),
                        "master",
                        Optional.empty()));
        assertThat(sso.hasDeadMan()).isFalse();
        assertThat(sso.host()).isEqualTo("10.0.0.21");
        assertThat(sso.config().root()).isEqualTo("https://10.0.0.21:8443, realm acme");
        assertThat(site.servers().get(1).host()).isEqualTo("10.0.0.32");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: keycloak       | kind: nginx, port: 80   | are configured by files",
                "realm: acme,         |                         | the realm is missing",
                "https://10.0.0.21    | http://10.0.0.21        | would send the password over the network",
                "https://10.0.0.21    | ldaps://10.0.0.21       | are configured over HTTP",
                "ldaps://10.0.0.32    | https://10.0.0.32       | are configured over LDAP",
                "password: env:KC     | password: hunter2       | a password is written out here",
                "password: env:KC     | pasword: env:KC         | password",
                "user: barograph,     |                         | it is missing",
                "ldaps://10.0.0.32    | 10.0.0.32               | is not the address of an API",
                "realm: acme          | realm: acme, x: 1       | there is no such field here",
                "stage: rest, api: {  | stage: rest, config: { root: /etc/x }, api: { | has no folder",
            })
    void says_what_is_wrong(String good, String bad, String what) {
        String text = GOOD.replaceFirst(java.util.regex.Pattern.quote(good), bad == null ? "" : bad);
        assertThat(text).isNotEqualTo(GOOD);

        assertThat(SiteFile.read("site.yaml", text.getBytes(StandardCharsets.UTF_8), Kinds.builtIn(), Probes.KINDS))
                .isInstanceOfSatisfying(
                        Read.Bad.class,
                        read -> assertThat(read.problems().toString())
                                .contains(what)
                                .doesNotContain("hunter2"));
    }

    @Test
    void two_servers_with_one_realm_would_undo_each_others_changes() {
        String twice = GOOD
                + GOOD.lines()
                        .filter(line -> line.contains("sso:"))
                        .findFirst()
                        .orElseThrow()
                        .replace("sso:", "twin:") + "\n";

        assertThat(SiteFile.read("site.yaml", twice.getBytes(StandardCharsets.UTF_8), Kinds.builtIn(), Probes.KINDS))
                .isInstanceOfSatisfying(
                        Read.Bad.class,
                        read -> assertThat(read.problems().toString())
                                .contains("its configuration (https://10.0.0.21:8443, realm acme) is that of sso too"));
    }

    private static Site site(String yaml) {
        return switch (SiteFile.read(
                "site.yaml", yaml.getBytes(StandardCharsets.UTF_8), Kinds.builtIn(), Probes.KINDS)) {
            case Read.Good<Site>(Site good) -> good;
            case Read.Bad<Site> bad -> throw new AssertionError(bad.problems().toString());
        };
    }
}
