package barograph.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.ChangeId;
import barograph.lease.Drift;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.login.Outcome;
import barograph.login.Trial;
import barograph.runner.Inspector.Sighting;
import barograph.servers.RealKeycloak;
import barograph.servers.RealSlapd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// A realm of the real Keycloak, changed and put back over its admin API.
class RealmGuardTest {
    private static final String BAD_REDIRECT = "{ \"redirectUris\": [ \"https://elsewhere.example/cb\" ] }";

    @TempDir
    private Path folder;

    private RealKeycloak keycloak;
    private String name;
    private Realm realm;

    @BeforeEach
    void a_realm_of_its_own(TestInfo test) throws IOException {
        keycloak = RealKeycloak.shared();
        name = "r-" + Integer.toHexString(test.getDisplayName().hashCode());
        keycloak.realm(name);
        realm = new Realm(folder, keycloak, name, keycloak.address());
    }

    @AfterEach
    void close() {
        if (realm != null) {
            realm.close();
            keycloak.admin("DELETE", "/" + name, "");
        }
    }

    @Test
    void everything_that_can_be_changed_comes_back_as_it_was() {
        SortedMap<String, String> before = realm.files();
        assertThat(before)
                .containsKeys(
                        "realm.json",
                        "clients/portal.json",
                        "clients/https:%2F%2Fsp.example%2Fapp.json",
                        "client-scopes/email.json",
                        "identity-providers/partner.json",
                        "identity-providers/partner/tier.json",
                        "components/ecdsa-generated.json",
                        "required-actions/VERIFY_EMAIL.json",
                        "flows/browser.json");
        assertThat(realm.snapshot()).isInstanceOf(Receipt.Snapped.class);

        Receipt applied = realm.apply(Realm.edit(everything(before)));

        assertThat(applied).isInstanceOf(Receipt.Applied.class);
        assertThat(keycloak.clientOf(name, "portal").toString()).contains("elsewhere.example");
        assertThat(realm.files())
                .containsKeys("clients/fresh.json", "client-scopes/fresh.json", "components/directory/email.json")
                .doesNotContainKeys(
                        "clients/https:%2F%2Fsp.example%2Fapp.json", "identity-providers/partner/tier.json");

        Receipt back = realm.rollBack();

        assertThat(back).isInstanceOfSatisfying(Receipt.RolledBack.class, restored -> {
            assertThat(restored.byteExact()).as(restored.because()).isTrue();
            assertThat(restored.healthy()).isTrue();
            assertThat(restored.keptAside()).as("nothing was anybody else's").isEmpty();
            assertThat(restored.because()).as("every id came back, too").isEqualTo("ordered");
        });
        assertThat(Realm.differ(before, realm.files())).isEmpty();
    }

