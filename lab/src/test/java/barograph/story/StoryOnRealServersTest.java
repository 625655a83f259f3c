package barograph.story;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.cli.Workplace;
import barograph.host.RealSshd;
import barograph.host.SshAccess;
import barograph.lease.Receipt;
import barograph.rollout.Ending;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.servers.Await;
import barograph.servers.RealFreeRadius;
import barograph.servers.RealSlapd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One change, end to end, on Debian's own FreeRADIUS and slapd, with logins by Debian's own clients.
class StoryOnRealServersTest {
    private static final int PEOPLE = 24;
    private static final String NO_AGENT = "/nonexistent/known_hosts";

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void real_clients_are_there() {
        barograph.servers.DebianServer.require("/usr/bin/radclient", "freeradius-utils");
        barograph.servers.DebianServer.require("/usr/bin/ldapwhoami", "ldap-utils");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @Test
    void a_realm_stripping_mistake_is_caught_on_the_canary_and_rolled_back_to_the_byte() throws Exception {
        radius_story("local", noSsh());
    }

    @Test
    void the_same_over_a_real_ssh_server() throws Exception {
        RealSshd sshd = keep(RealSshd.start(Files.createDirectories(folder.resolve("ssh"))));

        radius_story(sshd.at().toString(), sshd.access());
    }

    private void radius_story(String at, SshAccess access) throws Exception {
        List<RealFreeRadius> radius = radius();
        Workplace workplace = keep(radiusSite(radius, at).open(RADIUS_PROBE, access));
        List<String> before = look(radius.stream().map(RealFreeRadius::root).toList());
        keep(radiusTraffic(radius));
        learned(radius.get(1).log(), "Login OK");

        List<Happening> history =
                RealSite.carry(workplace, new RealSite(folder).change("nostrip", "proxy.conf", proxy("nostrip")));

        assertThat(RealSite.all(history, Event.Weighed.class))
                .as(told(history))
                .anyMatch(weighed -> weighed.verdict().word().equals("HARMFUL"));
        assertThat(applied(history)).as(told(history)).containsExactly("radius-1");
        assertThat(ended(history)).as(told(history)).isEqualTo(Ending.ROLLED_BACK);
        assertThat(look(radius.stream().map(RealFreeRadius::root).toList())).isEqualTo(before);
    }

    @Test
    void a_comment_only_change_is_confirmed() throws Exception {
        List<RealFreeRadius> radius = radius();
        Workplace workplace = keep(radiusSite(radius, "local").open(RADIUS_PROBE, noSsh()));
        keep(radiusTraffic(radius));
        learned(radius.get(1).log(), "Login OK");

        List<Happening> history = RealSite.carry(
                workplace, new RealSite(folder).change("comment", "proxy.conf", "# Asked for by Acme.\n" + proxy("")));

        assertThat(ended(history)).as(told(history)).isEqualTo(Ending.CONFIRMED);
        assertThat(applied(history)).containsExactly("radius-1", "radius-2");
        assertThat(radius.get(2).root().resolve("proxy.conf")).content().startsWith("# Asked for by Acme.");
    }

    @Test
    void an_access_mistake_in_slapd_is_caught_on_the_canary_and_rolled_back_to_the_byte() throws Exception {
        List<RealSlapd> slapd = new ArrayList<>();
        RealSite site = new RealSite(folder);
        for (String name : List.of("slapd-backup", "slapd-1", "slapd-2")) {
            RealSlapd server = keep(people(RealSlapd.in(folder.resolve(name))).started());
            site.server(
                    name, stage(name), "local", server.port(), server.root(), server.log(), "slapd", server.commands());
            slapd.add(server);
        }
        Workplace workplace = keep(site.open("""
                  staff: { via: ldap-bind, user: "uid=probe,ou=people,dc=example,dc=org", password: "not it", expect: reject }
                """, noSsh()));
        List<String> before = look(slapd.stream().map(RealSlapd::root).toList());
        keep(new Traffic(
                PEOPLE,
                2,
                11,
                visit -> List.of(
                        "ldapwhoami",
                        "-x",
                        "-H",
                        "ldap://127.0.0.1:" + slapd.get(visit.server() + 1).port(),
                        "-D",
                        "uid=person" + visit.person() + ",ou=people,dc=example,dc=org",
                        "-y",
                        Traffic.file(visit.scratch(), "person" + visit.person() + "-pw")
                                .toString()),
                folder.resolve("clients")));
        learned(slapd.get(1).log(), "RESULT tag=97 err=0");

        List<Happening> history = RealSite.carry(
                workplace,
                new RealSite(folder)
                        .change(
                                "access",
                                "access.conf",
                                "access to attrs=userPassword by self write by * none\naccess to * by * read\n"));

        assertThat(RealSite.all(history, Event.Weighed.class))
                .as(told(history))
                .anyMatch(weighed -> weighed.verdict().word().equals("HARMFUL"));
        assertThat(applied(history)).as(told(history)).containsExactly("slapd-1");
        assertThat(ended(history)).as(told(history)).isEqualTo(Ending.ROLLED_BACK);
        assertThat(look(slapd.stream().map(RealSlapd::root).toList())).isEqualTo(before);
    }

    private static final String RADIUS_PROBE = """
              staff: { via: radius-pap, user: probe@acme.example, password: "file:probe-password", secret: "file:radius-secret", expect: accept }
            """;

    /// A backup and two production servers, all of which look people up in one directory.
    private List<RealFreeRadius> radius() throws IOException {
        RealSlapd directory =
                keep(people(RealSlapd.in(folder.resolve("directory"))).started());
        Files.writeString(folder.resolve("probe-password"), "probe-pw\n");
        Files.writeString(folder.resolve("radius-secret"), RealFreeRadius.SECRET + "\n");
        List<RealFreeRadius> all = new ArrayList<>();
        for (String name : List.of("radius-backup", "radius-1", "radius-2")) {
            RealFreeRadius radius = RealFreeRadius.in(folder.resolve(name)).authenticatingAgainst(directory);
            Files.writeString(radius.root().resolve("proxy.conf"), proxy(""));
            edit(radius.root().resolve("sites-available/default"), "preprocess", "preprocess\n        suffix");
            edit(
                    radius.root().resolve("mods-available/ldap"),
                    "%{User-Name}",
                    "%{%{Stripped-User-Name}:-%{User-Name}}");
            all.add(keep(radius.started()));
        }
        return all;
    }

    private static String proxy(String strip) {
        return "proxy server {\n}\nrealm acme.example {\n    " + strip + "\n}\n";
    }

    private static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private RealSite radiusSite(List<RealFreeRadius> radius, String at) {
        RealSite site = new RealSite(folder);
        List<String> names = List.of("radius-backup", "radius-1", "radius-2");
        for (int i = 0; i < names.size(); i++) {
            RealFreeRadius server = radius.get(i);
            site.server(
                    names.get(i),
                    stage(names.get(i)),
                    at,
                    server.port(),
                    server.root(),
                    server.log(),
                    "freeradius",
                    server.commands());
        }
        return site;
    }

    private Traffic radiusTraffic(List<RealFreeRadius> radius) {
        return new Traffic(
                PEOPLE,
                2,
                7,
                visit -> List.of(
                        "radclient",
                        "-q",
                        "-r",
                        "1",
                        "-t",
                        "3",
                        "-f",
                        Traffic.file(
                                        visit.scratch(),
                                        "User-Name = \"person%d@acme.example\"\nUser-Password = \"person%d-pw\"\nCalling-Station-Id = \"device-%d\"\n"
                                                .formatted(visit.person(), visit.person(), visit.person()))
                                .toString(),
                        "127.0.0.1:" + radius.get(visit.server() + 1).port(),
                        "auth",
                        RealFreeRadius.SECRET),
                folder.resolve("clients"));
    }

    /// Two dozen more people, all of them staff.
    private static RealSlapd people(RealSlapd slapd) throws IOException {
        Path data = slapd.root().resolveSibling("data.ldif");
        String text = Files.readString(data);
        StringBuilder members = new StringBuilder("cn: staff\n");
        StringBuilder people = new StringBuilder();
        for (int i = 0; i < PEOPLE; i++) {
            people.append(RealSlapd.person("person" + i, "staff"));
            members.append("member: uid=person").append(i).append(",ou=people,dc=example,dc=org\n");
        }
        int groups = text.indexOf("dn: cn=staff");
        Files.writeString(
                data,
                text.substring(0, groups)
                        + people
                        + text.substring(groups).replaceFirst("cn: staff\n", members.toString()));
        return slapd;
    }

    private static String stage(String name) {
        return name.endsWith("backup") ? "backup" : name.endsWith("1") ? "canary" : "rest";
    }

    /// Waits until a server has seen enough logins to know what is normal.
    private static void learned(Path log, String login) {
        Await.until("logins to learn from in " + log, Duration.ofSeconds(60), () -> {
            try {
                return Files.readString(log).split(login, -1).length > 60;
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static List<String> look(List<Path> folders) throws IOException, InterruptedException {
        List<String> seen = new ArrayList<>();
        for (Path each : folders) {
            seen.add(Outside.look(each));
        }
        return seen;
    }

    private static List<String> applied(List<Happening> history) {
        return RealSite.all(history, Event.Answered.class).stream()
                .filter(answered -> answered.receipt() instanceof Receipt.Applied)
                .map(answered -> answered.server().value())
                .distinct()
                .toList();
    }

    private static Ending ended(List<Happening> history) {
        return RealSite.all(history, Event.Ended.class).getFirst().ending();
    }

    private static String told(List<Happening> history) {
        StringBuilder text = new StringBuilder();
        history.stream()
                .filter(each -> !(each.event() instanceof Event.Proposed) && !(each.event() instanceof Event.Traced))
                .forEach(each ->
                        text.append(each.at()).append(' ').append(each.event()).append('\n'));
        return text.toString();
    }

    private static SshAccess noSsh() {
        return SshAccess.ofUser(Path.of(NO_AGENT), Map.of());
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        open.add(closeable);
        return closeable;
    }
}
