package barograph.guard;

import static barograph.guard.GuardScriptTest.overlay;
import static barograph.guard.GuardScriptTest.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import barograph.change.Edit;
import barograph.host.Await;
import barograph.kinds.Kinds;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.servers.DebianServer;
import barograph.site.BootHook;
import barograph.site.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is on the disk is not what runs: Debian's own servers, with the kinds' own commands, on a host of their own.
final class GuardEffectTest {
    private static final String USERS = "mods-config/files/authorize";
    private static final String SITE = "sites-available/default";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Optional<Boots> booted = Optional.empty();

    @SuppressWarnings("NullAway.Init")
    Den den;

    private Boots boot(String kind, String run) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        den = new Den(folder.resolve("den"), Shell.DASH);
        den.commanded(usual(kind, Optional.empty()));
        den.sh("cp -a " + (kind.equals("freeradius") ? "/etc/freeradius/3.0/." : "/etc/ldap/.") + " .");
        Boots host = new Boots(folder, run);
        booted = Optional.of(host);
        host.boot(den);
        return host;
    }

    /// The kind's commands, without a boot hook and perhaps with another restart.
    private static Commands usual(String kind, Optional<String> restart) {
        Commands usual = Objects.requireNonNull(Kinds.builtIn().get(kind)).commands();
        return new Commands(
                usual.validate(),
                usual.reload(),
                usual.reloadCovers(),
                usual.reloadGap(),
                restart.or(usual::restart),
                usual.health(),
                usual.loaded(),
                new BootHook.None(),
                usual.limit());
    }

    @AfterEach
    void close() {
        booted.ifPresent(host -> {
            host.close();
            den.close();
        });
    }

    private Boots radius() throws IOException {
        DebianServer.require("/usr/sbin/freeradius", "freeradius");
        DebianServer.require("/usr/bin/radtest", "freeradius-utils");
        Boots host = boot("freeradius", """
                mount --bind "$0/den/etc/server" /etc/freeradius/3.0
                mount -t tmpfs tmpfs /var/log/freeradius
                chown freerad:freerad /var/log/freeradius
                echo 'bob Cleartext-Password := "old"' >/etc/freeradius/3.0/mods-config/files/authorize
                """);
        host.sh("service freeradius start");
        return host;
    }

    private static void awaitSeconds(int seconds) {
        long start = System.nanoTime();
        Await.that(Den.SOON, "time has passed", () -> System.nanoTime() - start > seconds * 1_000_000_000L);
    }

    private static boolean logsIn(Boots host, String password) throws IOException {
        return host.sh("radtest bob " + password + " 127.0.0.1 0 testing123 2>&1 || true")
                .contains("Received Access-Accept");
    }

    private static Edit password(String text) {
        return overlay(put(USERS, "bob Cleartext-Password := \"" + text + "\"\n"));
    }

    private Receipt change(Edit edit) throws IOException {
        den.snapshot();
        return den.apply(edit);
    }

    private static Receipt.RolledBack rolledBack(Receipt receipt) {
        return receipt instanceof Receipt.RolledBack back ? back : fail("not rolled back: " + receipt);
    }

    @Test
    void users_that_freeradius_takes_over_are_in_force() throws IOException {
        Boots host = radius();
        awaitSeconds(7);

        assertThat(change(password("new"))).isInstanceOf(Receipt.Applied.class);

        assertThat(logsIn(host, "new")).isTrue();
        assertThat(logsIn(host, "old")).isFalse();
        assertThat(rolledBack(den.rollBack()).healthy()).isTrue();
        assertThat(logsIn(host, "old")).isTrue();
    }

    /// Within seconds of its start FreeRADIUS may say that it has seen new files, and load none of them.
    @Test
    void soon_after_a_start_of_freeradius_the_answer_is_what_logins_say() throws IOException {
        Boots host = radius();

        Receipt receipt = change(password("new"));

        assertThat(logsIn(host, "new")).isEqualTo(receipt instanceof Receipt.Applied);
        assertThat(logsIn(host, "old")).isEqualTo(receipt instanceof Receipt.RolledBack);
    }

    @Test
    void a_reload_that_freeradius_ignores_so_soon_after_another_is_rolled_back() throws IOException {
        Boots host = radius();
        String reload = den.commands().reload().orElseThrow();
        den.reloads("kill -HUP $(cat /run/freeradius/freeradius.pid); sleep 0.5; " + reload, Duration.ZERO);

        Receipt.RolledBack back = rolledBack(change(password("new")));

        assertThat(back.because()).contains("Ignoring HUP (less than 5s since last one)");
        assertThat(back.healthy()).isTrue();
        assertThat(logsIn(host, "old")).isTrue();
    }

    @Test
    void users_that_freeradius_overlooks_after_a_change_of_a_site_are_rolled_back() throws IOException {
        Boots host = radius();
        awaitSeconds(7);
        assertThat(change(overlay(put(SITE, den.read(SITE) + "# one more line\n"))))
                .isInstanceOf(Receipt.Applied.class);
        den.send(new Order.Confirm(Den.CHANGE, Den.DIGEST));

        Receipt.RolledBack back = rolledBack(change(password("new")));

        assertThat(back.because()).contains("HUP - No files changed");
        assertThat(back.healthy()).isTrue();
        assertThat(logsIn(host, "old")).isTrue();
    }

    @Test
    void a_restart_that_did_not_happen_is_rolled_back() throws IOException {
        DebianServer.require("/usr/sbin/slapd", "slapd");
        Boots host = boot("slapd", """
                mount --bind "$0/den/etc/server" /etc/ldap
                mkdir /run/slapd /run/data
                rm -rf /etc/ldap/slapd.d
                {
                  echo include /etc/ldap/schema/core.schema
                  echo pidfile /run/slapd/slapd.pid
                  echo modulepath /usr/lib/ldap
                  echo moduleload back_mdb
                  echo database mdb
                  echo suffix dc=example
                  echo directory /run/data
                } >/etc/ldap/slapd.conf
                """);
        String starts = "slapd -f /etc/ldap/slapd.conf -h ldap://127.0.0.1:1812/";
        host.sh(starts);
        Edit edit = overlay(put("slapd.conf", den.read("slapd.conf") + "sizelimit 7\n"));

        den.commanded(usual("slapd", Optional.of("true")));
        Receipt.RolledBack back = rolledBack(change(edit));
        assertThat(back.because()).contains("the files were not taken over", "runs on with what it had read before");
        assertThat(back.healthy()).isFalse();

        den.commanded(usual(
                "slapd",
                Optional.of("kill $(cat /run/slapd/slapd.pid); while [ -e /run/slapd/slapd.pid ]; do sleep 0.1; done; "
                        + starts)));
        assertThat(change(edit)).isInstanceOf(Receipt.Applied.class);
        assertThat(rolledBack(den.rollBack()).healthy()).isTrue();
    }
}
