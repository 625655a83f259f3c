package barograph.logs;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import barograph.login.Pseudonyms;
import barograph.login.Step;
import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// OpenLDAP's slapd with `loglevel stats`, through syslog or from `slapd -d stats`.
///
/// A login is a simple bind with a name. Its parts stand in three lines that the connection's number joins:
///
///     conn=1012 fd=14 ACCEPT from IP=10.0.0.7:41234 (IP=0.0.0.0:389)
///     conn=1012 op=0 BIND dn="uid=alice,ou=staff,dc=acme" method=128
///     conn=1012 op=0 RESULT tag=97 err=49 qtime=0.000007 etime=0.000021 text=
///
/// Anonymous binds and SASL are passed over. The realm is the name's parent (`ou=staff,dc=acme`), so that service
/// accounts stand apart from people. A TLS handshake that fails is a login of nobody, as there is no name yet. Where
/// an application searches first and finds nobody, the log has no failure.
///
/// Limit: 65,536 open connections are known; of those beyond, the oldest is forgotten.
final class SlapdGrammar implements Grammar {
    static final int MOST_OPEN = 65_536;
    private static final String METHOD = "ldap-bind";
    private static final String SIMPLE = "\" method=128";

    /// A connection, and the bind that is under way on it; LDAP allows one at a time.
    private static final class Connection {
        private final Pseudonym source;
        private long bind = -1;
        private boolean login;
        private Pseudonym user = Pseudonym.UNKNOWN;
        private String realm = Dimensions.UNTOLD;

        Connection(Pseudonym source) {
            this.source = source;
        }
    }

    private final ServerId server;
    private final ZoneId zone;
    private final Pseudonyms pseudonyms;
    private final Stamps stamps;
    private final LinkedHashMap<Long, Connection> open = new LinkedHashMap<>(16, 0.75f, true);
    private long unread;
    private long letGo;

    SlapdGrammar(ServerId server, ZoneId zone, Pseudonyms pseudonyms) {
        this.server = server;
        this.zone = zone;
        this.pseudonyms = pseudonyms;
        this.stamps = new Stamps(zone);
    }

    @Override
    public void read(String line, Instant now, Consumer<Login> out) {
        boolean timed = stamps.read(line, now);
        int from = timed ? message(line, stamps.end()) : -1;
        if (from < 0) {
            unread += !timed && line.contains(" RESULT tag=97 ") ? 1 : 0;
            return;
        }
        if (line.startsWith("slapd starting", from)) {
            open.clear(); // it counts its connections anew
            return;
        }
        int stop = line.startsWith("conn=", from) ? Digits.end(line, from + 5) : from;
        long number = Digits.longNumber(line, from + 5, stop);
        if (number < 0) {
            return;
        }
        if (line.startsWith(" op=", stop)) {
            int verb = Digits.end(line, stop + 4);
            operation(line, number, Digits.longNumber(line, stop + 4, verb), verb, out);
        } else if (line.startsWith(" fd=", stop)) {
            connection(line, number, Digits.end(line, stop + 4), out);
        }
    }

    @Override
    public void settle(Instant now, Consumer<Login> out) {
        // A bind whose result has not come yet is no login yet, however long it takes.
    }

    @Override
    public Optional<Instant> writtenAt(String line, Instant now) {
        Stamps fresh = new Stamps(zone);
        return fresh.read(line, now) ? Optional.of(fresh.at()) : Optional.empty();
    }

    @Override
    public long unread() {
        return unread;
    }

    @Override
    public long letGo() {
        return letGo;
    }

    private void connection(String line, long number, int verb, Consumer<Login> out) {
        if (line.startsWith(" ACCEPT from ", verb)) {
            keep(number, new Connection(pseudonyms.of(address(line, verb + " ACCEPT from ".length()))));
        } else if (line.startsWith(" closed", verb)) {
            Connection closed = open.remove(number);
            if (line.startsWith(" (TLS negotiation failure)", verb + " closed".length())) {
                Connection known = closed == null ? new Connection(Pseudonym.UNKNOWN) : closed;
                out.accept(login(known, new Outcome.Failed(Step.TLS, "tls_alert"), Duration.ZERO));
            }
        }
    }

