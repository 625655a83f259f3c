package barograph.api;

import static barograph.servers.RealConfigSlapd.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.Edit;
import barograph.form.Read;
import barograph.lease.Drift;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.lease.Receipt.Reason;
import barograph.lease.Receipt.State;
import barograph.probe.Probes;
import barograph.runner.Inspector.Sighting;
import barograph.secrets.Secrets;
import barograph.servers.Await;
import barograph.servers.RealConfigSlapd;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The `cn=config` of a real slapd, changed and put back over LDAP.
class ConfigGuardTest {
    @TempDir
    private Path folder;

    private final AtomicLong now = new AtomicLong();
    private final Ticks ticks = () -> new Ticks.Moment("a run of this machine", now.get());
    private RealConfigSlapd slapd;
    private ConfigSite site;
    private ApiGuards guards;

    @BeforeEach
    void start() throws IOException {
        slapd = RealConfigSlapd.in(folder.resolve("slapd"));
        site = new ConfigSite(folder, slapd.port());
        guards = ConfigSite.guards(folder, ticks);
    }

    @AfterEach
    void close() {
        if (slapd != null) {
            guards.close();
            slapd.close();
        }
    }

    @Test
    void access_that_lets_nobody_in_is_in_force_at_once_and_the_rollback_is_exact() {
        SortedMap<String, String> before = guards.files(site.server);
        assertThat(before).containsKeys("cn=config.ldif", DATABASE, "cn=config/cn=schema/cn={0}core.ldif");
        assertThat(site.snapshot(guards)).isInstanceOf(Receipt.Snapped.class);
        assertThat(accepted()).isTrue();

        assertThat(site.apply(guards, ConfigSite.edit(DATABASE, ConfigSite.ACCESS), ConfigSite.LEASE))
                .isInstanceOf(Receipt.Applied.class);
        assertThat(accepted()).isFalse();

        assertThat(site.rollBack(guards)).isInstanceOfSatisfying(Receipt.RolledBack.class, back -> {
            assertThat(back.byteExact()).isTrue();
            assertThat(back.healthy()).isTrue();
            assertThat(back.because()).isEqualTo("ordered");
            assertThat(back.keptAside()).isEmpty();
        });
        assertThat(guards.files(site.server)).isEqualTo(before);
        assertThat(accepted()).isTrue();
    }

