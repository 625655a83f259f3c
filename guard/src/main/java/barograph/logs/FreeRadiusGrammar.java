package barograph.logs;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import barograph.login.Pseudonyms;
import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// FreeRADIUS's `radius.log`, version 3, with `auth = yes` in its `log { }`; also when it goes to syslog.
///
/// - A tunnelled login is told twice and counted once ([Tunnels]); a refused request is told twice and counted once.
/// - While a directory or database cannot be reached, the log blames the user ("Invalid user", without a reason); an
///   error line in the same seconds tells the cause, and counts.
/// - **The method is told only where the log tells it of successes too.** By itself it names a module for failures
///   only, and grouping by that would put all failures into groups in which nobody ever succeeded. Two settings make
///   it told: `msg_goodpass` and `msg_badpass`, both `"method=%{%{EAP-Type}:-%{control:Auth-Type}}"`. Without them
///   logins through a tunnel have the method `eap` and others none.
/// - Dropped packets (wrong shared secret, unknown client) are logins of nobody: there is no name to be read.
/// - Seconds only, no latency.
final class FreeRadiusGrammar implements Grammar {
    private static final Duration NEAR = Duration.ofSeconds(5);
    private static final String LEVEL = " : ";
    private static final String IN_TUNNEL = "eap";

    private final ServerId server;
    private final ZoneId zone;
    private final Pseudonyms pseudonyms;
    private final Stamps stamps;
    private final Tunnels tunnels = new Tunnels();
    private final Repeats repeats = new Repeats();
    private Instant backendDown = Instant.MIN;
    private boolean successesTellMethod;
    private long unread;

    FreeRadiusGrammar(ServerId server, ZoneId zone, Pseudonyms pseudonyms) {
        this.server = server;
        this.zone = zone;
        this.pseudonyms = pseudonyms;
        this.stamps = new Stamps(zone);
    }

    @Override
    public void read(String line, Instant now, Consumer<Login> out) {
        if (!stamps.read(line, now)) {
            unread += FreeRadiusLine.looksLikeOne(line) ? 1 : 0;
            return;
        }
        int from = message(line, stamps.end());
        FreeRadiusLine read = FreeRadiusLine.read(line, from);
        if (read != null) {
            if (!repeats.repeats(read, stamps.at())) {
                take(attempt(read, now), read.within(), out);
            }
        } else {
            readOther(line, from, now, out);
        }
        tunnels.sweep(stamps.at(), now, whole -> out.accept(login(whole)));
    }

    @Override
    public void settle(Instant now, Consumer<Login> out) {
        tunnels.sweep(Instant.MIN, now, whole -> out.accept(login(whole)));
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
        return tunnels.letGo();
    }

    private void take(Attempt attempt, boolean within, Consumer<Login> out) {
        if (within) {
            tunnels.hold(attempt, whole -> out.accept(login(whole)));
        } else {
            out.accept(login(tunnels.join(attempt)));
        }
    }

    /// A line that is no login line: an error that explains some, or a packet that was dropped.
    private void readOther(String line, int from, Instant now, Consumer<Login> out) {
        if (FreeRadiusReasons.backendDown(line, from)) {
            backendDown = stamps.at();
        } else if (line.startsWith("Dropping packet without response", from)
                && line.contains("(Shared secret is incorrect.)")) {
            out.accept(login(nobody(between(line, "(from client ", ")"), FreeRadiusReasons.SHARED_SECRET, now)));
        } else if (line.startsWith("Ignoring request to auth", from) && line.contains(" from unknown client ")) {
            out.accept(login(nobody("", FreeRadiusReasons.UNKNOWN_CLIENT, now)));
        } else if (FreeRadiusLine.looksLikeOne(line)) {
            unread++;
        }
    }

    private Attempt attempt(FreeRadiusLine line, Instant now) {
        String name = line.name();
        int at = name.lastIndexOf('@');
        int backslash = at < 0 ? name.indexOf('\\') : -1;
        String local = at >= 0 ? name.substring(0, at) : name.substring(name.lastIndexOf('\\') + 1);
        String realm = at >= 0 ? name.substring(at + 1) : backslash > 0 ? name.substring(0, backslash) : "";
        boolean veiled = local.isEmpty() || local.regionMatches(true, 0, "anon", 0, 4);
        return new Attempt(
                line.request(),
                line.client(),
                pseudonyms.of(name),
                local.toLowerCase(Locale.ROOT).hashCode(),
                veiled,
                line.inTunnel() || saysTunnel(line.why()),
                pseudonyms.of(line.station()),
                realm.isEmpty() ? Dimensions.UNTOLD : realm.toLowerCase(Locale.ROOT),
                method(line),
                outcome(line),
                stamps.at(),
                now);
    }

    private String method(FreeRadiusLine line) {
        boolean told = !line.method().equals(Dimensions.UNTOLD);
        if (line.verdict() == FreeRadiusLine.Verdict.OK && !line.within()) {
            successesTellMethod = told;
        }
        return told && successesTellMethod ? line.method() : Dimensions.UNTOLD;
    }

    private Outcome outcome(FreeRadiusLine line) {
        boolean down = backendDown.isAfter(stamps.at().minus(NEAR)) && FreeRadiusReasons.saysNothing(line);
        return down ? FreeRadiusReasons.BACKEND : FreeRadiusReasons.of(line);
    }

    private static boolean saysTunnel(String why) {
        return why.startsWith("eap")
                && (why.startsWith("eap_peap")
                        || why.startsWith("eap_ttls")
                        || why.contains("EAP PEAP")
                        || why.contains("EAP TTLS"));
    }

    private Attempt nobody(String client, Outcome outcome, Instant now) {
        return new Attempt(
                -1,
                client.isEmpty() ? Dimensions.UNTOLD : client,
                Pseudonym.UNKNOWN,
                0,
                false,
                false,
                Pseudonym.UNKNOWN,
                Dimensions.UNTOLD,
                Dimensions.UNTOLD,
                outcome,
                stamps.at(),
                now);
    }

    private Login login(Attempt whole) {
        boolean untold = whole.method().equals(Dimensions.UNTOLD);
        return new Login(
                whole.at(),
                server,
                whole.user(),
                whole.source(),
                new Dimensions(
                        whole.realm(),
                        untold && whole.tunnelled() ? IN_TUNNEL : whole.method(),
                        whole.client(),
                        Dimensions.UNTOLD),
                whole.outcome(),
                Duration.ZERO,
                Origin.PERSON);
    }

    /// Where the message begins: behind `: Auth: ` in a file, behind `radiusd[123]: ` in syslog.
    private static int message(String line, int from) {
        if (line.startsWith(LEVEL, from)) {
            int level = line.indexOf(": ", from + LEVEL.length());
            return level < 0 ? line.length() : level + 2;
        }
        int tag = line.indexOf(": ", from);
        return tag < 0 ? line.length() : tag + 2;
    }

    private static String between(String line, String before, String after) {
        int begin = line.lastIndexOf(before);
        int stop = begin < 0 ? -1 : line.indexOf(after, begin + before.length());
        return stop < 0 ? "" : line.substring(begin + before.length(), stop);
    }
}
