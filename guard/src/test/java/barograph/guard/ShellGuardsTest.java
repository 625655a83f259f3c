package barograph.guard;

import static barograph.guard.GuardScriptTest.ODD;
import static barograph.guard.GuardScriptTest.assertRefused;
import static barograph.guard.GuardScriptTest.fillOddly;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.host.Await;
import barograph.host.Hosts;
import barograph.host.RealSshd;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.lease.Receipt.Reason;
import barograph.lease.Receipt.State;
import barograph.runner.GuardLine;
import barograph.site.At;
import barograph.site.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The line to the guards, on this machine and over a real sshd.
final class ShellGuardsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    RealSshd sshd;

    @SuppressWarnings("NullAway.Init")
    Den den;

    @SuppressWarnings("NullAway.Init")
    Hosts hosts;

    @SuppressWarnings("NullAway.Init")
    GuardLine guards;

    @BeforeEach
    void open() throws IOException {
        sshd = RealSshd.start(Files.createDirectories(folder.resolve("sshd")));
        den = new Den(folder.resolve("den"), Shell.DASH);
        hosts = new Hosts(sshd.access());
        guards = new ShellGuards(hosts, den.state.toString());
    }

    @AfterEach
    void close() {
        hosts.close();
        sshd.close();
        den.close();
    }

    private Server server(String where) {
        return den.server(where.equals("local") ? new At.Local() : sshd.at());
    }

    private static Order.Look look() {
        return new Order.Look(Den.CHANGE);
    }

    private static Order.Snapshot snapshot() {
        return new Order.Snapshot(Den.CHANGE);
    }

    private void awaitRolledBack(GuardLine line, Server server) {
        Await.that(
                Den.SOON,
                "rolled back",
                () -> line.send(server, look()) instanceof Receipt.Standing standing
                        && standing.state() == State.ROLLED_BACK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "ssh"})
    void a_change_goes_in_is_renewed_and_comes_out_without_a_trace(String where) throws IOException {
        fillOddly(den);
        Facts before = den.facts();
        Server server = server(where);

        Receipt snapped = guards.send(server, snapshot());
        assertThat(snapped).isInstanceOf(Receipt.Snapped.class);
        Receipt applied = guards.send(server, Den.applying(ODD, Duration.ofSeconds(60)));
        assertThat(applied).isInstanceOfSatisfying(Receipt.Applied.class, each -> {
            assertThat(each.how()).isEqualTo(Order.Activation.RELOAD);
            assertThat(each.manifest()).isNotEqualTo(((Receipt.Snapped) snapped).manifest());
        });
        assertThat(guards.send(server, new Order.Renew(Den.CHANGE, Duration.ofMinutes(3))))
                .isEqualTo(new Receipt.Renewed(Duration.ofMinutes(3)));
        assertThat(guards.send(server, look())).isInstanceOfSatisfying(Receipt.Standing.class, standing -> {
            assertThat(standing.state()).isEqualTo(State.APPLIED);
            assertThat(standing.left()).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
        });
        assertThat(guards.send(server, new Order.RollBack(Den.CHANGE)))
                .isInstanceOfSatisfying(Receipt.RolledBack.class, back -> {
                    assertThat(back.manifest()).isEqualTo(((Receipt.Snapped) snapped).manifest());
                    assertThat(back.byteExact()).isTrue();
                });
        assertThat(den.facts()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "ssh"})
    void a_confirmed_change_stays(String where) throws IOException {
        den.write("conf", "old\n");
        Server server = server(where);
        guards.send(server, snapshot());
        guards.send(
                server,
                Den.applying(GuardScriptTest.overlay(GuardScriptTest.put("conf", "new\n")), Duration.ofSeconds(60)));

        assertThat(guards.send(server, new Order.Confirm(Den.CHANGE, Den.DIGEST)))
                .isInstanceOf(Receipt.Confirmed.class);

        assertThat(den.read("conf")).isEqualTo("new\n");
    }

    @Test
    void with_the_controller_dead_the_host_goes_back_by_itself() throws IOException {
        fillOddly(den);
        Facts before = den.facts();
        guards.send(server("ssh"), snapshot());
        guards.send(server("ssh"), Den.applying(ODD, Duration.ofSeconds(4)));

        hosts.close();
        sshd.stop();

        Await.that(
                Duration.ofSeconds(9),
                "the old files are back",
                () -> den.facts().equals(before));
        sshd.startAgain();
        try (Hosts again = new Hosts(sshd.access())) {
            GuardLine line = new ShellGuards(again, den.state.toString());
            awaitRolledBack(line, server("ssh"));
            assertThat(line.send(server("ssh"), new Order.RollBack(Den.CHANGE)))
                    .isInstanceOfSatisfying(
                            Receipt.RolledBack.class,
                            back -> assertThat(back.because()).isEqualTo("lease ended"));
        }
    }

    @Test
    void a_line_that_is_cut_while_the_guard_works_does_not_stop_the_guard() throws Exception {
        fillOddly(den);
        Facts before = den.facts();
        den.reloads("touch ../reloading; sleep 1", Duration.ZERO);
        guards.send(server("ssh"), snapshot());

        Thread controller =
                Thread.startVirtualThread(() -> guards.send(server("ssh"), Den.applying(ODD, Duration.ofSeconds(4))));
        Await.that(Den.SOON, "the reload runs", () -> Files.exists(den.root.resolveSibling("reloading")));
        sshd.cutConnections();
        controller.join();

        awaitRolledBack(guards, server("ssh"));
        assertThat(den.facts()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "ssh"})
    void the_guard_is_copied_over_once_and_again_when_it_is_another_version(String where) throws IOException {
        Path script = den.state.resolve("guard.sh");
        assertThat(guards.send(server(where), look())).isInstanceOf(Receipt.Standing.class);
        Object first = Files.getAttribute(script, "unix:ino");

        assertThat(guards.send(server(where), look())).isInstanceOf(Receipt.Standing.class);
        assertThat(Files.getAttribute(script, "unix:ino")).isEqualTo(first);
        Files.writeString(script, "echo '{\"receipt\":\"Confirmed\"}'\n");
        assertThat(guards.send(server(where), look())).isInstanceOf(Receipt.Standing.class);

        assertThat(script).hasSameBinaryContentAs(den.folder.resolve("guard.sh"));
        assertThat(den.state.toFile().list()).containsExactlyInAnyOrder("guard.sh", "radius-1");
    }

    @Test
    void a_place_where_the_guard_cannot_be_put_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        Receipt receipt = new ShellGuards(hosts, file.resolve("below").toString()).send(server("ssh"), look());

        assertRefused(receipt, Reason.NO_PERMISSION, "could not be copied to " + sshd.at(), "Not a directory");
    }

    @Test
    void a_host_that_is_down_or_not_the_one_that_is_known_is_unreachable() throws IOException {
        RealSshd.key(sshd.file("other_key"));
        sshd.pin(sshd.file("other_key.pub"));
        assertThat(guards.send(server("ssh"), look()))
                .isInstanceOfSatisfying(
                        Receipt.Unreachable.class,
                        unreachable -> assertThat(unreachable.detail()).contains("another host key", "SHA256:"));

        sshd.stop();
        assertThat(guards.send(server("ssh"), look()))
                .isInstanceOfSatisfying(
                        Receipt.Unreachable.class,
                        unreachable -> assertThat(unreachable.detail()).contains("Could not connect"));
    }

    @Test
    void a_guard_that_answers_nonsense_is_unreachable_and_quoted() {
        assertThat(ReceiptText.read("")).isEmpty();
        assertThat(ReceiptText.read("bash: warning")).isEmpty();
        assertThat(ReceiptText.read("{\"receipt\":\"Applied\"}")).isEmpty();
        assertThat(ReceiptText.read("{\"receipt\":\"Refused\",\"reason\":\"MOOD\",\"detail\":\"\"}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "ssh"})
    void commands_of_several_lines_with_quotes_and_backslashes_arrive_as_they_are(String where) throws IOException {
        den.write("conf", "old\n");
        den.reloads(
                "printf '%s\\n' \"it's\" 'a \\n \\\\ b' >>../calls\ntrue && {\n  echo \"$PORT\" >>../calls\n}",
                Duration.ZERO);
        guards.send(server(where), snapshot());

        Receipt receipt = guards.send(server(where), Den.applying(ODD_FREE, Duration.ofSeconds(60)));

        assertThat(receipt).isInstanceOf(Receipt.Applied.class);
        assertThat(den.calls()).containsExactly("it's", "a \\n \\\\ b", "1812");
    }

    private static final barograph.change.Edit ODD_FREE = GuardScriptTest.overlay(GuardScriptTest.put("conf", "new\n"));
}
