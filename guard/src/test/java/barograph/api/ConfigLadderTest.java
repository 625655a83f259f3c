package barograph.api;

import static barograph.servers.RealConfigSlapd.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.Edit;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.servers.Cutter;
import barograph.servers.RealConfigSlapd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The controller is struck at one message to slapd after the other; another one goes on from what lies on the disk.
class ConfigLadderTest {
    private static final Edit EDIT = new Edit.Overlay(
            List.of(
                    put(DATABASE, ConfigSite.ACCESS),
                    put(
                            "cn=config.ldif",
                            "dn: cn=config\nchangetype: modify\nreplace: olcIdleTimeout\nolcIdleTimeout: 300\n"),
                    put("cn=config/olcDatabase={1}mdb/olcOverlay={0}memberof.ldif", """
                            dn: olcOverlay={0}memberof,olcDatabase={1}mdb,cn=config
                            objectClass: olcOverlayConfig
                            objectClass: olcMemberOf
                            olcOverlay: {0}memberof
                            """)),
            List.of());

    @TempDir
    private Path folder;

    private RealConfigSlapd slapd;
    private Cutter cutter;
    private ConfigSite site;

    private static Edit.Put put(String path, String text) {
        return new Edit.Put(path, 0640, text.getBytes(StandardCharsets.UTF_8));
    }

    @BeforeEach
    void start() throws IOException {
        slapd = RealConfigSlapd.in(folder.resolve("slapd"));
        cutter = new Cutter(slapd.port());
        site = new ConfigSite(folder, cutter.port());
    }

    @AfterEach
    void close() throws IOException {
        if (slapd != null) {
            cutter.close();
            slapd.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void struck_at_any_message_of_an_apply_it_goes_back_and_of_a_rollback_it_ends_it(Cutter.Blow blow) {
        SortedMap<String, String> before = guards().files(site.server);
        int applying = apply(Integer.MAX_VALUE, blow);
        int goingBack = rollBack(Integer.MAX_VALUE, blow);
        assertThat(applying).isGreaterThan(8);
        assertThat(goingBack).isGreaterThan(6);
        for (int message = 1; message <= applying; message++) {
            apply(message, blow);
            cutter.whole();
            resumed(before, "apply, message " + message);
        }
        for (int message = 1; message <= goingBack; message++) {
            apply(Integer.MAX_VALUE, blow);
            rollBack(message, blow);
            cutter.whole();
            resumed(before, "rollback, message " + message);
        }
        System.out.println(
                "cn=config: " + applying + " messages of an apply and " + goingBack + " of a rollback, each " + blow);
    }

    /// A controller of its own, gone afterwards.
    private ApiGuards guards() {
        return ConfigSite.guards(folder, Ticks.ofMachine());
    }

    /// @return how many messages it took
    private int apply(int cutAt, Cutter.Blow blow) {
        try (ApiGuards guards = guards()) {
            cutter.whole();
            assertThat(site.snapshot(guards)).isInstanceOf(Receipt.Snapped.class);
            cutter.cutAt(cutAt, blow);
            Receipt receipt = site.apply(guards, EDIT, ConfigSite.LEASE);
            assertThat(receipt).isInstanceOfAny(Receipt.Applied.class, Receipt.Unreachable.class);
            return cutter.messages();
        }
    }

    private int rollBack(int cutAt, Cutter.Blow blow) {
        try (ApiGuards guards = guards()) {
            cutter.cutAt(cutAt, blow);
            Receipt receipt = site.rollBack(guards);
            assertThat(receipt).isInstanceOfAny(Receipt.RolledBack.class, Receipt.Unreachable.class);
            return cutter.messages();
        }
    }

    /// Whatever lies there, one order to another controller brings it to an end.
    private void resumed(SortedMap<String, String> before, String what) {
        try (ApiGuards guards = guards()) {
            Receipt receipt = guards.send(site.server, new Order.RollBack(ConfigSite.CHANGE));
            assertThat(receipt).as(what).isInstanceOfSatisfying(Receipt.RolledBack.class, back -> {
                assertThat(back.byteExact()).as(what).isTrue();
                assertThat(back.keptAside())
                        .as(what + ": nothing was anybody else's")
                        .isEmpty();
            });
            assertThat(guards.files(site.server)).as(what).isEqualTo(before);
        }
    }

    @Test
    void a_controller_process_that_is_killed_is_followed_by_one_that_takes_the_change_back() throws Exception {
        SortedMap<String, String> before = guards().files(site.server);
        int messages = apply(Integer.MAX_VALUE, Cutter.Blow.NEVER_SENT);
        cutter.whole();
        resumed(before, "whole");
        site.snapshot(guards());
        cutter.cutAt(messages - 2, Cutter.Blow.NEVER_ANSWERED);

        Process controller = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ConfigLadderTest.class.getName(),
                        folder.toString(),
                        Integer.toString(cutter.port()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("controller.out").toFile())
                .start();
        barograph.servers.Await.until(
                "the controller has sent all but the last of its messages",
                java.time.Duration.ofMinutes(2),
                () -> cutter.messages() >= messages - 2);
        controller.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
        cutter.whole();

        try (ApiGuards next = guards()) {
            assertThat(next.recover(site.site.servers()))
                    .singleElement()
                    .asString()
                    .contains("slapd-1, change access", "the old configuration is back");
            assertThat(next.files(site.server)).isEqualTo(before);
        }
    }

    /// The controller that is killed: it applies, and is never told to end.
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        ConfigSite site = new ConfigSite(folder, Integer.parseInt(args[1]));
        site.apply(ConfigSite.guards(folder, Ticks.ofMachine()), EDIT, ConfigSite.LEASE);
        java.util.concurrent.locks.LockSupport.park();
    }
}
