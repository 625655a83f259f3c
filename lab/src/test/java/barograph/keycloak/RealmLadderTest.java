package barograph.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.Edit;
import barograph.lease.Receipt;
import barograph.servers.Cutter;
import barograph.servers.RealKeycloak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The controller is struck at one message to Keycloak after the other; another one goes on from what lies on the disk.
///
/// `./test` strikes every 11th, `-Dladder.stride=1` each one.
@Tag("whole")
class RealmLadderTest {
    private static final int STRIDE = Integer.getInteger("ladder.stride", 11);
    private static final Edit EDIT = Realm.edit(Map.of(
            "clients/portal.json",
            "{ \"redirectUris\": [ \"https://elsewhere.example/cb\" ], \"defaultClientScopes\": [ \"basic\" ] }",
            "clients/fresh.json",
            "{ \"publicClient\": true }",
            "clients/https:%2F%2Fsp.example%2Fapp.json",
            "",
            "client-scopes/email.json",
            "{ \"protocolMappers\": [] }",
            "realm.json",
            "{ \"accessTokenLifespan\": 61 }"));

    @TempDir
    private Path folder;

    private RealKeycloak keycloak;
    private Cutter cutter;

    @Test
    void struck_at_any_message_of_an_apply_it_goes_back_and_of_a_rollback_it_ends_it() throws IOException {
        keycloak = RealKeycloak.shared();
        keycloak.realm("ladder");
        cutter = new Cutter(keycloak.port());
        int rungs = 0;
        try {
            SortedMap<String, String> before = files();
            int applying = apply(Integer.MAX_VALUE, Cutter.Blow.NEVER_SENT);
            int goingBack = rollBack(Integer.MAX_VALUE, Cutter.Blow.NEVER_SENT);
            for (int message = 1; message <= applying; message += STRIDE) {
                apply(message, blow(rungs++));
                resumed(before, "apply, message " + message);
            }
            for (int message = 1; message <= goingBack; message += STRIDE) {
                apply(Integer.MAX_VALUE, Cutter.Blow.NEVER_SENT);
                rollBack(message, blow(rungs++));
                resumed(before, "rollback, message " + message);
            }
            System.out.println("Keycloak: struck at " + rungs + " of " + applying + " messages of an apply and "
                    + goingBack + " of a rollback");
        } finally {
            cutter.close();
            keycloak.admin("DELETE", "/ladder", "");
        }
    }

    private static Cutter.Blow blow(int rung) {
        return rung % 2 == 0 ? Cutter.Blow.NEVER_ANSWERED : Cutter.Blow.NEVER_SENT;
    }

    /// A controller of its own in the one folder.
    private Realm controller() throws IOException {
        Files.createDirectories(folder.resolve("site"));
        return new Realm(folder.resolve("site"), keycloak, "ladder", "https://127.0.0.1:" + cutter.port());
    }

    private SortedMap<String, String> files() throws IOException {
        try (Realm realm = controller()) {
            return realm.files();
        }
    }

    private int apply(int cutAt, Cutter.Blow blow) throws IOException {
        try (Realm realm = controller()) {
            cutter.whole();
            assertThat(realm.snapshot()).isInstanceOf(Receipt.Snapped.class);
            cutter.cutAt(cutAt, blow);
            assertThat(realm.apply(EDIT)).isInstanceOfAny(Receipt.Applied.class, Receipt.Unreachable.class);
            return cutter.messages();
        }
    }

    private int rollBack(int cutAt, Cutter.Blow blow) throws IOException {
        try (Realm realm = controller()) {
            cutter.cutAt(cutAt, blow);
            assertThat(realm.rollBack()).isInstanceOfAny(Receipt.RolledBack.class, Receipt.Unreachable.class);
            return cutter.messages();
        }
    }

    private void resumed(SortedMap<String, String> before, String what) throws IOException {
        cutter.whole();
        try (Realm realm = controller()) {
            assertThat(realm.rollBack()).as(what).isInstanceOfSatisfying(Receipt.RolledBack.class, back -> {
                assertThat(back.byteExact()).as(what).isTrue();
                assertThat(back.keptAside())
                        .as(what + ": nothing was anybody else's")
                        .isEmpty();
            });
            assertThat(Realm.differ(before, realm.files())).as(what).isEmpty();
        }
    }
}
