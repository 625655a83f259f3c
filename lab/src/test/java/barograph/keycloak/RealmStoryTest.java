package barograph.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.ChangeId;
import barograph.cli.Barograph;
import barograph.cli.Workplace;
import barograph.host.SshAccess;
import barograph.rollout.Ending;
import barograph.rollout.Event;
import barograph.runner.Journal;
import barograph.servers.RealKeycloak;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Changes of realms of the real Keycloak, end to end by the commands that people use.
@Tag("whole")
class RealmStoryTest {
    private static final List<String> REALMS = List.of("story-backup", "story-1", "story-2");

    @TempDir
    private Path folder;

    private RealKeycloak keycloak;

    @Test
    void a_bad_change_dies_in_the_rehearsal_and_on_the_canary_and_a_good_one_is_confirmed() throws IOException {
        keycloak = RealKeycloak.shared();
        REALMS.forEach(keycloak::realm);
        try {
            site();
            change("redirects", "{ \"redirectUris\": [ \"https://elsewhere.example/cb\" ] }");
            change("words", "{ \"description\": \"The portal of Acme\" }");

            assertThat(barograph("check"))
                    .contains("keycloak-1 dead-man: none: it is configured over its API")
                    .contains("objects can be kept and put back")
                    .contains("keycloak-1 probe code: accepted");
            assertThat(barograph("objects", "keycloak-1", "clients/portal.json"))
                    .contains("\"clientId\" : \"portal\"", "(hidden)")
                    .doesNotContain("portal-secret");
            bad();
            good();
        } finally {
            REALMS.forEach(realm -> keycloak.admin("DELETE", "/" + realm, ""));
        }
    }

    private void bad() throws IOException {
        assertThat(barograph("propose", folder.resolve("changes/redirects").toString()))
                .contains("-    \"https://portal.example/cb\"", "+    \"https://elsewhere.example/cb\"")
                .contains("dead-man  none on keycloak-1")
                .doesNotContain("portal-secret");
        barograph("apply", "redirects", "--as", "us/omar");

        try (Workplace workplace = open()) {
            List<Event> events = events(workplace.journal(), "redirects");
            assertThat(only(events, Event.Rehearsed.class)).singleElement().satisfies(rehearsed -> {
                assertThat(rehearsed.report().differences())
                        .anyMatch(difference ->
                                difference.worse() && difference.probe().value().equals("code"));
                assertThat(rehearsed.report().byteExact()).isTrue();
            });
            assertThat(only(events, Event.Forecasted.class)
                            .getFirst()
                            .forecast()
                            .reasons())
                    .anyMatch(reason -> reason.words().contains("keycloak-1, keycloak-2 have no dead-man"));
            assertThat(only(events, Event.Ended.class).getFirst().ending()).isEqualTo(Ending.ROLLED_BACK);
        }
        assertThat(keycloak.clientOf("story-1", "portal").toString()).doesNotContain("elsewhere.example");
        assertThat(keycloak.clientOf("story-2", "portal").toString()).doesNotContain("elsewhere.example");
    }

    private void good() throws IOException {
        barograph("propose", folder.resolve("changes/words").toString());
        barograph("apply", "words", "--as", "us/omar");

        try (Workplace workplace = open()) {
            assertThat(only(events(workplace.journal(), "words"), Event.Ended.class)
                            .getFirst()
                            .ending())
                    .isEqualTo(Ending.CONFIRMED);
        }
        assertThat(keycloak.clientOf("story-backup", "portal")
                        .path("description")
                        .asString())
                .isEqualTo("The portal");
        assertThat(keycloak.clientOf("story-1", "portal").path("description").asString())
                .isEqualTo("The portal of Acme");
        assertThat(keycloak.clientOf("story-2", "portal").path("description").asString())
                .isEqualTo("The portal of Acme");
    }

    private void site() throws IOException {
        Map.of("admin-password", RealKeycloak.ADMIN_PASSWORD, "alice", "alice-pw", "portal", "portal-secret")
                .forEach((file, text) -> write(file, text + "\n"));
        String at = keycloak.address();
        // One issuer for all: probes of other realms do not fit, so that each server has its own.
        write(
                "site.yaml",
                """
                site: realms
                parties:
                  acme: { role: customer, name: Acme, people: [ { id: dana, mail: dana@acme.example, may: [request] } ] }
                  us: { role: operator, name: Ops, people: [ { id: omar, mail: omar@ops.example, may: [operate] } ] }
                servers:
                """
                        + Realm.yaml(keycloak, "keycloak-backup", "backup", "story-backup", at)
                        + Realm.yaml(keycloak, "keycloak-1", "canary", "story-1", at)
                        + Realm.yaml(keycloak, "keycloak-2", "rest", "story-2", at)
                        + "probes:\n"
                        + Realm.probe(keycloak, "code", "oidc-code", "{realm}")
                        + """
                        lease: 60s
                        watch:
                          bake: 2s
                          at-most: 40s
                          settle: 1s
                          unit: 1s
                          learn: 10m
                          quiet: 30s
                          undecided: continue
                          blind: continue
                          probe-every: 2s
                        gates: { rehearsal: optional, claims: optional, forecast: 100% }
                        """);
    }

    private void change(String name, String client) {
        write("changes/" + name + "/files/clients/portal.json", client);
        write("changes/" + name + "/change.yaml", """
                change: %s
                title: Other %s for the portal
                requested-by: acme/dana
                because: Somebody insists.
                edit: files/
                """.formatted(name, name));
    }

    private void write(String path, String text) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String barograph(String... words) {
        StringWriter said = new StringWriter();
        CommandLine line = Barograph.commands();
        line.setOut(new PrintWriter(said, true));
        line.setErr(new PrintWriter(said, true));
        String[] all = new String[words.length + 3];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--plain";
        all[words.length + 1] = "--site";
        all[words.length + 2] = folder.resolve("site.yaml").toString();
        line.execute(all);
        return said.toString();
    }

    private Workplace open() {
        return Workplace.open(
                folder.resolve("site.yaml"), Optional.empty(), SshAccess.ofUser(Path.of("/nonexistent"), Map.of()));
    }

    private static List<Event> events(Journal journal, String change) {
        return journal.of(new ChangeId(change)).stream()
                .map(happening -> happening.event())
                .toList();
    }

    private static <E extends Event> List<E> only(List<Event> events, Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
