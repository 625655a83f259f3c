package barograph.guard;

import static barograph.guard.GuardScriptTest.assertRefused;
import static barograph.guard.GuardScriptTest.fillOddly;
import static barograph.guard.GuardScriptTest.overlay;
import static barograph.guard.GuardScriptTest.put;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.Edit;
import barograph.host.RealSshd;
import barograph.lease.Receipt;
import barograph.lease.Receipt.Reason;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every sort of file and name that a configuration may have, and hosts that lack a tool or the room for it: what is
/// there comes back to the last fact, and what cannot be kept is refused before anything is touched.
final class GuardFilesTest {
    private static final String LONGEST = "n".repeat(255);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final List<String[]> undo = new ArrayList<>();

    @AfterEach
    void undo() throws IOException {
        for (String[] each : undo.reversed()) {
            RealSshd.exec(each);
        }
    }

    private static void onlyAsRoot() {
        if (!System.getProperty("user.name").equals("root")) {
            RealSshd.missing("this needs root");
        }
    }

    private static void comesBack(Den den, Edit edit) throws IOException {
        Facts old = den.facts();
        assertThat(den.snapshot()).isInstanceOf(Receipt.Snapped.class);
        assertThat(den.facts()).as("after the snapshot").isEqualTo(old);
        assertThat(den.apply(edit)).isInstanceOf(Receipt.Applied.class);
        assertThat(den.facts()).isNotEqualTo(old);
        assertThat(den.rollBack())
                .isInstanceOfSatisfying(
                        Receipt.RolledBack.class,
                        back -> assertThat(back.byteExact()).isTrue());
        assertThat(den.facts()).isEqualTo(old);
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void names_and_files_of_every_sort_come_back(Shell shell) throws IOException {
        onlyAsRoot();
        try (Den den = new Den(folder, shell)) {
            fillOddly(den);
            den.sh("""
                    n=%s
                    echo long >"$n"; mkdir -p "deep/$n"; echo long >"deep/$n/$n"
                    echo x >$'\\n'; echo x >' '; echo x >$'ends with line end\\n'; echo x >'back\\slash'; echo x >'\\n'
                    echo x >'*'; echo x >'~'; echo x >'$HOME'; echo x >'%%s'; echo x >--; echo x >'.hidden'
                    head -c 1000000 /dev/urandom >million
                    cp /bin/true capable; setcap cap_net_bind_service+ep capable
                    mkdir ../outside; echo outside >../outside/file; ln -s ../../outside out; ln -s "$PWD/conf" in
                    ln -s ../../outside/file out-file; ln conf ../outside/partner; ln -s "$n" to-long
                    """.formatted(LONGEST));

            comesBack(
                    den,
                    new Edit.Overlay(
                            List.of(
                                    put("conf", "timeout = 3600\n"),
                                    put(LONGEST, "changed\n"),
                                    put("deep/" + LONGEST + "/" + LONGEST, "changed\n"),
                                    put("\n", "changed\n"),
                                    put("--", "changed\n"),
                                    put("new\n/" + "m".repeat(255), "new\n"),
                                    put("million", "not any more\n"),
                                    put("capable", "not any more\n")),
                            List.of(" ", "ends with line end\n", "\\n", "*", "%s")));

            assertThat(folder.resolve("etc/outside/file")).hasContent("outside");
            assertThat(folder.resolve("etc/outside/partner")).hasContent("timeout = 10");
        }
    }

    @Test
    void a_file_that_nobody_may_change_is_left_out_of_a_rollback_that_does_not_need_it() throws IOException {
        try (Den den = immutable()) {
            comesBack(den, overlay(put("conf", "new\n")));
        }
    }

    @Test
    void a_file_that_nobody_may_change_refuses_the_change_and_all_is_as_it_was() throws IOException {
        try (Den den = immutable()) {
            Facts old = den.facts();
            den.snapshot();

            assertThat(den.apply(overlay(put("conf", "new\n"), put("fixed", "new\n"))))
                    .isNotInstanceOf(Receipt.Applied.class);

            assertThat(den.facts()).isEqualTo(old);
        }
    }

    /// The two that a hand left alone are no reason to put the third back as a file of its own.
    @Test
    void of_three_names_of_one_file_one_that_a_hand_replaced_joins_the_others_again() throws IOException {
        try (Den den = new Den(folder, Shell.DASH)) {
            den.sh("echo old >conf; mkdir sub; echo one >one; ln one sub/two; ln one three");
            Facts old = den.facts();
            den.snapshot();
            den.apply(overlay(put("conf", "new\n")));
            den.sh("cp three copy; mv copy three");

            assertThat(den.rollBack()).isInstanceOf(Receipt.RolledBack.class);

            assertThat(den.facts()).isEqualTo(old);
        }
    }

    private Den immutable() throws IOException {
        onlyAsRoot();
        Den den = new Den(folder, Shell.DASH);
        den.sh("echo old >conf; echo fixed >fixed; chattr +i fixed");
        undo.add(new String[] {"chattr", "-i", den.root.resolve("fixed").toString()});
        return den;
    }

    @Test
    void a_socket_cannot_be_kept_and_is_named_before_anything_is_touched() throws IOException {
        try (Den den = new Den(folder, Shell.DASH);
                ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            den.write("conf", "old\n");
            socket.bind(UnixDomainSocketAddress.of(den.root.resolve("control")));
            Facts old = den.facts();

            assertRefused(den.snapshot(), Reason.NO_PERMISSION, "control");
            assertThat(den.facts()).isEqualTo(old);

            den.configured(List.of(), List.of("control"));
            comesBack(den, overlay(put("conf", "new\n")));
        }
    }

    @Test
    void ten_thousand_files_come_back() throws IOException {
        try (Den den = new Den(folder, Shell.DASH)) {
            den.sh("""
                    mkdir {0..99}; for d in {0..99}; do for f in {0..99}; do echo "$d $f" >"$d/$f"; done; done
                    """);
            List<Edit.Put> puts = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                puts.add(put(i + "/" + i, "changed\n"));
            }

            long start = System.nanoTime();
            comesBack(den, new Edit.Overlay(puts, List.of("7/1", "8/2")));

            System.out.printf(
                    "GuardFilesTest: 10,000 files kept, 102 changed and put back in %.1f s%n",
                    Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0);
        }
    }