    private void operation(String line, long number, long operation, int verb, Consumer<Login> out) {
        if (line.startsWith(" BIND ", verb)) {
            boolean named = line.startsWith("dn=\"", verb + 6);
            int end = line.lastIndexOf(SIMPLE);
            if (named && end >= 0) {
                begin(number, operation, line.substring(Math.min(verb + 10, end), end));
            } else if (line.indexOf("\" method=", verb) >= 0) {
                begin(number, operation, "");
            }
        } else if (line.startsWith(" do_bind: invalid dn (", verb)) {
            int name = verb + " do_bind: invalid dn (".length();
            begin(number, operation, line.substring(name, Math.max(name, line.length() - 1)));
        } else if (line.startsWith(" RESULT tag=97 ", verb)) {
            end(line, number, operation, verb, out);
        }
    }

    private void begin(long number, long operation, String name) {
        Connection connection = open.get(number);
        if (connection == null) {
            connection = new Connection(Pseudonym.UNKNOWN);
            keep(number, connection);
        }
        connection.bind = operation;
        connection.login = !name.isEmpty();
        connection.user = pseudonyms.of(name);
        connection.realm = parent(name);
    }

    private void end(String line, long number, long operation, int verb, Consumer<Login> out) {
        int begin = verb + " RESULT tag=97 err=".length();
        int error = line.startsWith("err=", begin - 4) ? Digits.number(line, begin, Digits.end(line, begin)) : -1;
        Connection connection = open.get(number);
        if (error < 0 || connection == null || connection.bind != operation) {
            unread++;
            return;
        }
        connection.bind = -1;
        if (connection.login && error != SlapdReasons.SASL_GOES_ON) {
            int text = line.indexOf(" text=", begin);
            out.accept(login(
                    connection, SlapdReasons.of(error, text < 0 ? "" : line.substring(text + 6)), took(line, begin)));
        }
    }

    private void keep(long number, Connection connection) {
        open.put(number, connection);
        if (open.size() > MOST_OPEN) {
            open.pollFirstEntry();
            letGo++;
        }
    }

    private Login login(Connection connection, Outcome outcome, Duration took) {
        return new Login(
                stamps.at(),
                server,
                connection.user,
                connection.source,
                new Dimensions(connection.realm, METHOD, Dimensions.UNTOLD, Dimensions.UNTOLD),
                outcome,
                took,
                Origin.PERSON);
    }

    /// Where the message begins: behind `slapd[123]: ` in syslog, behind the thread's address in slapd's own log.
    private static int message(String line, int from) {
        if (line.startsWith(" 0x", from)) {
            int blank = line.indexOf(' ', from + 1);
            return blank < 0 ? -1 : blank + 1;
        }
        if (line.startsWith(" conn=", from)) {
            return from + 1;
        }
        int tag = line.indexOf(": ", from);
        return tag < 0 ? -1 : tag + 2;
    }

    /// `IP=10.0.0.7:41234 (IP=…)` without its port, which is another one each time; `PATH=/run/ldapi` as it is.
    private static String address(String line, int from) {
        int stop = line.indexOf(' ', from);
        String whole = line.substring(from, stop < 0 ? line.length() : stop);
        if (!whole.startsWith("IP=")) {
            return whole;
        }
        int port = whole.lastIndexOf(':');
        return whole.substring(3, Math.max(port, 3));
    }

    /// What stands behind the first comma of a distinguished name that is not escaped (RFC 4514).
    private static String parent(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == ',') {
                return name.substring(i + 1).strip().toLowerCase(Locale.ROOT);
            }
        }
        return Dimensions.UNTOLD;
    }

    private static Duration took(String line, int from) {
        int begin = line.indexOf(" etime=", from);
        if (begin < 0) {
            return Duration.ZERO;
        }
        int point = Digits.end(line, begin + 7);
        int end = point < line.length() && line.charAt(point) == '.' ? Digits.end(line, point + 1) : point;
        long seconds = Digits.longNumber(line, begin + 7, point);
        long micros = end == point + 7 ? Digits.longNumber(line, point + 1, end) : 0;
        return seconds < 0 ? Duration.ZERO : Duration.ofSeconds(seconds, micros * 1_000);
    }
}
