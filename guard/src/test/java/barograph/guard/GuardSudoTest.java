package barograph.guard;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.Edit;
import barograph.host.Host;
import barograph.host.Hosts;
import barograph.host.RealSshd;
import barograph.host.Result;
import barograph.lease.Drift;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.lease.Receipt.Reason;
import barograph.runner.Inspector.Sighting;
import barograph.site.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A host that is reached as a user who may do nothing but run `/var/lib/barograph/guard.sh` by Debian's own sudo.
class GuardSudoTest {
    private static final Edit EDIT = new Edit.Overlay(List.of(GuardScriptTest.put("users", "new\n")), List.of("gone"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Den den;

    @SuppressWarnings("NullAway.Init")
    private RealSshd sshd;

    @SuppressWarnings("NullAway.Init")
    private Hosts hosts;

    @SuppressWarnings("NullAway.Init")
    private Server server;

    private Path guard() {
        return folder.resolve("lib/barograph/guard.sh");
    }

    @BeforeEach
    void open() throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            RealSshd.missing("only root can give somebody else a right of root's");
        }
        if (!Files.isExecutable(Path.of("/usr/bin/sudo"))) {
            RealSshd.missing("sudo is not installed (Debian: sudo)");
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x")); // to the keys
        den = new Den(Files.createDirectories(folder.resolve("den")), Shell.DASH);
        den.write("users", "old\n");
        den.write("gone", "to go\n");
        den.sh("chmod 700 . && chmod 600 users gone");
        Files.createDirectories(guard().getParent());
        Files.write(guard(), Scripts.read("guard.sh"));
        RealSshd.exec("chmod", "755", guard().toString());
        Path sudoers =
                Files.writeString(folder.resolve("sudoers"), "ops ALL=(root) NOPASSWD: /var/lib/barograph/guard.sh\n");
        RealSshd.exec("chmod", "440", sudoers.toString());
        sshd = RealSshd.withAccounts(
                Files.createDirectories(folder.resolve("ssh")),
                List.of("ops:PASSWORD:19000:0:99999:7:::"),
                "mount --bind '%s' /etc/sudoers && mount --bind '%s' /var/lib"
                        .formatted(sudoers, folder.resolve("lib")));
        hosts = new Hosts(sshd.access());
        server = den.server(sshd.at("ops"));
    }

    @AfterEach
    void close() {
        if (hosts != null) {
            new ShellGuards(hosts).send(server, new Order.RollBack(Den.CHANGE)); // which ends the timer
            hosts.close();
            sshd.close();
            den.close();
        }
    }

    private void applied() {
        ShellGuards guards = new ShellGuards(hosts);
        assertThat(guards.send(server, new Order.Snapshot(Den.CHANGE))).isInstanceOf(Receipt.Snapped.class);
        assertThat(guards.send(server, Den.applying(EDIT, Duration.ofMinutes(5))))
                .isInstanceOf(Receipt.Applied.class);
    }

    @Test
    void what_a_hand_changes_is_seen_though_the_user_may_read_neither_lists_nor_files() throws IOException {
        applied();
        den.write("users", "new\nby hand\n");

        Sighting sighting =
                new ShellInspector(hosts).sinceApplied(server, Den.CHANGE, List.of("users", "gone"), Optional.of(EDIT));

        assertThat(sighting).isInstanceOf(Sighting.Seen.class);
        List<Drift> drifts = ((Sighting.Seen) sighting).drifts();
        assertThat(drifts).extracting(Drift::path).containsExactly("users");
        assertThat(drifts.getFirst().diff()).contains("+by hand").doesNotContain("-new");
        assertThat(drifts.getFirst().owner()).contains("root");
        assertThat(asUser("cat '" + den.root.resolve("users") + "'").exit()).isNotZero();
        assertThat(asUser("cat /var/lib/barograph/radius-1/changes/*/candidate.list")
                        .exit())
                .isNotZero();
        assertThat(asUser("sudo -n cat '" + den.root.resolve("users") + "'").exit())
                .isNotZero();
    }

    @Test
    void what_a_hand_changed_before_the_change_goes_in_is_refused_and_seen() throws IOException {
        ShellGuards guards = new ShellGuards(hosts);
        guards.send(server, new Order.Snapshot(Den.CHANGE));
        den.write("gone", "by hand\n");

        Receipt refused = guards.send(server, Den.applying(EDIT, Duration.ofMinutes(5)));

        GuardScriptTest.assertRefused(refused, Reason.DRIFTED, "gone");
        assertThat(new ShellInspector(hosts).sinceSnapshot(server, Den.CHANGE))
                .isInstanceOfSatisfying(
                        Sighting.Seen.class,
                        seen -> assertThat(seen.drifts().getFirst().diff()).contains("-to go", "+by hand"));
    }

    @Test
    void an_older_guard_is_not_replaced_by_whom_only_sudo_lets_run_it() throws IOException {
        Files.writeString(guard(), "#!/bin/sh\necho an older one\n");

        Receipt refused = new ShellGuards(hosts).send(server, new Order.Snapshot(Den.CHANGE));

        GuardScriptTest.assertRefused(refused, Reason.NO_PERMISSION, "only root may replace it");
        assertThat(guard()).content().contains("an older one");
    }

    private Result.Ran asUser(String command) {
        Host host = hosts.at(server.at());
        return (Result.Ran) host.run(command, new byte[0], Den.SOON);
    }
}
