package barograph.guard;

import static barograph.guard.GuardScriptTest.assertRefused;
import static barograph.guard.GuardScriptTest.fillOddly;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.host.Await;
import barograph.host.RealSshd;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.lease.Receipt.Reason;
import barograph.lease.Receipt.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the guard has answered is still true after a power cut.
///
/// Configuration and guard are on an ext4 file system in an image, which writes nothing unasked for ten minutes. A
/// copy of the image at the moment of the answer is what a disk would hold if the power went then: it is mounted in the
/// place of the first, with another boot id.
final class GuardPowerCutTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    Den den;

    private Path disk() {
        return folder.resolve("disk");
    }

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(disk());
        Path image = folder.resolve("image");
        try {
            RealSshd.exec("truncate", "-s", "32M", image.toString());
            RealSshd.exec("mkfs.ext4", "-q", image.toString());
            mount(image);
        } catch (IOException e) {
            RealSshd.missing("an image of a disk cannot be mounted here: " + e.getMessage());
        }
        den = new Den(disk(), Shell.DASH);
        den.set("BAROGRAPH_BOOT_ID", "before");
        fillOddly(den);
        RealSshd.exec("sync", "-f", disk().toString());
    }

    @AfterEach
    void close() throws IOException {
        den.close();
        RealSshd.exec("sh", "-c", "umount -l '" + disk() + "'");
    }

    private void mount(Path image) throws IOException {
        RealSshd.exec(
                "mount", "-o", "loop,commit=600,noauto_da_alloc,data=writeback", image.toString(), disk().toString());
    }

    /// The host is without power, and then boots.
    private void cutThePower() throws IOException {
        Path found = folder.resolve("found");
        RealSshd.exec("cp", folder.resolve("image").toString(), found.toString());
        den.killAll();
        Await.that(Den.SOON, "the timer is gone", () -> GuardScriptTest.timers(den) == 0);
        RealSshd.exec("umount", "-l", disk().toString());
        mount(found);
        den.set("BAROGRAPH_BOOT_ID", "after");
        den.run(new byte[0], "boot");
    }

    @Test
    void a_confirmation_that_was_answered_stays_confirmed() throws IOException {
        den.snapshot();
        den.apply(GuardScriptTest.ODD);
        Facts changed = withoutTheStage();

        assertThat(den.send(new Order.Confirm(Den.CHANGE, Den.DIGEST))).isInstanceOf(Receipt.Confirmed.class);
        cutThePower();

        assertThat(den.look().state()).isEqualTo(State.CONFIRMED);
        assertThat(den.facts()).isEqualTo(changed);
    }

    /// The facts that the folder will have once the guard has tidied up.
    private Facts withoutTheStage() throws IOException {
        Path copy = folder.resolve("copy");
        RealSshd.exec("cp", "-a", den.root.toString(), copy.toString());
        RealSshd.exec("rm", "-rf", copy.resolve(".barograph-stage").toString());
        RealSshd.exec("touch", "-r", den.root.toString(), copy.toString());
        return Facts.of(copy);
    }

    @Test
    void a_change_that_nobody_confirmed_is_gone() throws IOException {
        Facts before = den.facts();
        den.snapshot();

        assertThat(den.apply(GuardScriptTest.ODD)).isInstanceOf(Receipt.Applied.class);
        // Somebody's file goes to the disk, and with it all names, but not what is in the files.
        RealSshd.exec("sync", Files.writeString(disk().resolve("other"), "x").toString());
        cutThePower();

        assertThat(den.look().state()).isEqualTo(State.ROLLED_BACK);
        assertThat(den.look().detail()).isEqualTo("reboot");
        assertThat(den.facts()).isEqualTo(before);
    }

    @Test
    void a_rollback_that_was_answered_is_not_done_again_over_what_a_hand_did_since() throws IOException {
        den.snapshot();
        den.apply(GuardScriptTest.ODD);
        assertThat(den.rollBack()).isInstanceOf(Receipt.RolledBack.class);
        Path byHand = den.write("conf", "by hand, and saved to the disk");
        RealSshd.exec("sync", byHand.toString());

        cutThePower();

        assertThat(den.read("conf")).isEqualTo("by hand, and saved to the disk");
        assertThat(den.look().state()).isEqualTo(State.ROLLED_BACK);
        assertThat(den.look().detail()).isEqualTo("ordered");
    }

    @Test
    void what_cannot_be_written_down_for_good_is_not_confirmed() throws IOException {
        den.snapshot();
        den.apply(GuardScriptTest.ODD);
        Path tools = Files.createDirectories(disk().resolve("bin"));
        RealSshd.exec(
                "sh",
                "-c",
                "printf '#!/bin/sh\\necho sync: Input/output error >&2\\nexit 1\\n' >'" + tools + "/sync'; chmod 755 '"
                        + tools + "/sync'");

        assertRefused(
                den.send(new Order.Confirm(Den.CHANGE, Den.DIGEST)), Reason.NO_TIMER, "for good", "Input/output error");

        assertThat(den.look().state()).isEqualTo(State.APPLIED);
    }
}
