package barograph.servers;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.Change;
import barograph.change.ChangeId;
import barograph.change.ChangeRequest;
import barograph.change.Edit;
import barograph.change.EditSource;
import barograph.expectations.Expectation;
import barograph.expectations.Finding;
import barograph.guard.ShellGuards;
import barograph.host.Hosts;
import barograph.host.SshAccess;
import barograph.lease.Order.Activation;
import barograph.probe.Probes;
import barograph.rehearsal.Report;
import barograph.runner.Rehearser;
import barograph.runner.Replays;
import barograph.secrets.Secrets;
import barograph.site.At;
import barograph.site.Config;
import barograph.site.PersonId;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec;
import barograph.site.ProbeSpec.Expect;
import barograph.site.Secret;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Stage;
import barograph.site.WatchRules;
import barograph.site.WatchRules.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole rehearsals on Debian's FreeRADIUS, by the real guard.
class RehearsalOnRealServersTest {
    private static final String USERS = "mods-config/files/authorize";
    private static final ProbeId STAFF = new ProbeId("staff");

    @TempDir
    private Path folder;

    private RealFreeRadius radius;
    private Hosts hosts;
    private int rehearsals;

    @BeforeEach
    void start() {
        radius = RealFreeRadius.in(folder.resolve("radius")).started();
        hosts = new Hosts(SshAccess.ofUser(folder, Map.of()));
    }

    @AfterEach
    void stop() {
        if (radius != null) {
            radius.close();
        }
        if (hosts != null) {
            hosts.close();
        }
    }

    @Test
    void an_address_that_a_reload_does_not_take_over_sleeps_until_the_restart() throws IOException {
        String site = Files.readString(radius.root().resolve("sites-available/default"));

        Report report = rehearse(
                "sites-available/default",
                site.replace("port = ${login_port}", "port = " + DebianServer.freeUdpPort()),
                Activation.RELOAD,
                Map.of());

        assertThat(report.byteExact()).as(report.toString()).isTrue();
        assertThat(report.passed()).as(report.toString()).isFalse();
        assertThat(report.sleeps() || report.trouble().contains("sleeps until the next restart"))
                .as(report.toString())
                .isTrue();
    }

    @Test
    void a_new_attribute_is_seen_at_once_and_met_and_the_old_one_again_would_alter_nothing() throws IOException {
        String users = Files.readString(radius.root().resolve(USERS));

        Report change = rehearse(
                USERS,
                users.replace("Session-Timeout := 3600", "Session-Timeout := 60"),
                Activation.RELOAD,
                Map.of("Session-Timeout", "60"));
        Report comment = rehearse(USERS, "# by Acme\n" + users, Activation.RELOAD, Map.of("Session-Timeout", "3600"));

        assertThat(change.passed()).as(change.toString()).isTrue();
        assertThat(change.findings()).containsExactly(new Finding.Met(STAFF));
        assertThat(change.differences())
                .singleElement()
                .matches(difference -> difference.before().equals("Session-Timeout 3600")
                        && difference.after().equals("Session-Timeout 60"));
        assertThat(change.extent().orElseThrow().restarted()).isTrue();
        assertThat(comment.findings()).containsExactly(new Finding.Already(STAFF));
        assertThat(comment.differences()).as(comment.toString()).isEmpty();
    }

    @Test
    void replayed_people_that_the_change_forgets_are_counted() throws IOException {
        String users = Files.readString(radius.root().resolve(USERS));

        Report report =
                rehearse(USERS, users.replaceFirst("(?s)bob Cleartext.*?guest\"\n", ""), Activation.RELOAD, Map.of());

        assertThat(report.passed()).as(report.toString()).isFalse();
        assertThat(report.replayed()).singleElement().satisfies(people -> {
            assertThat(people.logins()).isEqualTo(2);
            assertThat(people.worse()).isEqualTo(1);
        });
        assertThat(report.toString()).doesNotContain("bob", "alice");
    }

    private Report rehearse(String path, String text, Activation how, Map<String, String> expected) {
        List<Expectation> expectations =
                expected.isEmpty() ? List.of() : List.of(new Expectation(STAFF, expected, Optional.empty()));
        Change change = Change.of(
                new ChangeRequest(
                        new ChangeId("edit"),
                        "Title",
                        PersonId.of("acme/dana"),
                        "because",
                        List.of(),
                        List.of(new ServerId("radius-backup")),
                        new EditSource.Overlay(Optional.of("files"), List.of()),
                        expectations,
                        Optional.empty(),
                        Duration.ofSeconds(60),
                        rules()),
                new Edit.Overlay(List.of(new Edit.Put(path, 0640, text.getBytes(StandardCharsets.UTF_8))), List.of()));
        Probes probes = new Probes(new Secrets(folder), InstantSource.system(), new SecureRandom());
        Replays people =
                _ -> List.of(new Replays.Batch("people", List.of(login("alice", "alice"), login("bob", "bob")), ""));
        return new Rehearser(new ShellGuards(hosts, folder.resolve("guard").toString()), probes, people)
                .rehearse(
                        server(),
                        new ChangeId("edit.rehearsal-" + ++rehearsals),
                        change,
                        how,
                        List.of(login("staff", "probe")));
    }

    private static ProbeSpec login(String id, String user) {
        return new ProbeSpec(
                new ProbeId(id),
                "radius-pap",
                user,
                new Secret.Plain(user + "-pw"),
                Optional.of("staff"),
                Expect.ACCEPT,
                Duration.ofSeconds(4),
                Map.of("secret", new Secret.Plain(RealFreeRadius.SECRET)));
    }

    private Server server() {
        return new Server(
                new ServerId("radius-backup"),
                "files",
                new At.Local(),
                Stage.BACKUP,
                "127.0.0.1",
                radius.port(),
                new Config(radius.root().toString(), List.of(), List.of()),
                radius.commands(),
                Optional.empty(),
                List.of("radius-*"),
                List.of());
    }

    private static WatchRules rules() {
        return new WatchRules(
                Duration.ofSeconds(3),
                Duration.ofSeconds(90),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                0.01,
                0.1,
                Duration.ofSeconds(30),
                Policy.ROLL_BACK,
                Policy.ROLL_BACK,
                Duration.ofSeconds(2));
    }
}
