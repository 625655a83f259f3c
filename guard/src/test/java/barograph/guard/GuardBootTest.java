package barograph.guard;

import static barograph.guard.GuardScriptTest.ODD;
import static barograph.guard.GuardScriptTest.assertRefused;
import static barograph.guard.GuardScriptTest.fillOddly;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.host.Await;
import barograph.host.RealSshd;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.lease.Receipt.Reason;
import barograph.lease.Receipt.State;
import barograph.site.BootHook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A host that loses its power with a lease open is back on its old configuration once it has booted, with nobody
/// around: the hook that the guard has put in place is run, and nothing else.
final class GuardBootTest {
    private static final String SYSTEMD = "mkdir -p /run/systemd/system";

    /// Does what systemd would do with the units at boot.
    private static final String SYSTEMD_BOOTS = SYSTEMD + """

            for unit in /etc/systemd/system/multi-user.target.wants/*.service; do
              [ -f "$(sed -n 's/^ConditionPathExists=//p' "$unit")" ] || continue
              env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin "$(sed -n 's/^Environment=//p' "$unit")" \\
                $(sed -n 's/^ExecStart=//p' "$unit")
            done
            """;

    private static final String CRON = "/usr/sbin/cron";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    Den den;

    @BeforeEach
    void open() throws IOException {
        den = new Den(folder.resolve("den"), Shell.DASH);
        den.hooked(new BootHook.Usual());
        fillOddly(den);
    }

    @AfterEach
    void close() {
        den.close();
    }

    private Receipt.Snapped snapped() throws IOException {
        return (Receipt.Snapped) den.snapshot();
    }

    private void losesPowerUnderALease(String before, String after, String hook) throws IOException {
        Facts old = den.facts();
        try (Boots host = new Boots(folder, before)) {
            host.boot(den);
            assertThat(snapped().bootHook())
                    .hasValueSatisfying(by -> assertThat(by).startsWith(hook));
            assertThat(den.apply(ODD)).isInstanceOf(Receipt.Applied.class);
            host.losePower();
        }
        assertThat(den.facts()).isNotEqualTo(old);

        try (Boots host = new Boots(folder, after)) {
            host.boot(den);

            Await.that(Den.SOON, "the old files are back", () -> den.facts().equals(old));
            den.awaitRolledBack();
            assertThat(den.look().detail()).isEqualTo("reboot");
        }
    }

    @Test
    void a_systemd_unit_puts_everything_back() throws IOException {
        losesPowerUnderALease(SYSTEMD, SYSTEMD_BOOTS, "systemd unit barograph-");
    }

    @Test
    void a_line_in_the_crontab_puts_everything_back() throws IOException {
        if (!Files.isExecutable(Path.of(CRON))) {
            RealSshd.missing("cron is not installed");
        }
        losesPowerUnderALease(CRON, CRON, "cron @reboot");
    }

    @Test
    void a_unit_is_one_that_systemd_takes() throws IOException {
        try (Boots host = new Boots(folder, SYSTEMD)) {
            host.boot(den);
            den.snapshot();
            assertThat(folder.resolve("systemd")).isEmptyDirectory();
            den.apply(ODD);
            den.send(new Order.Confirm(Den.CHANGE, Den.DIGEST));
        }

        try (var files = Files.list(folder.resolve("systemd"))) {
            Path unit = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            assertThat(folder.resolve("systemd/multi-user.target.wants").resolve(unit.getFileName()))
                    .hasSameTextualContentAs(unit);
            if (!Files.isExecutable(Path.of("/usr/bin/systemd-analyze"))) {
                RealSshd.missing("systemd-analyze is not installed");
            }
            assertThat(RealSshd.exec("sh", "-c", "systemd-analyze verify '" + unit + "' 2>&1"))
                    .doesNotContain(unit.getFileName().toString());
        }
    }

    @Test
    void a_crontab_keeps_its_other_lines_and_gets_one() throws IOException {
        if (!Files.isExecutable(Path.of(CRON))) {
            RealSshd.missing("cron is not installed");
        }
        try (Boots host = new Boots(folder, "printf '# mine\\n1 2 3 4 5 true\\n' | crontab -\n" + CRON)) {
            host.boot(den);
            for (int times = 0; times < 3; times++) {
                den.snapshot();
                assertThat(den.apply(ODD)).isInstanceOf(Receipt.Applied.class);
                den.rollBack();
            }
        }

        assertThat(Files.readString(folder.resolve("crontabs/root")).lines().filter(line -> line.matches("[#1@].*")))
                .endsWith(
                        "# mine",
                        "1 2 3 4 5 true",
                        "@reboot [ ! -f " + den.folder + "/guard.sh ] || BAROGRAPH_STATE="
                                + den.state
                                + " PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin /bin/sh "
                                + den.folder + "/guard.sh boot")
                .filteredOn(line -> line.startsWith("@reboot"))
                .hasSize(1);
    }

    @Test
    void a_host_where_nothing_would_call_the_guard_is_not_armed_unless_the_site_accepts_it() throws IOException {
        Facts old = den.facts();
        try (Boots host = new Boots(folder, "true")) {
            host.boot(den);
            assertThat(snapped().bootHook()).isEmpty();

            assertRefused(den.apply(ODD), Reason.NO_TIMER, "after a reboot", "cron");

            assertThat(den.facts()).isEqualTo(old);
            assertThat(den.look().state()).isEqualTo(State.SNAPPED);
            den.hooked(new BootHook.None());
            assertThat(den.apply(ODD)).isInstanceOf(Receipt.Applied.class);
            den.rollBack();
        }
    }

    @Test
    void a_folder_that_a_reboot_empties_is_no_place_for_a_hook() throws IOException {
        try (Boots host =
                new Boots(folder, SYSTEMD + "\nmkdir -p \"$0/den/state\"\nmount -t tmpfs t \"$0/den/state\"")) {
            host.boot(den);
            assertThat(snapped().bootHook()).isEmpty();

            assertRefused(den.apply(ODD), Reason.NO_TIMER, "does not outlive a reboot");
        }
    }

    @Test
    void a_command_of_the_sites_own_can_be_the_hook() throws IOException {
        den.hooked(new BootHook.Own("echo \"$VERB $GUARD\" >>'" + folder + "/hooked'; echo 'runit service'"));

        assertThat(snapped().bootHook()).isEqualTo(Optional.of("runit service"));
        assertThat(den.apply(ODD)).isInstanceOf(Receipt.Applied.class);

        assertThat(folder.resolve("hooked"))
                .hasContent("snapshot " + den.folder + "/guard.sh\napply " + den.folder + "/guard.sh");
    }

    @Test
    void the_hook_is_clean_for_shellcheck() throws IOException {
        if (!Files.isExecutable(Path.of("/usr/bin/shellcheck"))) {
            RealSshd.missing("shellcheck is not installed");
        }
        Path script = Files.write(folder.resolve("hook.sh"), Scripts.read("boot-hook.sh"));

        assertThat(RealSshd.exec("shellcheck", "--shell=sh", script.toString())).isEmpty();
    }
}
