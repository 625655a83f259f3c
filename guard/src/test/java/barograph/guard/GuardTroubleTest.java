package barograph.guard;

import static barograph.guard.GuardScriptTest.assertRefused;
import static barograph.guard.GuardScriptTest.fillOddly;
import static barograph.guard.GuardScriptTest.overlay;
import static barograph.guard.GuardScriptTest.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import barograph.change.ChangeId;
import barograph.change.Edit;
import barograph.host.Await;
import barograph.host.RealSshd;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.lease.Receipt.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each trouble that a host can be in has one named outcome, and never costs a byte of the configuration.
final class GuardTroubleTest {
    private static final Edit EDIT =
            new Edit.Overlay(List.of(put("conf", "new\n"), put("added", "x\n")), List.of("gone"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    Den den;

    private final List<List<String>> undo = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        den = new Den(folder, Shell.DASH);
        den.sh("echo old >conf; echo gone >gone; mkdir sub; echo s >sub/s; touch -d '2001-02-03 04:05:06.7' . sub");
    }

    @AfterEach
    void close() throws IOException {
        den.close();
        for (List<String> each : undo.reversed()) {
            RealSshd.exec(each.toArray(String[]::new));
        }
    }

    private void tmpfs(Path on, String size) throws IOException {
        Files.createDirectories(on);
        try {
            RealSshd.exec("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", on.toString());
        } catch (IOException e) {
            RealSshd.missing("a tmpfs cannot be mounted here: " + e.getMessage());
        }
        undo.add(List.of("umount", "-l", on.toString()));
    }

    private static void onlyAsRoot() {
        if (!System.getProperty("user.name").equals("root")) {
            RealSshd.missing("this needs root");
        }
    }

    private static Receipt.RolledBack rolledBack(Receipt receipt) {
        return receipt instanceof Receipt.RolledBack back ? back : fail("not rolled back: " + receipt);
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void a_reload_that_fails_is_rolled_back_at_once(Shell shell) throws IOException {
        try (Den other = new Den(folder.resolve("other"), shell)) {
            fillOddly(other);
            Facts before = other.facts();
            other.reloads("grep -q 'timeout = 10' conf || { echo 'bad \"timeout\"'; exit 3; }", Duration.ZERO);
            other.snapshot();

            Receipt.RolledBack back = rolledBack(other.apply(GuardScriptTest.ODD));

            assertThat(back.because()).isEqualTo("RELOAD ended with 3: bad \"timeout\"");
            assertThat(back.healthy()).isTrue();
            assertThat(other.facts()).isEqualTo(before);
            assertThat(other.look().state()).isEqualTo(Receipt.State.ROLLED_BACK);
        }
    }

    @Test
    void a_server_that_does_not_get_well_is_rolled_back_and_is_well_again() throws IOException {
        Facts before = den.facts();
        den.healthy("echo checked >>../calls; grep -q old conf", Duration.ofSeconds(1));
        den.snapshot();

        Receipt.RolledBack back = rolledBack(den.apply(EDIT));

        assertThat(back.because()).startsWith("health check ended with 1");
        assertThat(back.healthy()).isTrue();
        assertThat(den.facts()).isEqualTo(before);
        assertThat(den.calls()).startsWith("reload", "checked", "checked").endsWith("reload", "checked");
    }

    @Test
    void a_server_that_stays_down_is_restarted_with_the_old_files_and_the_receipt_says_so() throws IOException {
        Facts before = den.facts();
        den.healthy("exit 5", Duration.ofSeconds(1));
        den.snapshot();

        Receipt.RolledBack back = rolledBack(den.apply(EDIT));

        assertThat(back.healthy()).isFalse();
        assertThat(back.byteExact()).isTrue();
        assertThat(back.because())
                .contains("health check ended with 5", "The files are back, but the server is not up");
        assertThat(den.facts()).isEqualTo(before);
        assertThat(den.calls()).containsExactly("reload", "reload", "restart");
    }

    @Test
    void a_command_that_hangs_is_stopped_at_its_limit() throws IOException {
        Facts before = den.facts();
        den.reloads("grep -q old conf || sleep 60", Duration.ZERO);
        den.healthy("true", Duration.ofSeconds(1));
        den.snapshot();

        Receipt.RolledBack back = rolledBack(den.apply(EDIT));

        assertThat(back.because()).startsWith("RELOAD was stopped after 1 s");
        assertThat(den.facts()).isEqualTo(before);
    }

    @Test
    void an_apply_that_takes_longer_than_its_lease_is_rolled_back_when_the_lease_ends() throws IOException {
        Facts before = den.facts();
        den.reloads("grep -q old conf || sleep 60", Duration.ZERO);
        den.snapshot();
        long start = System.nanoTime();

        Receipt.RolledBack back = rolledBack(den.apply(EDIT, Duration.ofSeconds(5)));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(back.because()).startsWith("RELOAD was stopped");
        assertThat(den.facts()).isEqualTo(before);
    }

    @Test
    void two_reloads_keep_their_distance() throws IOException {
        den.reloads("cut -d' ' -f1 /proc/uptime >>../calls", Duration.ofSeconds(2));
        den.snapshot();
        den.apply(EDIT);
        den.rollBack();

        List<String> times = den.calls();

        assertThat(times).hasSize(2);
        assertThat(Double.parseDouble(times.get(1)) - Double.parseDouble(times.get(0)))
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void a_daemon_that_a_restart_leaves_behind_holds_nothing_of_the_guard() throws IOException {
        den.reloads("setsid sleep 300 & echo $! >>../daemons", Duration.ZERO);
        den.snapshot();
        try {
            assertThat(den.apply(EDIT, Duration.ofSeconds(4))).isInstanceOf(Receipt.Applied.class);
            den.awaitRolledBack();

            assertThat(den.snapshot()).isInstanceOf(Receipt.Snapped.class);
            assertThat(den.apply(EDIT, Duration.ofSeconds(4))).isInstanceOf(Receipt.Applied.class);
            den.awaitRolledBack();
        } finally {
            RealSshd.exec("sh", "-c", "kill $(cat " + den.root.resolveSibling("daemons") + ")");
        }
    }

    @Test
    void a_full_disk_where_the_guard_keeps_its_copies_is_told_and_nothing_changes() throws IOException {
        onlyAsRoot();
        den.sh("head -c 600000 /dev/urandom >big");
        Facts before = den.facts();
        tmpfs(den.state, "300k");

        assertRefused(den.snapshot(), Reason.NO_SPACE, "big");

        assertThat(den.facts()).isEqualTo(before);
    }

    @Test
    void a_disk_that_is_full_when_the_candidate_is_made_is_told_and_nothing_changes() throws IOException {
        onlyAsRoot();
        den.sh("head -c 200000 /dev/urandom >big");
        Facts before = den.facts();
        tmpfs(den.state, "350k");
        assertThat(den.snapshot()).isInstanceOf(Receipt.Snapped.class);

        assertRefused(den.apply(EDIT), Reason.NO_SPACE);

        assertThat(den.facts()).isEqualTo(before);
        assertThat(den.look().state()).isEqualTo(Receipt.State.SNAPPED);
    }

    @Test
    void a_full_disk_of_the_configuration_is_told_and_nothing_changes() throws IOException {
        onlyAsRoot();
        tmpfs(den.root, "400k");
        den.sh("echo old >conf; echo gone >gone; head -c 300000 /dev/urandom >big");
        Facts before = den.facts();
        den.snapshot();

        assertRefused(den.apply(overlay(put("conf", "x".repeat(200_000)))), Reason.NO_SPACE, "conf");

        assertThat(den.facts()).isEqualTo(before);
        assertThat(den.calls()).isEmpty();
        assertThat(den.look().state()).isEqualTo(Receipt.State.SNAPPED);
        assertThat(den.apply(EDIT)).isInstanceOf(Receipt.Applied.class);
    }

    @Test
    void a_disk_that_is_full_by_the_time_of_the_rollback_does_not_stop_it() throws IOException {
        onlyAsRoot();
        tmpfs(den.root, "400k");
        den.sh("head -c 150000 /dev/urandom >conf; echo gone >gone; touch -d '2001-02-03 04:05:06.7' .");
        Facts before = den.facts();
        den.snapshot();
        den.apply(EDIT);
        RealSshd.exec("sh", "-c", "cat /dev/zero >'" + den.root + "/filler' 2>/dev/null; true");

        Receipt.RolledBack back = rolledBack(den.rollBack());

        assertThat(back.byteExact()).isTrue();
        assertThat(den.facts()).isEqualTo(before);
        assertThat(back.keptAside())
                .singleElement()
                .satisfies(path -> assertThat(path).endsWith("/filler"));
    }

    @Test
    void a_full_disk_of_the_guard_itself_does_not_keep_it_from_writing_down_that_it_rolled_back() throws IOException {
        onlyAsRoot();
        tmpfs(den.state, "700k");
        Facts before = den.facts();
        den.snapshot();
        den.apply(EDIT);
        RealSshd.exec("sh", "-c", "cat /dev/zero >'" + den.state + "/filler' 2>/dev/null; true");
        assertThat(rolledBack(den.rollBack()).byteExact()).isTrue();
        assertThat(den.facts()).isEqualTo(before);
    }

    @Test
    void a_rollback_that_cannot_be_done_is_stuck_and_done_by_itself_as_soon_as_it_can() throws IOException {
        onlyAsRoot();
        Facts before = den.facts();
        den.snapshot();
        den.apply(EDIT, Duration.ofSeconds(4));
        try {
            RealSshd.exec("chattr", "+i", den.root.resolve("conf").toString());
        } catch (IOException e) {
            RealSshd.missing("this file system has no immutable files: " + e.getMessage());
        }

        Await.that(Den.SOON, "it says why", () -> den.look().detail().contains("Could not put back"));
        assertThat(den.look().state()).isEqualTo(Receipt.State.ROLLING_BACK);
        assertThat(den.look().detail()).startsWith("lease ended. ").contains("not permitted", "conf");
        assertThat(den.rollBack())
                .isInstanceOfSatisfying(
                        Receipt.Stuck.class, stuck -> assertThat(stuck.detail()).contains("Could not put back"));
        assertRefused(den.send(new Order.Snapshot(new ChangeId("other"))), Reason.BUSY);
        RealSshd.exec("chattr", "-i", den.root.resolve("conf").toString());

        den.awaitRolledBack();
        assertThat(den.facts()).isEqualTo(before);
        assertThat(rolledBack(den.rollBack()).because()).isEqualTo("lease ended");
    }

    @Test
    void files_that_cannot_be_replaced_are_refused_and_nothing_changes() throws IOException {
        onlyAsRoot();
        Facts before = den.facts();
        den.snapshot();
        try {
            RealSshd.exec("chattr", "+i", den.root.resolve("conf").toString());
        } catch (IOException e) {
            RealSshd.missing("this file system has no immutable files: " + e.getMessage());
        }
        undo.add(List.of("chattr", "-i", den.root.resolve("conf").toString()));

        assertRefused(den.apply(EDIT), Reason.NO_PERMISSION, "not permitted");

        assertThat(den.facts()).isEqualTo(before);
        assertThat(den.calls()).isEmpty();
    }

    @Test
    void a_folder_that_is_read_only_is_refused_and_nothing_changes() throws IOException {
        onlyAsRoot();
        Facts before = den.facts();
        den.snapshot();
        RealSshd.exec("mount", "--bind", den.root.toString(), den.root.toString());
        undo.add(List.of("umount", "-l", den.root.toString()));
        RealSshd.exec("mount", "-o", "remount,bind,ro", den.root.toString());

        assertRefused(den.apply(EDIT), Reason.NO_PERMISSION, "Read-only");

        RealSshd.exec("umount", "-l", undo.removeLast().getLast());
        assertThat(den.facts()).isEqualTo(before);
    }

    @Test
    void a_guard_that_is_not_root_changes_its_own_files_and_no_others() throws IOException {
        onlyAsRoot();
        RealSshd.exec("sh", "-c", "chmod 755 '" + folder + "' && chown 65534 '" + folder + "'");
        den.under("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        assertRefused(den.snapshot(), Reason.NO_PERMISSION, "conf");
        RealSshd.exec("chown", "-R", "65534:65534", den.root.toString());
        RealSshd.exec("chmod", "777", den.root.resolveSibling(".").toString());
        Facts before = den.facts();

        assertThat(den.snapshot()).isInstanceOf(Receipt.Snapped.class);
        assertThat(den.apply(EDIT, Duration.ofSeconds(4))).isInstanceOf(Receipt.Applied.class);
        den.awaitRolledBack();

        assertThat(den.facts()).isEqualTo(before);
    }

    @Test
    void a_file_that_the_guard_may_not_read_is_named() throws IOException {
        onlyAsRoot();
        RealSshd.exec("sh", "-c", "chmod 755 '" + folder + "' && chown -R 65534:65534 '" + folder + "'");
        den.sh("echo x >'the secret'; chmod 600 'the secret'");
        den.under("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

        assertRefused(den.snapshot(), Reason.NO_PERMISSION, "the secret");
    }

    @Test
    void a_configuration_folder_that_is_not_there_is_missing() throws IOException {
        RealSshd.exec("rm", "-r", den.root.toString());

        assertRefused(den.snapshot(), Reason.MISSING, den.root.toString());
    }

    @Test
    void a_tar_that_loses_access_lists_is_found_before_anything_is_touched() throws IOException {
        den.sh("setfacl -m u:65534:r conf");
        Facts before = den.facts();
        String tar = RealSshd.exec("which", "tar").strip();
        Path poor = den.folder.resolve("bin/tar");
        Files.writeString(poor, """
                #!/bin/bash
                echo 'tar: POSIX ACL support is not available' >&2
                for each in "$@"; do case $each in --acls | --xattrs* | --selinux) ;; *) kept+=("$each") ;; esac; done
                exec %s "${kept[@]}"
                """.formatted(tar));
        RealSshd.exec("chmod", "755", poor.toString());

        assertRefused(den.snapshot(), Reason.NO_PERMISSION, "cannot copy these exactly", "conf");

        assertThat(den.facts()).isEqualTo(before);
    }

    @Test
    void a_host_that_has_a_busybox_alone_is_told_what_is_missing() throws IOException {
        Path few = Files.createDirectories(folder.resolve("few"));
        RealSshd.exec("/bin/busybox", "--install", "-s", few.toString());
        try (Den poor = new Den(folder.resolve("poor"), Shell.BUSYBOX)) {
            poor.set("PATH", poor.folder.resolve("bin") + ":" + few);
            poor.under(
                    "/usr/bin/unshare",
                    "--mount",
                    "/bin/bash",
                    "-c",
                    "mount --bind /dev/null \"$(readlink -f /bin/dash)\"; exec \"$@\"",
                    "-");

            assertRefused(poor.snapshot(), Reason.MISSING, "stat as of GNU coreutils");
        }
    }

    @Test
    void a_tool_that_is_not_there_is_missing() throws IOException {
        Path few = Files.createDirectories(folder.resolve("few"));
        for (String tool : List.of("sh", "printf", "head", "tr", "awk", "sed", "stat", "cat", "sort", "readlink")) {
            Files.createSymbolicLink(
                    few.resolve(tool), Path.of(RealSshd.exec("which", tool).strip()));
        }
        den.set("PATH", few.toString());

        assertRefused(den.snapshot(), Reason.MISSING, " flock ", " tar ");
    }

    @Test
    void an_edit_that_was_cut_on_its_way_is_not_applied() throws IOException {
        Facts before = den.facts();
        den.snapshot();
        byte[] whole = OrderText.of(den.server(), Den.applying(EDIT, Duration.ofMinutes(1)))
                .text();

        for (int length : new int[] {0, 20, 200, whole.length - 2000, whole.length - 1}) {
            String answer = den.run(java.util.Arrays.copyOf(whole, length), "apply", "radius-1", "session-timeout");
            assertThat(answer).isEmpty();
        }

        assertThat(den.facts()).isEqualTo(before);
        assertThat(den.look().state()).isEqualTo(Receipt.State.SNAPPED);
    }

    @Test
    void of_many_controllers_at_once_one_gets_its_change_in() throws Exception {
        List<ChangeId> changes = List.of(new ChangeId("a"), new ChangeId("b"), new ChangeId("c"));
        for (ChangeId change : changes) {
            den.send(new Order.Snapshot(change));
        }
        List<Callable<Receipt>> orders = changes.stream()
                .<Callable<Receipt>>map(change -> () -> den.send(new Order.Apply(
                        change,
                        Den.DIGEST,
                        overlay(put("conf", change.value())),
                        Order.Activation.RELOAD,
                        Duration.ofMinutes(5))))
                .toList();

        List<Receipt> receipts = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : executor.invokeAll(orders)) {
                receipts.add(future.get());
            }
        }

        assertThat(receipts).filteredOn(Receipt.Applied.class::isInstance).hasSize(1);
        assertThat(receipts)
                .filteredOn(Receipt.Refused.class::isInstance)
                .hasSize(2)
                .allSatisfy(refused -> assertRefused(refused, Reason.BUSY));
        int winner = receipts.indexOf(receipts.stream()
                .filter(Receipt.Applied.class::isInstance)
                .findFirst()
                .orElseThrow());
        assertThat(den.read("conf")).isEqualTo(changes.get(winner).value());
    }

    @Test
    void the_same_order_from_two_lines_at_once_is_carried_out_once() throws Exception {
        den.snapshot();
        List<Callable<Receipt>> twice = List.of(() -> den.apply(EDIT), () -> den.apply(EDIT));

        List<Receipt> receipts = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : executor.invokeAll(twice)) {
                receipts.add(future.get());
            }
        }

        assertThat(receipts.get(0)).isInstanceOf(Receipt.Applied.class).isEqualTo(receipts.get(1));
        assertThat(den.calls()).containsExactly("reload");
    }

    @Test
    void a_dead_timer_is_started_again_by_the_next_order() throws IOException {
        Facts before = den.facts();
        den.snapshot();
        den.apply(EDIT, Duration.ofSeconds(3));
        den.killAll();
        Await.that(Den.SOON, "the timer is gone", () -> GuardScriptTest.timers(den) == 0);

        assertThat(den.look().state())
                .isIn(Receipt.State.APPLIED, Receipt.State.ROLLING_BACK, Receipt.State.ROLLED_BACK);

        den.awaitRolledBack();
        assertThat(den.facts()).isEqualTo(before);
    }

    @Test
    void the_guard_is_clean_for_shellcheck() throws IOException {
        if (!Files.isExecutable(Path.of("/usr/bin/shellcheck"))) {
            RealSshd.missing("shellcheck is not installed");
        }

        assertThat(RealSshd.exec(
                        "shellcheck", "--shell=sh", folder.resolve("guard.sh").toString()))
                .isEmpty();
    }

    @Test
    void the_guard_can_be_read_in_one_sitting() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("guard.sh"), StandardCharsets.UTF_8);

        assertThat(lines).hasSizeLessThanOrEqualTo(400);
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }
}