    /// Each tool of the guard's own list is taken away in turn.
    @Test
    void every_tool_that_is_missing_is_named_before_anything_is_touched() throws IOException {
        List<String> optional = List.of("id", "getfattr", "patch");
        try (Den den = new Den(folder, Shell.DASH)) {
            den.write("conf", "old\n");
            Facts old = den.facts();
            Path bin = folder.resolve("bin");
            for (String tool : Rungs.TOOLS) {
                String real = RealSshd.exec("sh", "-c", "command -v " + tool).strip();
                Files.createSymbolicLink(bin.resolve(tool), Path.of(real));
            }
            den.set("PATH", bin + ":" + bin);

            for (String tool : Rungs.TOOLS) {
                Path place = bin.resolve(tool);
                Path real = Files.readSymbolicLink(place);
                Files.delete(place);
                if (!optional.contains(tool)) {
                    assertRefused(den.snapshot(), Reason.MISSING, " " + tool);
                }
                assertThat(den.facts()).isEqualTo(old);
                Files.createSymbolicLink(place, real);
            }
            comesBack(den, overlay(put("conf", "new\n")));
        }
    }

    /// The file system of both the configuration and the guard has so and so much room left when the change is
    /// applied: `-Dladder.stride=1` tries every 16 KiB up to where it fits.
    @Test
    void a_disk_that_gets_full_at_any_point_leaves_all_old_or_all_new() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime() & 0xffff);
        int stride = Math.min(8, Integer.getInteger("ladder.stride", 61));
        Path disk = Files.createDirectories(folder.resolve("disk"));
        try {
            RealSshd.exec("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString());
        } catch (IOException e) {
            RealSshd.missing("a tmpfs cannot be mounted here: " + e.getMessage());
        }
        undo.add(new String[] {"umount", "-l", disk.toString()});
        int refused = 0;
        int applied = 0;
        for (int room = new Random(seed).nextInt(stride); applied < 2; room += stride) {
            String label = room * 16 + " KiB of room, -Dseed=" + seed;
            try (Den den = new Den(disk.resolve("den" + room), Shell.DASH)) {
                den.sh("for i in 1 2 3 4; do head -c 100000 /dev/zero >file$i; done; echo old >conf");
                Facts old = den.facts();
                den.snapshot();
                Path filler = disk.resolve("filler");
                long free = Files.getFileStore(disk).getUsableSpace() - room * 16L * 1024;
                Files.write(filler, new byte[Math.toIntExact(Math.max(0, free))]);

                Receipt receipt =
                        den.apply(overlay(put("conf", "new\n"), put("file1", "y".repeat(100_000)), put("n/n", "n")));

                if (receipt instanceof Receipt.Applied) {
                    applied++;
                    assertThat(den.read("n/n")).as(label).isEqualTo("n");
                    assertThat(den.rollBack()).as(label).isInstanceOf(Receipt.RolledBack.class);
                } else {
                    refused++;
                    assertThat(receipt).as(label).isInstanceOfAny(Receipt.Refused.class, Receipt.RolledBack.class);
                }
                assertThat(den.facts()).as(label).isEqualTo(old);
                Files.delete(filler);
                RealSshd.exec("rm", "-rf", den.folder.toString());
            }
        }
        System.out.println("GuardFilesTest: " + refused + " disks too full, " + applied + " with room, -Dseed=" + seed);
        assertThat(refused).isPositive();
    }
}