    private static Map<String, String> everything(SortedMap<String, String> before) {
        return Map.ofEntries(
                Map.entry(
                        "realm.json",
                        "{ \"accessTokenLifespan\": 61, \"displayNameHtml\": \"<b>Acme</b>\", \"passwordPolicy\":"
                                + " \"length(9)\", \"supportedLocales\": [ \"de\", \"en\" ], \"internationalizationEnabled\":"
                                + " true, \"displayName\": null, \"attributes\": { \"own\": \"1\" } }"),
                Map.entry(
                        "clients/portal.json",
                        "{ \"redirectUris\": [ \"https://elsewhere.example/cb\" ], \"description\": null, \"name\": \"Portal\","
                                + " \"secret\": \"other-secret\", \"protocolMappers\": [], \"attributes\": {"
                                + " \"access.token.lifespan\": \"60\" }, \"defaultClientScopes\": [ \"basic\", \"roles\" ],"
                                + " \"authenticationFlowBindingOverrides\": { \"browser\": \"browser\" } }"),
                Map.entry(
                        "clients/fresh.json",
                        "{ \"publicClient\": true, \"redirectUris\": [ \"https://fresh.example/\" ] }"),
                Map.entry("clients/https:%2F%2Fsp.example%2Fapp.json", ""),
                Map.entry("client-scopes/fresh.json", "{ \"protocol\": \"openid-connect\" }"),
                Map.entry(
                        "client-scopes/email.json",
                        "{ \"description\": \"other\", \"protocolMappers\": [ { \"name\": \"own\", \"protocol\":"
                                + " \"openid-connect\", \"protocolMapper\": \"oidc-hardcoded-claim-mapper\", \"config\": {"
                                + " \"claim.name\": \"x\", \"claim.value\": \"y\" } } ] }"),
                Map.entry(
                        "components/directory.json",
                        "{ \"providerId\": \"ldap\", \"providerType\": \"org.keycloak.storage.UserStorageProvider\","
                                + " \"config\": { \"enabled\": [ \"false\" ], \"vendor\": [ \"other\" ], \"connectionUrl\": ["
                                + " \"ldap://127.0.0.1:1\" ], \"usersDn\": [ \"ou=people\" ], \"usernameLDAPAttribute\": ["
                                + " \"uid\" ], \"rdnLDAPAttribute\": [ \"uid\" ], \"uuidLDAPAttribute\": [ \"entryUUID\" ],"
                                + " \"userObjectClasses\": [ \"inetOrgPerson\" ], \"editMode\": [ \"READ_ONLY\" ],"
                                + " \"authType\": [ \"none\" ] } }"),
                Map.entry(
                        "identity-providers/partner.json",
                        "{ \"displayName\": \"Partner\", \"trustEmail\": true, \"config\": { \"tokenUrl\":"
                                + " \"https://partner.example/other\", \"jwksUrl\": \"https://partner.example/keys\" } }"),
                Map.entry("identity-providers/partner/tier.json", ""),
                Map.entry("required-actions/VERIFY_EMAIL.json", "{ \"defaultAction\": true }"),
                Map.entry(
                        "flows/browser.json",
                        before.get("flows/browser.json").replaceFirst("\"ALTERNATIVE\"", "\"DISABLED\"")));
    }

    @Test
    void the_probes_of_openid_connect_log_in_at_a_real_keycloak() {
        for (String probe : List.of("code", "password", "refresh")) {
            Trial trial = realm.prober().probe(realm.probe(probe), realm.server);

            assertThat(trial.outcome()).as(probe + ": " + trial.said()).isEqualTo(new Outcome.Accepted());
            assertThat(trial.asExpected()).as(trial.said()).isTrue();
            assertThat(trial.reply()).containsEntry("department", "sales");
        }
        assertThat(keycloak.events(name))
                .anyMatch(line -> line.contains("type=\"LOGIN\"") && line.contains("auth_type=\"code\""))
                .anyMatch(line -> line.contains("type=\"CODE_TO_TOKEN\""))
                .anyMatch(line -> line.contains("type=\"REFRESH_TOKEN\""));
    }

    @Test
    void a_redirect_that_fits_no_more_breaks_the_browser_login_alone_and_the_rollback_mends_it() {
        realm.snapshot();
        assertThat(realm.apply(Realm.edit(Map.of("clients/portal.json", BAD_REDIRECT))))
                .isInstanceOf(Receipt.Applied.class);

        Trial code = realm.prober().probe(realm.probe("code"), realm.server);
        Trial password = realm.prober().probe(realm.probe("password"), realm.server);

        assertThat(code.outcome().accepted()).as(code.said()).isFalse();
        assertThat(password.outcome()).as(password.said()).isEqualTo(new Outcome.Accepted());

        realm.rollBack();
        assertThat(realm.prober().probe(realm.probe("code"), realm.server).outcome())
                .isEqualTo(new Outcome.Accepted());
    }