    @Test
    void an_overlay_comes_and_goes_and_a_patch_fits_the_entry_as_it_is_told() {
        SortedMap<String, String> before = guards.files(site.server);
        site.snapshot(guards);
        Edit overlay = ConfigSite.edit("cn=config/olcDatabase={1}mdb/olcOverlay={0}memberof.ldif", """
                dn: olcOverlay={0}memberof,olcDatabase={1}mdb,cn=config
                objectClass: olcOverlayConfig
                objectClass: olcMemberOf
                olcOverlay: {0}memberof
                """);
        assertThat(site.apply(guards, overlay, ConfigSite.LEASE)).isInstanceOf(Receipt.Applied.class);
        assertThat(site.rollBack(guards))
                .isInstanceOfSatisfying(
                        Receipt.RolledBack.class,
                        back -> assertThat(back.byteExact()).isTrue());

        String patch = "--- a/cn=config.ldif\n+++ b/cn=config.ldif\n@@ -1,5 +1,6 @@\n"
                + " dn: cn=config\n objectClass: olcGlobal\n cn: config\n-olcLogLevel: stats\n+olcIdleTimeout: 300\n"
                + "+olcLogLevel: stats sync\n "
                + before.getOrDefault("cn=config.ldif", "").lines().toList().get(4) + "\n";
        site.snapshot(guards);
        Edit edit = ((Read.Good<Edit>) Edit.Patch.read("change.patch", patch.getBytes(StandardCharsets.UTF_8))).value();
        assertThat(site.apply(guards, edit, ConfigSite.LEASE)).isInstanceOf(Receipt.Applied.class);
        assertThat(guards.files(site.server).get("cn=config.ldif")).contains("olcIdleTimeout: 300", "stats sync");
        site.rollBack(guards);
        assertThat(guards.files(site.server)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cn=config/olcDatabase={1}mdb.ldif | '' | a database cannot be taken out",
                "cn=config/cn=schema/cn={3}inetorgperson.ldif | '' | does not take such an entry out",
                "cn=config/cn=module{0}.ldif | add: olcModuleLoad ; olcModuleLoad: {2}syncprov | does not unload a module",
                "cn=config/olcDatabase={0}config.ldif | replace: olcRootPW ; olcRootPW: hunter2 | lock itself out",
                "cn=config/olcDatabase={7}mdb.ldif | replace: olcSizeLimit ; olcSizeLimit: 1 | there is no such entry",
                "etc/slapd.conf | replace: a | is no entry of cn=config",
            })
    void what_could_not_be_taken_back_is_refused_before_anything_is_touched(String path, String text, String why) {
        SortedMap<String, String> before = guards.files(site.server);
        site.snapshot(guards);
        String dn = path.endsWith(".ldif") ? ConfigFiles.dn(path) : "cn=x";
        String change = text.isEmpty() ? "" : "dn: " + dn + "\nchangetype: modify\n" + text.replace(" ; ", "\n") + "\n";

        assertThat(site.apply(guards, ConfigSite.edit(path, change), ConfigSite.LEASE))
                .isInstanceOfSatisfying(Receipt.Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.UNFIT);
                    assertThat(refused.detail()).contains(path, why).doesNotContain("hunter2");
                });
        assertThat(guards.files(site.server)).isEqualTo(before);
    }

    @Test
    void what_slapd_itself_refuses_is_taken_back_at_once() {
        SortedMap<String, String> before = guards.files(site.server);
        site.snapshot(guards);
        String nonsense = ConfigSite.ACCESS.replace("by * read", "by nonsense");

        assertThat(site.apply(guards, ConfigSite.edit(DATABASE, nonsense), ConfigSite.LEASE))
                .isInstanceOfSatisfying(Receipt.RolledBack.class, back -> {
                    assertThat(back.byteExact()).isTrue();
                    assertThat(back.because()).contains("slapd", "olcDatabase={1}mdb", "olcAccess");
                });
        assertThat(guards.files(site.server)).isEqualTo(before);
    }

    @Test
    void somebody_elses_change_is_seen_refused_and_kept_aside() throws LDAPException, LDIFException {
        SortedMap<String, String> before = guards.files(site.server);
        ApiInspector inspector = new ApiInspector(folder.resolve("api"), new Secrets(folder));
        site.snapshot(guards);
        elsewhere("olcRootPW", "hunter2");
        assertThat(site.apply(guards, ConfigSite.edit(DATABASE, ConfigSite.ACCESS), ConfigSite.LEASE))
                .isInstanceOfSatisfying(
                        Receipt.Refused.class, no -> assertThat(no.reason()).isEqualTo(Reason.DRIFTED));
        assertThat(inspector.sinceSnapshot(site.server, ConfigSite.CHANGE))
                .isInstanceOfSatisfying(
                        Sighting.Seen.class,
                        seen -> assertThat(seen.drifts())
                                .singleElement()
                                .satisfies(drift -> assertThat(drift.diff())
                                        .contains("olcRootPW: (hidden)")
                                        .doesNotContain("hunter2")));
        elsewhere("olcRootPW", "root-pw");

        site.snapshot(guards);
        site.apply(guards, ConfigSite.edit(DATABASE, ConfigSite.ACCESS), ConfigSite.LEASE);
        elsewhere("olcSizeLimit", "7");

        assertThat(inspector.sinceApplied(site.server, ConfigSite.CHANGE, List.of(DATABASE), Optional.empty()))
                .isInstanceOfSatisfying(
                        Sighting.Seen.class,
                        seen -> assertThat(seen.drifts())
                                .extracting(Drift::path)
                                .containsExactly(DATABASE));
        assertThat(site.rollBack(guards)).isInstanceOfSatisfying(Receipt.RolledBack.class, back -> {
            assertThat(back.byteExact()).isTrue();
            assertThat(back.keptAside())
                    .singleElement()
                    .satisfies(kept -> assertThat(Path.of(kept)).content().contains("olcSizeLimit: 7"));
        });
        assertThat(guards.files(site.server)).isEqualTo(before);
    }

    /// slapd itself refuses a change of what is no longer as it was read.
    @Test
    void who_is_overtaken_between_reading_and_writing_changes_nothing() throws Exception {
        try (Door door = new Doors(new Secrets(folder)).open(site.server)) {
            Tree read = door.read();
            Tree wanted = Candidate.of(ConfigSite.edit(DATABASE, ConfigSite.ACCESS), read, door);
            elsewhere("olcAccess", "{0}to * by * none");

            assertThat(org.junit.jupiter.api.Assertions.assertThrows(
                                    Door.Trouble.class, () -> door.write(DATABASE, read, wanted))
                            .sort())
                    .isEqualTo(Door.Trouble.Sort.OVERTAKEN);
            assertThat(door.read().files().get(DATABASE)).contains("olcAccess: {0}to * by * none");
        }
    }

    private void elsewhere(String attribute, String value) throws LDAPException, LDIFException {
        try (LDAPConnection other = new LDAPConnection(
                "127.0.0.1", slapd.port(), RealConfigSlapd.CONFIG_DN, RealConfigSlapd.CONFIG_PASSWORD)) {
            other.modify(
                    "dn: olcDatabase={1}mdb,cn=config",
                    "changetype: modify", "replace: " + attribute, attribute + ": " + value);
        }
    }

    @Test
    void a_lease_that_nobody_renews_ends_while_the_controller_lives() {
        SortedMap<String, String> before = guards.files(site.server);
        ApiGuards living = ConfigSite.guards(folder, Ticks.ofMachine());
        site.snapshot(living);
        assertThat(site.apply(living, ConfigSite.edit(DATABASE, ConfigSite.ACCESS), Duration.ofSeconds(2)))
                .isInstanceOf(Receipt.Applied.class);

        Await.until(
                "the old configuration is back",
                Duration.ofSeconds(60),
                () -> guards.files(site.server).equals(before));
        living.close();
    }

    @Test
    void a_controller_that_comes_back_takes_a_lease_that_ran_out_back_at_once_and_keeps_one_that_runs() {
        SortedMap<String, String> before = guards.files(site.server);
        site.snapshot(guards);
        site.apply(guards, ConfigSite.edit(DATABASE, ConfigSite.ACCESS), Duration.ofSeconds(100));
        guards.close(); // as a controller that died: nobody watches any more

        now.set(9_000);
        guards = ConfigSite.guards(folder, ticks);
        assertThat(guards.recover(site.site.servers())).isEmpty();
        assertThat(guards.files(site.server)).isNotEqualTo(before);
        guards.close();

        now.set(10_001);
        guards = ConfigSite.guards(folder, ticks);
        assertThat(guards.recover(site.site.servers()))
                .containsExactly("slapd-1, change access: the old configuration is back (lease ended)");
        assertThat(guards.files(site.server)).isEqualTo(before);
        assertThat(guards.send(site.server, new Order.Renew(ConfigSite.CHANGE, ConfigSite.LEASE)))
                .isInstanceOfSatisfying(
                        Receipt.RolledBack.class,
                        back -> assertThat(back.because()).isEqualTo("lease ended"));
    }

    @Test
    void another_run_of_the_controllers_machine_ends_every_lease() {
        SortedMap<String, String> before = guards.files(site.server);
        site.snapshot(guards);
        site.apply(guards, ConfigSite.edit(DATABASE, ConfigSite.ACCESS), ConfigSite.LEASE);
        guards.close();

        guards = ConfigSite.guards(folder, () -> new Ticks.Moment("the next run", 0));

        assertThat(guards.send(site.server, new Order.Look(ConfigSite.CHANGE)))
                .isInstanceOfSatisfying(
                        Receipt.Standing.class, it -> assertThat(it.state()).isEqualTo(State.ROLLED_BACK));
        assertThat(guards.files(site.server)).isEqualTo(before);
    }

    @Test
    void a_server_that_is_down_is_unreachable_and_is_taken_back_when_it_answers() {
        SortedMap<String, String> before = guards.files(site.server);
        site.snapshot(guards);
        site.apply(guards, ConfigSite.edit(DATABASE, ConfigSite.ACCESS), ConfigSite.LEASE);
        slapd.control("stop");

        assertThat(site.rollBack(guards)).isInstanceOf(Receipt.Unreachable.class);

        slapd.control("start");
        assertThat(site.rollBack(guards))
                .isInstanceOfSatisfying(
                        Receipt.RolledBack.class,
                        back -> assertThat(back.byteExact()).isTrue());
        assertThat(guards.files(site.server)).isEqualTo(before);
    }

    private boolean accepted() {
        return new Probes(new Secrets(folder), Clock.systemUTC(), new Random(1))
                .probe(site.site.probes().getFirst(), site.server)
                .outcome()
                .accepted();
    }
}
