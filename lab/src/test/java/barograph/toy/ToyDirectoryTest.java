package barograph.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.servers.Await;
import barograph.servers.DebianServer;
import barograph.site.Secret;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToyDirectoryTest {
    private static final ToyPerson STAFF = ToyHome.someone("staff");
    private static final ToyPerson GUEST = ToyHome.someone("guests");

    @TempDir
    Path folder;

    private ToyHome toy;

    @BeforeEach
    void start() throws IOException {
        toy = new ToyHome(folder.resolve("toy-1"));
    }

    @AfterEach
    void stop() {
        toy.close();
    }

    @Test
    void people_get_in_with_the_right_password_and_not_with_a_wrong_one() {
        assertThat(login(STAFF).outcome()).isEqualTo(new Outcome.Accepted());
        assertThat(login(GUEST).outcome()).isEqualTo(new Outcome.Accepted());
        assertThat(toy.probe(STAFF, "not it").outcome()).isEqualTo(new Outcome.Rejected("bad_password"));
        assertThat(toy.probe(STAFF, "").outcome()).isEqualTo(new Outcome.Rejected("policy_denied"));
    }

    @Test
    void a_typo_in_a_group_locks_its_people_out_and_nobody_else() throws Exception {
        toy.configure("stuff, guests, contractors", "");

        assertThat(toy.control("reload")).isEqualTo("0 reloaded");

        assertThat(login(STAFF).outcome()).isEqualTo(new Outcome.Rejected("policy_denied"));
        assertThat(login(GUEST).outcome()).isEqualTo(new Outcome.Accepted());
        assertThat(toy.probe(STAFF, "not it").outcome()).isEqualTo(new Outcome.Rejected("bad_password"));
    }

    @Test
    void without_required_passwords_a_door_stands_open() throws Exception {
        toy.configure("staff, guests, contractors", "require-password = no");

        assertThat(toy.control("reload")).isEqualTo("0 reloaded");

        assertThat(toy.probe(STAFF, "not it").outcome()).isEqualTo(new Outcome.Accepted());
        assertThat(ToyHome.probe(
                                "ldap-bind",
                                "uid=nobody,ou=staff," + ToyPerson.SUFFIX,
                                "x",
                                "127.0.0.1",
                                toy.port(),
                                Map.of())
                        .outcome())
                .isEqualTo(new Outcome.Rejected("bad_password"));
    }

    @Test
    void a_lookup_delay_makes_logins_slow_and_the_log_tells_it() throws Exception {
        toy.configure("staff", "lookup-delay = 300ms");
        toy.control("reload");

        Trial trial = login(STAFF);

        Trial.Stride last = trial.steps().getLast();
        assertThat(last.step()).isEqualTo(Step.AUTHENTICATE);
        assertThat(last.took()).isGreaterThan(Duration.ofMillis(300));
        assertThat(toy.log())
                .anyMatch(line -> line.matches(".* RESULT tag=97 err=0 qtime=\\S+ etime=0\\.[3-9]\\d{5} text="));
    }

    @Test
    void at_an_address_that_users_do_not_use_it_is_silent_and_yet_healthy() throws Exception {
        toy.configure("staff, guests", "listen = 127.200.0.1");

        assertThat(toy.control("reload")).isEqualTo("0 reloaded; serving logins at 127.200.0.1:" + toy.port());

        assertThat(login(STAFF).outcome()).isEqualTo(new Outcome.Failed(Step.CONNECT, "refused"));
        assertThat(toy.log()).noneMatch(line -> line.contains("ACCEPT"));
        assertThat(ToyHome.probe(STAFF, STAFF.password(), "127.200.0.1", toy.port())
                        .outcome())
                .isEqualTo(new Outcome.Accepted());
        assertThat(toy.control("health")).startsWith("0 ");
    }

    @Test
    void a_bad_file_is_refused_and_the_old_configuration_stays_in_force() throws Exception {
        toy.write("""
                allow-group = staff
                require-password = maybe
                lookup-delay = 5
                listen = everywhere
                port = 99999
                port = 1
                """);

        String answer = toy.control("reload");

        assertThat(answer)
                .startsWith("1 ")
                .contains(
                        "access.conf:1: 'allow-group' is no setting",
                        "access.conf:2: require-password: 'maybe'",
                        "access.conf:3: lookup-delay: '5'",
                        "access.conf:4: listen: 'everywhere'",
                        "access.conf:6: port is there twice");
        assertThat(login(STAFF).outcome()).isEqualTo(new Outcome.Accepted());
    }

    @Test
    void people_that_cannot_be_read_are_refused_too() throws Exception {
        Files.writeString(toy.server().root().resolve("people.ldif"), "dn: uid=x\nno colon\n");

        assertThat(toy.control("reload")).startsWith("1 people.ldif:");
        assertThat(login(STAFF).outcome()).isEqualTo(new Outcome.Accepted());
    }

    @Test
    void a_restart_with_a_bad_file_leaves_it_down_until_the_next() throws Exception {
        toy.write("nonsense");

        assertThat(toy.control("restart")).startsWith("1 ").contains("'nonsense' is no setting");

        assertThat(toy.control("health")).isEqualTo("1 the server is down");
        assertThat(login(STAFF).outcome()).isEqualTo(new Outcome.Failed(Step.CONNECT, "refused"));
        toy.configure("staff", "");
        assertThat(toy.control("restart")).startsWith("0 restarted");
        assertThat(login(STAFF).outcome()).isEqualTo(new Outcome.Accepted());
    }

    @Test
    void a_reload_moves_to_another_port_and_keeps_open_connections() throws Exception {
        int other = DebianServer.freeTcpPort();
        try (LDAPConnection open = new LDAPConnection("127.0.0.1", toy.port())) {
            toy.write("allow-groups = staff\nport = " + other + "\n");

            assertThat(toy.control("reload")).startsWith("0 reloaded; serving logins at 127.0.0.1:" + other);

            assertThat(login(STAFF).outcome()).isEqualTo(new Outcome.Failed(Step.CONNECT, "refused"));
            assertThat(ToyHome.probe(STAFF, STAFF.password(), "127.0.0.1", other)
                            .outcome())
                    .isEqualTo(new Outcome.Accepted());
            assertThat(open.bind(STAFF.dn(), STAFF.password()).getResultCode()).isEqualTo(ResultCode.SUCCESS);
        }
    }

    @Test
    void a_port_that_is_taken_is_refused() throws Exception {
        try (ToyHome other = new ToyHome(folder.resolve("toy-2"))) {
            toy.write("allow-groups = staff\nport = " + other.port() + "\n");

            assertThat(toy.control("reload")).startsWith("1 cannot listen").endsWith("stays in force");

            assertThat(login(STAFF).outcome()).isEqualTo(new Outcome.Accepted());
        }
    }

    @Test
    void a_candidate_is_validated_without_being_taken_over() throws Exception {
        Path candidate = Files.createDirectories(folder.resolve("candidate"));
        Files.writeString(candidate.resolve("people.ldif"), "");
        Files.writeString(candidate.resolve("access.conf"), "port = 0\n");

        assertThat(toy.control("validate", candidate.toString()))
                .isEqualTo("1 access.conf:1: port: '0' is no port: 1 to 65535");
        Files.writeString(candidate.resolve("access.conf"), "port = 1\n");
        assertThat(toy.control("validate", candidate.toString())).isEqualTo("0 the configuration can be used");
        assertThat(toy.control("validate", "/nowhere")).startsWith("1 ");
        assertThat(login(STAFF).outcome()).isEqualTo(new Outcome.Accepted());
    }

    @Test
    void orders_that_it_does_not_know_and_orders_to_nobody_fail() throws Exception {
        assertThat(toy.control("explode")).startsWith("1 'explode' is none of");
        toy.close();
        assertThat(toy.control("health")).isEqualTo("1 the server is not running");
        toy = new ToyHome(folder.resolve("toy-1"));
    }

    @Test
    void many_orders_at_once_are_all_answered() throws Exception {
        List<Process> orders = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            orders.add(new ProcessBuilder(toy.server().control().toString(), "health").start());
        }

        for (Process order : orders) {
            assertThat(order.waitFor()).isZero();
        }
        try (var left = Files.list(toy.server().control().getParent())) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("toyctl", "open");
        }
    }

    @Test
    void it_does_not_start_with_a_bad_file() throws IOException {
        Path other = folder.resolve("other");
        Files.createDirectories(other.resolve("etc"));

        assertThatThrownBy(() -> ToyDirectory.start(other, InstantSource.system()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("people.ldif", "access.conf", "port");
    }

    @Test
    void the_log_has_the_words_of_slapd() throws IOException {
        login(STAFF);
        toy.probe(GUEST, "not it");

        Await.until("both connections are closed", Duration.ofSeconds(5), () -> closed() == 2);
        String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00 toy-1 slapd\\[\\d+\\]: ";
        String times = "qtime=0\\.\\d{6} etime=0\\.\\d{6} text=";
        List<String> expected = List.of(
                "slapd starting",
                "conn=1000 fd=\\d+ ACCEPT from IP=127\\.0\\.0\\.1:\\d+ \\(IP=127\\.0\\.0\\.1:" + toy.port() + "\\)",
                "conn=1000 op=0 BIND dn=\"" + STAFF.dn() + "\" method=128",
                "conn=1000 op=0 BIND dn=\"" + STAFF.dn() + "\" mech=SIMPLE bind_ssf=0 ssf=0",
                "conn=1000 op=0 RESULT tag=97 err=0 " + times,
                "conn=1000 op=1 UNBIND",
                "conn=1000 fd=\\d+ closed",
                "conn=1001 fd=\\d+ ACCEPT from IP=127\\.0\\.0\\.1:\\d+ \\(IP=127\\.0\\.0\\.1:" + toy.port() + "\\)",
                "conn=1001 op=0 BIND dn=\"" + GUEST.dn() + "\" method=128",
                "conn=1001 op=0 RESULT tag=97 err=49 " + times,
                "conn=1001 op=1 UNBIND",
                "conn=1001 fd=\\d+ closed");
        assertThat(toy.log()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(toy.log().get(i)).matches(time + expected.get(i));
        }
    }

    private long closed() {
        try {
            return toy.log().stream().filter(line -> line.contains(" closed")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void applications_may_search_and_never_see_a_password() throws LDAPException {
        Map<String, Secret> options = Map.of(
                "base", new Secret.Plain(ToyPerson.SUFFIX),
                "member-of", new Secret.Plain("cn=" + STAFF.name()));

        Trial trial = ToyHome.probe("ldap-login", STAFF.name(), STAFF.password(), "127.0.0.1", toy.port(), options);

        assertThat(trial.said()).isEqualTo("accepted");
        assertThat(trial.asExpected()).isTrue();
        try (LDAPConnection open = new LDAPConnection("127.0.0.1", toy.port())) {
            assertThat(open.search(ToyPerson.SUFFIX, SearchScope.SUB, "(uid=*)").getSearchEntries())
                    .hasSize(ToyHome.CROWD.size())
                    .noneMatch(entry -> entry.hasAttribute("userPassword"));
            assertThatThrownBy(() -> open.delete(STAFF.dn())).hasMessageContaining("read-only");
        }
    }

    private Trial login(ToyPerson person) {
        return toy.probe(person, person.password());
    }
}