    @Test
    void what_another_administrator_changed_since_the_snapshot_is_not_overwritten() {
        realm.snapshot();
        elsewhere("Somebody's portal");

        Receipt refused = realm.apply(Realm.edit(Map.of("clients/portal.json", BAD_REDIRECT)));

        assertThat(refused).isInstanceOfSatisfying(Receipt.Refused.class, answer -> {
            assertThat(answer.reason()).isEqualTo(Receipt.Reason.DRIFTED);
            assertThat(answer.detail()).isEqualTo("changed since the snapshot: clients/portal.json");
        });
        assertThat(seen(realm.inspector.sinceSnapshot(realm.server, Realm.CHANGE)))
                .singleElement()
                .satisfies(drift ->
                        assertThat(drift.diff()).contains("Somebody's portal").doesNotContain("portal-secret"));
        assertThat(keycloak.clientOf(name, "portal").toString()).contains("Somebody's portal");
    }

    @Test
    void what_another_administrator_changes_under_watch_is_seen_and_kept_aside_by_a_rollback() throws IOException {
        SortedMap<String, String> before = realm.files();
        realm.snapshot();
        realm.apply(Realm.edit(Map.of("clients/portal.json", BAD_REDIRECT)));
        assertThat(seen(sinceApplied())).isEmpty();

        elsewhere("Somebody's portal");

        assertThat(seen(sinceApplied())).extracting(Drift::path).containsExactly("clients/portal.json");
        Receipt back = realm.rollBack();
        assertThat(back).isInstanceOfSatisfying(Receipt.RolledBack.class, restored -> {
            assertThat(restored.byteExact()).isTrue();
            assertThat(restored.keptAside())
                    .singleElement()
                    .satisfies(kept ->
                            assertThat(Path.of(kept)).content().contains("Somebody's portal", "elsewhere.example"));
        });
        assertThat(Realm.differ(before, realm.files())).isEmpty();
        try (Stream<Path> all = Files.walk(folder.resolve("api"))) {
            assertThat(all.filter(Files::isRegularFile).filter(each -> !each.endsWith("lock")))
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                            .as(each.toString())
                            .isEqualTo("rw-------"));
        }
    }

    private Sighting sinceApplied() {
        return realm.inspector.sinceApplied(
                realm.server, Realm.CHANGE, List.of("clients/portal.json"), java.util.Optional.empty());
    }

    private static List<Drift> seen(Sighting sighting) {
        assertThat(sighting).isInstanceOf(Sighting.Seen.class);
        return ((Sighting.Seen) sighting).drifts();
    }

    /// What somebody does in Keycloak's own console.
    private void elsewhere(String description) {
        var client = keycloak.clientOf(name, "portal");
        keycloak.admin(
                "PUT",
                "/" + name + "/clients/" + client.path("id").asString(),
                ((tools.jackson.databind.node.ObjectNode) client)
                        .put("description", description)
                        .toString());
    }

    @Test
    void what_could_not_be_taken_back_is_refused_before_anything_is_touched() {
        SortedMap<String, String> before = realm.files();
        realm.snapshot();
        Map<String, String> refused = Map.of(
                "identity-providers/partner.json", "",
                "components/ecdsa-generated.json", "",
                "realm.json", "{ \"realm\": \"other\" }");
        refused.forEach((path, text) -> assertThat(realm.apply(Realm.edit(Map.of(path, text))))
                .as(path)
                .isInstanceOfSatisfying(
                        Receipt.Refused.class,
                        answer -> assertThat(answer.reason()).isEqualTo(Receipt.Reason.UNFIT)));
        assertThat(realm.apply(Realm.edit(Map.of(
                        "identity-providers/partner.json", "{ \"config\": { \"clientSecret\": \"another\" } }"))))
                .isInstanceOfSatisfying(
                        Receipt.Refused.class,
                        answer -> assertThat(answer.detail())
                                .contains("Keycloak does not tell the secret in it", "${vault.")
                                .doesNotContain("another"));
        assertThat(realm.apply(Realm.edit(Map.of("clients/portal.json", "{ \"redirectUris\": [ }"))))
                .isInstanceOfSatisfying(
                        Receipt.Refused.class,
                        answer -> assertThat(answer.detail()).contains("clients/portal.json is not JSON, line 1"));
        assertThat(realm.files()).isEqualTo(before);
    }

    /// The password by which Keycloak looks people up in a directory: its API tells it as a row of stars.
    @Test
    void a_secret_that_keycloak_does_not_tell_survives_a_change_and_its_rollback() {
        try (RealSlapd slapd = RealSlapd.in(folder.resolve("slapd")).started()) {
            keycloak.admin("POST", "/" + name + "/components", """
                    { "name": "people", "providerId": "ldap", "providerType": "org.keycloak.storage.UserStorageProvider",
                      "config": { "enabled": [ "true" ], "vendor": [ "other" ], "connectionUrl": [ "ldap://127.0.0.1:%d" ],
                        "usersDn": [ "ou=people,dc=example,dc=org" ], "bindDn": [ "%s" ], "bindCredential": [ "%s" ],
                        "usernameLDAPAttribute": [ "uid" ], "rdnLDAPAttribute": [ "uid" ], "uuidLDAPAttribute": [ "uid" ],
                        "userObjectClasses": [ "inetOrgPerson" ], "editMode": [ "READ_ONLY" ], "importEnabled": [ "false" ],
                        "authType": [ "simple" ], "cachePolicy": [ "NO_CACHE" ], "searchScope": [ "2" ] } }
                    """.formatted(
                            slapd.port(), RealSlapd.SERVICE_DN, RealSlapd.SERVICE_PASSWORD));
            assertThat(inDirectory("bob")).isTrue();
            SortedMap<String, String> before = realm.files();
            realm.snapshot();

            Receipt applied = realm.apply(Realm.edit(Map.of(
                    "components/people.json", "{ \"config\": { \"usersDn\": [ \"ou=groups,dc=example,dc=org\" ] } }")));

            assertThat(applied).isInstanceOf(Receipt.Applied.class);
            assertThat(inDirectory("bob")).isFalse();
            realm.rollBack();
            assertThat(Realm.differ(before, realm.files())).isEmpty();
            assertThat(inDirectory("bob")).isTrue();
        }
    }

    private boolean inDirectory(String user) {
        return !keycloak.admin("GET", "/" + name + "/users?exact=true&username=" + user, "")
                .isEmpty();
    }

    @Test
    void what_keycloak_refuses_is_taken_back_at_once() {
        SortedMap<String, String> before = realm.files();
        realm.snapshot();

        Receipt receipt = realm.apply(Realm.edit(Map.of(
                "clients/portal.json",
                BAD_REDIRECT,
                "components/nonsense.json",
                "{ \"providerId\": \"no-such\", \"providerType\": \"no.such.Type\" }")));

        assertThat(receipt).isInstanceOfSatisfying(Receipt.RolledBack.class, back -> {
            assertThat(back.byteExact()).isTrue();
            assertThat(back.because()).contains("Keycloak", "answered 400");
        });
        assertThat(Realm.differ(before, realm.files())).isEmpty();
    }

    @Test
    void one_change_at_a_time() {
        realm.snapshot();
        realm.apply(Realm.edit(Map.of("clients/portal.json", BAD_REDIRECT)));

        assertThat(realm.guards.send(realm.server, new Order.Snapshot(new ChangeId("another"))))
                .isInstanceOfSatisfying(
                        Receipt.Refused.class, busy -> assertThat(busy.reason()).isEqualTo(Receipt.Reason.BUSY));
        assertThat(realm.guards.send(realm.server, new Order.Confirm(Realm.CHANGE, Realm.DIGEST)))
                .isInstanceOf(Receipt.Confirmed.class);
        assertThat(realm.guards.send(realm.server, new Order.Snapshot(new ChangeId("another"))))
                .isInstanceOf(Receipt.Snapped.class);
    }
}
