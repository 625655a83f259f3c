package barograph.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Login;
import barograph.login.Pseudonym;
import barograph.login.Pseudonyms;
import barograph.site.ServerId;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What grammars do when there is too much, too little, or nonsense.
final class GrammarLimitsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T17:00:00Z");

    private final List<Login> logins = new ArrayList<>();

    private static Grammar open(String name) {
        return Grammars.named(name)
                .orElseThrow()
                .open(new ServerId("auth1"), ZoneOffset.UTC, new Pseudonyms("0123456789abcdef".getBytes(UTF_8)));
    }

    @Test
    void every_name_has_a_grammar_and_no_other_name_has() {
        assertThat(Grammars.NAMES)
                .allSatisfy(name -> assertThat(Grammars.named(name)).isPresent());
        assertThat(Grammars.named("radius")).isEmpty();
    }

    @Test
    void of_too_many_open_connections_the_oldest_is_let_go_and_counted() {
        Grammar slapd = open("slapd");
        int many = SlapdGrammar.MOST_OPEN + 10;

        for (int i = 0; i < many; i++) {
            slapd.read(conn(i) + " fd=14 ACCEPT from IP=10.0.0.7:41234 (IP=0.0.0.0:389)", NOW, logins::add);
            slapd.read(conn(i) + " op=0 BIND dn=\"uid=u" + i + ",dc=acme\" method=128", NOW, logins::add);
        }
        slapd.read(conn(9) + " op=0 RESULT tag=97 err=0 text=", NOW, logins::add);
        slapd.read(conn(10) + " op=0 RESULT tag=97 err=0 text=", NOW, logins::add);

        assertThat(slapd.letGo()).isEqualTo(10);
        assertThat(slapd.unread()).isEqualTo(1);
        assertThat(logins).hasSize(1);
    }

    private static String conn(int number) {
        return "2026-11-22T16:29:33.123456+00:00 ldap1 slapd[1]: conn=" + number;
    }

    @Test
    void inner_halves_without_their_outer_half_are_given_out_once_they_have_waited() {
        Grammar radius = open("freeradius");
        String inner = "Sun Nov 22 16:29:33 2026 : Auth: (7)   Login OK: [bob] (from client nas port 0 via TLS tunnel)";

        radius.read(inner, NOW, logins::add);
        radius.settle(NOW.plus(Tunnels.PATIENCE), logins::add);
        assertThat(logins).isEmpty();
        radius.settle(NOW.plus(Tunnels.PATIENCE).plusMillis(1), logins::add);

        assertThat(logins).hasSize(1);
    }

    @Test
    void too_many_inner_halves_are_given_out_unjoined_and_counted() {
        Grammar radius = open("freeradius");

        for (int i = 0; i <= Tunnels.MOST_WAITING; i++) {
            radius.read(
                    "Sun Nov 22 16:29:33 2026 : Auth: (" + i + ")   Login OK: [u" + i
                            + "] (from client nas port 0 via TLS tunnel)",
                    NOW,
                    logins::add);
        }

        assertThat(radius.letGo()).isEqualTo(Tunnels.MOST_WAITING);
        assertThat(logins).hasSize(Tunnels.MOST_WAITING);
    }

    @Test
    void a_handshake_that_fails_is_told_of_the_user_who_came_from_that_station_before() {
        Grammar radius = open("freeradius");
        String at = "Sun Nov 22 16:29:33 2026 : Auth: ";
        radius.read(at + "(7)   Login OK: [bob] (from client nas port 0 via TLS tunnel)", NOW, logins::add);
        radius.read(at + "(7) Login OK: [anonymous@acme.example] (from client nas port 0 cli 02-01)", NOW, logins::add);

        radius.read(
                at + "(9) Login incorrect (eap_peap: (TLS) Alert read:fatal:certificate expired):"
                        + " [anonymous@acme.example] (from client nas port 0 cli 02-01)",
                NOW,
                logins::add);

        assertThat(logins).extracting(Login::user).containsOnly(logins.get(0).user());
        assertThat(logins).extracting(login -> login.outcome().reason()).containsExactly("ok", "cert_expired");
        assertThat(logins).extracting(login -> login.dimensions().segment()).containsOnly("acme.example/eap/nas");
    }

    @Test
    void a_trace_tells_what_was_known_before_it_began() {
        Set<String> heard = new HashSet<>();
        Pseudonyms pseudonyms = new Pseudonyms("0123456789abcdef".getBytes(UTF_8));
        Pseudonym source = pseudonyms.of("o7me");
        Prior prior = (user, from, could) -> heard.add(user + " " + from.equals(source) + " " + could);
        Grammar trace = new TraceGrammar(pseudonyms, NOW, prior);

        trace.read("4298,auth2,r0/oidc/web2,oidc,ann,o7me,o,accept,ok,85", NOW, logins::add);
        trace.read("4299,auth2,r0/oidc/web2,oidc,bob,o7me,f,accept,ok,85", NOW, logins::add);
        trace.read("4300,auth2,r0/oidc/web2,oidc,cat,o7me,n,accept,ok,85", NOW, logins::add);

        assertThat(heard)
                .containsExactlyInAnyOrder(pseudonyms.of("ann") + " true true", pseudonyms.of("bob") + " true false");
        assertThat(logins.get(0).at()).isEqualTo(NOW.plusMillis(4298));
    }

    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one == null ? LongStream.range(0, 20) : LongStream.of(one);
    }

    /// A failure names its seed; `-Dseed=…` runs that one alone.
    @ParameterizedTest
    @MethodSource("seeds")
    void no_line_however_damaged_stops_a_grammar(long seed) throws IOException, URISyntaxException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (String name : GrammarTest.cases().toList()) {
            Path file = Path.of(
                    Objects.requireNonNull(GrammarTest.class.getResource(name)).toURI());
            lines.addAll(Files.readAllLines(file));
        }
        List<Grammar> grammars =
                Grammars.NAMES.stream().map(GrammarLimitsTest::open).toList();

        for (int i = 0; i < 20_000; i++) {
            String line = damaged(lines.get(random.nextInt(lines.size())), lines, random);
            grammars.forEach(grammar -> {
                grammar.read(line, NOW, logins::add);
                grammar.writtenAt(line, NOW);
            });
        }

        assertThat(logins).isNotEmpty().doesNotContainNull();
    }

    private static String damaged(String line, List<String> lines, Random random) {
        StringBuilder text = new StringBuilder(line);
        for (int i = random.nextInt(4); i > 0 && !text.isEmpty(); i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setLength(at);
                case 1 -> text.setCharAt(at, " ()[]\":=,.0/@\\\u0000\u20ac\ud800".charAt(random.nextInt(17)));
                case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(9)));
                default -> text.insert(at, lines.get(random.nextInt(lines.size())));
            }
        }
        return text.toString();
    }
}
