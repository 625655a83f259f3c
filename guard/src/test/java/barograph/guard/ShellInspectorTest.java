package barograph.guard;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.Edit;
import barograph.host.Hosts;
import barograph.host.SshAccess;
import barograph.lease.Drift;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.runner.Inspector.Sighting;
import barograph.site.At;
import barograph.site.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellInspectorTest {
    private static final String ODD = "odd name\nof two lines";
    private static final Edit EDIT =
            new Edit.Overlay(List.of(put("users", "new\n"), put(ODD, "odd\n")), List.of("gone"));
    private static final List<String> PATHS = List.of("users", ODD, "gone");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Den den;

    @SuppressWarnings("NullAway.Init")
    private Hosts hosts;

    @SuppressWarnings("NullAway.Init")
    private ShellGuards guards;

    @SuppressWarnings("NullAway.Init")
    private ShellInspector inspector;

    @SuppressWarnings("NullAway.Init")
    private Server server;

    @BeforeEach
    void open() throws IOException {
        den = new Den(folder, Shell.DASH);
        Files.writeString(den.root.resolve("users"), "old\n");
        Files.writeString(den.root.resolve("gone"), "to go\n");
        Files.writeString(den.root.resolve("other"), "other\n");
        hosts = new Hosts(new SshAccess(
                folder.resolve("known_hosts"),
                List.of(),
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5)));
        guards = new ShellGuards(hosts, den.state.toString());
        inspector = new ShellInspector(hosts, den.state.toString());
        server = den.server(new At.Local());
        assertThat(guards.send(server, new Order.Snapshot(Den.CHANGE))).isInstanceOf(Receipt.Snapped.class);
    }

    @AfterEach
    void close() {
        guards.send(server, new Order.RollBack(Den.CHANGE));
        hosts.close();
        den.close();
    }

    @Test
    void what_is_as_the_guard_put_it_is_no_drift() {
        applied(EDIT);

        assertThat(sinceApplied(EDIT)).isEqualTo(new Sighting.Seen(List.of()));
    }

    @Test
    void each_file_of_the_change_that_a_hand_alters_is_seen_and_no_other() throws IOException {
        applied(EDIT);
        Files.writeString(den.root.resolve("users"), "new\nby hand\n");
        Files.write(den.root.resolve(ODD), new byte[] {0, 1, 2});
        Files.writeString(den.root.resolve("gone"), "back\n");
        Files.writeString(den.root.resolve("other"), "by hand\n");

        List<Drift> drifts = seen(sinceApplied(EDIT));

        assertThat(drifts).extracting(Drift::path).containsExactlyInAnyOrder("users", ODD, "gone");
        assertThat(diff(drifts, "users")).contains("+by hand").doesNotContain("-new");
        assertThat(diff(drifts, "gone")).contains("/dev/null", "+back");
        assertThat(diff(drifts, ODD)).contains("3 bytes").doesNotContain("\u0001");
        assertThat(drifts).allSatisfy(drift -> assertThat(drift.owner()).isPresent());
    }

    @Test
    void a_file_of_the_change_that_a_hand_takes_away_is_seen() throws IOException {
        applied(EDIT);
        Files.delete(den.root.resolve("users"));

        Drift drift = seen(sinceApplied(EDIT)).getFirst();

        assertThat(drift.words()).isEqualTo("users (gone)");
        assertThat(drift.diff()).contains("-new");
    }

    @Test
    void what_a_patch_made_is_told_by_size_and_hash() throws IOException {
        Edit patch = new Edit.Patch("--- a/users\n+++ b/users\n@@ -1 +1 @@\n-old\n+patched\n");
        applied(patch);
        assertThat(seen(inspector.sinceApplied(server, Den.CHANGE, List.of("users"), Optional.of(patch))))
                .isEmpty();
        Files.writeString(den.root.resolve("users"), "by hand\n");

        List<Drift> drifts = seen(inspector.sinceApplied(server, Den.CHANGE, List.of("users"), Optional.of(patch)));

        assertThat(diff(drifts, "users")).contains("now 8 bytes, sha256:");
    }

    @Test
    void before_the_change_every_file_is_held_against_the_snapshot() throws IOException {
        Files.writeString(den.root.resolve("other"), "by hand\n");
        Files.writeString(den.root.resolve("fresh"), "new here\n");
        Files.delete(den.root.resolve("gone"));

        List<Drift> drifts = seen(inspector.sinceSnapshot(server, Den.CHANGE));

        assertThat(drifts).extracting(Drift::path).containsExactly("fresh", "gone", "other");
        assertThat(diff(drifts, "other")).contains("-other", "+by hand");
        assertThat(diff(drifts, "fresh")).contains("+new here");
        assertThat(diff(drifts, "gone")).contains("-to go");
    }

    @Test
    void where_the_change_is_not_in_force_nothing_is_said_about_it() {
        applied(EDIT);
        guards.send(server, new Order.RollBack(Den.CHANGE));

        assertThat(sinceApplied(EDIT)).isEqualTo(new Sighting.Blind("The change is ROLLED_BACK"));
    }

    @Test
    void where_the_guards_lists_cannot_be_read_it_is_blind_and_says_so() {
        ShellInspector elsewhere =
                new ShellInspector(hosts, folder.resolve("elsewhere").toString());

        assertThat(elsewhere.sinceSnapshot(server, Den.CHANGE))
                .isInstanceOfSatisfying(
                        Sighting.Blind.class,
                        blind -> assertThat(blind.because()).contains("cannot be read"));
    }

    private void applied(Edit edit) {
        assertThat(guards.send(server, Den.applying(edit, Duration.ofMinutes(5))))
                .isInstanceOf(Receipt.Applied.class);
    }

    private Sighting sinceApplied(Edit edit) {
        return inspector.sinceApplied(server, Den.CHANGE, PATHS, Optional.of(edit));
    }

    private static List<Drift> seen(Sighting sighting) {
        assertThat(sighting).isInstanceOf(Sighting.Seen.class);
        return ((Sighting.Seen) sighting).drifts();
    }

    private static String diff(List<Drift> drifts, String path) {
        return drifts.stream()
                .filter(drift -> drift.path().equals(path))
                .map(Drift::diff)
                .findFirst()
                .orElseThrow();
    }

    private static Edit.Put put(String path, String content) {
        return new Edit.Put(path, 0644, content.getBytes(StandardCharsets.UTF_8));
    }
}
