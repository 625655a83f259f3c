package barograph.watch;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import barograph.site.ServerId;
import barograph.site.WatchRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A seeded world of people, devices and login servers around one change, for tests: what a log would tell of it.
///
/// People log in at random, more by day than by night; they mistype and try again; devices with stale passwords
/// fail for ever; newcomers appear. The change may have an [Effect], and [Mishap]s happen that are not the change.
public final class LoginWorld {
    public static final Instant START = Instant.parse("2026-03-03T08:00:00Z");
    private static final List<String> METHODS =
            List.of("peap", "ldap-bind", "oidc", "ssh-key", "saml", "pap", "kerberos");
    private static final double[] LATENCIES = {80, 8, 120, 30, 150, 15, 5};

    private final Setup setup;
    private final List<Mishap> mishaps;
    private final Effect effect;
    private final SplittableRandom random;
    private final double[] groupShares;
    private final PriorityQueue<Attempt> attempts = new PriorityQueue<>(Comparator.comparingDouble(Attempt::at));
    private final Map<Long, Double> lockedUntil = new HashMap<>();
    private final HashSet<Long> met = new HashSet<>();
    private final List<Login> logins = new ArrayList<>();
    private final long people;

    /// @param perSecond lines a second, as a mean over the day
    /// @param changed how many of the servers get the change
    /// @param sticky whether each key stays with one server
    /// @param failShare of logins that fail in normal times
    /// @param before, after seconds before and after the change
    public record Setup(
            long seed,
            double perSecond,
            int servers,
            int changed,
            boolean sticky,
            double failShare,
            int groups,
            double before,
            double after) {
        /// @param lines about how many logins in all, a third of them before the change; neither part is longer
        ///        than a day
        public static Setup seeded(long seed, double perSecond, int lines) {
            SplittableRandom random = new SplittableRandom(seed * 31 + 7);
            int servers = random.nextInt(2, 6);
            double before = Math.clamp(lines / 3.0 / perSecond, 12, 86_400);
            double after = Math.clamp(lines / 1.5 / perSecond, 30, 86_400);
            return new Setup(
                    seed,
                    perSecond,
                    servers,
                    random.nextInt(1, Math.max(2, servers / 2 + 1)),
                    random.nextBoolean(),
                    0.01 + 0.05 * random.nextDouble(),
                    random.nextInt(3, 21),
                    before,
                    after);
        }

        public Setup allChanged() {
            return new Setup(seed, perSecond, servers, servers, sticky, failShare, groups, before, after);
        }
    }

    public enum Kind {
        /// Strangers are sprayed; with a share of real people locked out by it.
        ATTACK,
        /// The same, nearly all of it on changed servers.
        ATTACK_ON_CHANGED,
        /// A share of logins fails, on all servers alike.
        INCIDENT,
        /// The same for one group only.
        GROUP_INCIDENT,
        /// Some of the people of one server are cut off for minutes, then all come back at once.
        REBOOT,
        /// A share of all people is cut off.
        SITE_OUTAGE,
        /// One unchanged server gets no logins; the others take them over.
        DRAIN,
        /// One unchanged server fails by itself.
        SERVER_FAULT,
        /// Changed servers fail for some seconds as they restart.
        RESTART_BLIP,
        /// People mistype several times as often.
        PASSWORD_DAY
    }

    /// Something that happens and is not the change; times in seconds since the change.
    public record Mishap(Kind kind, double from, double to, double strength) {
        boolean lasts(double at) {
            return at >= from && at < to;
        }
    }

    public enum Effect {
        NONE,
        OUTAGE,
        PARTIAL,
        GROUP,
        METHOD,
        SILENCE,
        LATENCY,
        RAMP,
        FLAP
    }

    private record Attempt(double at, long key, int tries, int server) {}

    public LoginWorld(Setup setup, Effect effect, List<Mishap> mishaps) {
        this.setup = setup;
        this.effect = effect;
        this.mishaps = mishaps;
        random = new SplittableRandom(setup.seed());
        people = (long) Math.max(120, setup.perSecond() * 5000);
        groupShares = new double[setup.groups()];
        double sum = 0;
        for (int g = 0; g < groupShares.length; g++) {
            groupShares[g] = 1 / Math.pow(g + 1.0, 1.1);
            sum += groupShares[g];
        }
        for (int g = 0; g < groupShares.length; g++) {
            groupShares[g] /= sum;
        }
    }

    public WatchPlan plan(WatchRules rules) {
        return new WatchPlan(
                IntStream.range(0, setup.changed()).boxed().collect(Collectors.toMap(LoginWorld::server, _ -> at(0))),
                IntStream.range(setup.changed(), setup.servers())
                        .mapToObj(LoginWorld::server)
                        .collect(Collectors.toSet()),
                IntStream.range(0, setup.changed()).mapToObj(LoginWorld::server).collect(Collectors.toSet()),
                START,
                rules);
    }

    private Instant at(double seconds) {
        return START.plusMillis((long) ((setup.before() + seconds) * 1000));
    }

    public Instant end() {
        return at(setup.after());
    }

    private static ServerId server(int number) {
        return new ServerId("auth" + (number + 1));
    }

    /// All lines of all logs, in the order of their times.
    public List<Login> logins() {
        attempts.add(fresh(-setup.before()));
        for (int device = 0; device < Math.min(40, people / 300 + 1); device++) {
            attempts.add(new Attempt(-setup.before() + 30 * random.nextDouble(), -1 - device, 0, -1));
        }
        for (Mishap mishap : mishaps) {
            if (mishap.kind() == Kind.ATTACK || mishap.kind() == Kind.ATTACK_ON_CHANGED) {
                attempts.add(new Attempt(mishap.from(), Long.MIN_VALUE, mishaps.indexOf(mishap), -1));
            }
        }
        while (!attempts.isEmpty()) {
            Attempt next = attempts.poll();
            if (next.at() < setup.after()) {
                play(next);
            }
        }
        logins.removeIf(login -> login.at().isAfter(end()));
        logins.sort(Comparator.comparing(Login::at));
        return logins;
    }

    private void play(Attempt next) {
        if (next.key() == Long.MIN_VALUE) {
            spray(next);
        } else if (next.key() < 0) {
            stale(next);
        } else {
            if (next.tries() == 0) {
                attempts.add(fresh(next.at()));
            }
            person(next);
        }
    }

    private Attempt fresh(double after) {
        double gap = -Math.log(1 - random.nextDouble()) / (setup.perSecond() * 0.9 * day(after));
        return new Attempt(after + gap, random.nextLong(people), 0, -1);
    }

    /// Traffic over the day: a third at night.
    private double day(double at) {
        if (setup.before() + setup.after() < 20_000) {
            return 1;
        }
        double hour = ((setup.before() + at) / 3600 + 8) % 24;
        return hour > 7 && hour < 19 ? 1.3 : 0.45;
    }

    private double property(long key, int which) {
        return new SplittableRandom(key * 1_000_003 + which * 7919L + setup.seed()).nextDouble();
    }

    private int groupOf(long key) {
        double at = property(key, 1);
        int group = 0;
        while (group < groupShares.length - 1 && at >= groupShares[group]) {
            at -= groupShares[group++];
        }
        return group;
    }

    private int serverFor(Attempt attempt) {
        int server = setup.sticky() ? home(attempt.key()) : random.nextInt(setup.servers());
        for (Mishap mishap : mishaps) {
            if (mishap.kind() == Kind.DRAIN && mishap.lasts(attempt.at()) && server == setup.servers() - 1) {
                return random.nextInt(Math.max(1, setup.servers() - 1));
            }
        }
        return server;
    }

    /// In a world that sticks, some groups live on changed or on unchanged servers only.
    private int home(long key) {
        double lives = property(-1000 - groupOf(key), 7);
        int changed = setup.changed();
        int from = lives < 0.15 && changed < setup.servers() ? changed : 0;
        int to = lives > 0.85 ? changed : setup.servers();
        return from + (int) (property(key, 2) * (to - from));
    }

    /// Some groups come by night.
    private boolean comes(Attempt attempt) {
        double hour = ((setup.before() + attempt.at()) / 3600 + 8) % 24;
        boolean night = hour < 7 || hour > 19;
        boolean nightly = property(-2000 - groupOf(attempt.key()), 7) < 0.2;
        return setup.before() + setup.after() < 20_000 || night == nightly || random.nextDouble() < 0.4;
    }

    private void person(Attempt attempt) {
        long key = attempt.key();
        if (attempt.tries() == 0 && !comes(attempt)) {
            return;
        }
        int server = serverFor(attempt);
        if (cutOff(attempt, server)) {
            return;
        }
        boolean hit = server < setup.changed() && attempt.at() >= 0;
        if (hit && effect == Effect.SILENCE) {
            if (setup.changed() < setup.servers() && random.nextDouble() < 0.6) {
                server = random.nextInt(setup.changed(), setup.servers());
                hit = false;
            } else {
                return;
            }
        }
        String reason = why(attempt, server, hit);
        boolean retries = !reason.equals("ok") && random.nextDouble() < 0.8 && attempt.tries() < 8;
        if (retries) {
            double wait = 4 + 30 * random.nextDouble() * (1 + attempt.tries());
            attempts.add(new Attempt(attempt.at() + wait, key, attempt.tries() + 1, -1));
        }
        write(attempt.at(), key, server, reason, hit && effect == Effect.LATENCY ? 4 : 1);
    }

    /// Why a login fails, or `ok`.
    private String why(Attempt attempt, int server, boolean hit) {
        double at = attempt.at();
        int group = groupOf(attempt.key());
        if (lockedUntil.getOrDefault(attempt.key(), -1e9) > at) {
            return "locked";
        }
        for (Mishap mishap : mishaps) {
            boolean now = mishap.lasts(at) && random.nextDouble() < mishap.strength();
            boolean here = switch (mishap.kind()) {
                case INCIDENT -> true;
                case GROUP_INCIDENT -> group == 1;
                case SERVER_FAULT -> server == setup.servers() - 1;
                case RESTART_BLIP -> server < setup.changed();
                default -> false;
            };
            if (now && here) {
                return "backend_unreachable";
            }
        }
        if (hit && fails(attempt, group)) {
            return random.nextDouble() < 0.7 ? "bad_password" : "policy_denied";
        }
        return mistake(attempt);
    }

    private boolean fails(Attempt attempt, int group) {
        double at = attempt.at();
        return switch (effect) {
            case NONE, SILENCE, LATENCY -> false;
            case OUTAGE -> true;
            case PARTIAL -> property(attempt.key(), 5) < 0.05;
            case GROUP -> group == Math.min(2, setup.groups() - 1);
            case METHOD -> METHODS.get(group % METHODS.size()).equals("ldap-bind");
            case RAMP -> at > -Math.log(1 - property(attempt.key(), 6)) * setup.after() / 4;
            case FLAP -> at % 600 < 240;
        };
    }

    private String mistake(Attempt attempt) {
        double ofGroup = 0.4 + 1.6 * property(-3000 - groupOf(attempt.key()), 7);
        double share = setup.failShare() * ofGroup * (0.4 + 1.2 * property(attempt.key(), 3));
        for (Mishap mishap : mishaps) {
            if (mishap.kind() == Kind.PASSWORD_DAY && mishap.lasts(attempt.at())) {
                share *= mishap.strength();
            }
        }
        if (random.nextDouble() >= (attempt.tries() <= 0 ? share : 0.3)) {
            return "ok";
        }
        return reason(METHODS.get(groupOf(attempt.key()) % METHODS.size()), random.nextDouble());
    }

    /// Each method has its own ways to fail.
    private static String reason(String method, double which) {
        String special = switch (method) {
            case "peap" -> "tls_alert";
            case "oidc", "saml" -> "mfa_failed";
            case "ssh-key" -> "method_not_allowed";
            default -> "expired_password";
        };
        return which < 0.65 ? "bad_password" : which < 0.9 ? special : which < 0.99 ? "timeout" : "internal_error";
    }

    private boolean cutOff(Attempt attempt, int server) {
        for (Mishap mishap : mishaps) {
            boolean theirs = property(attempt.key(), 4) < mishap.strength();
            boolean here = mishap.kind() == Kind.SITE_OUTAGE
                    || (mishap.kind() == Kind.REBOOT && (server == 0 || !setup.sticky()));
            if (theirs && here && mishap.lasts(attempt.at())) {
                if (random.nextDouble() < 0.7) {
                    attempts.add(new Attempt(mishap.to() + 60 * random.nextDouble(), attempt.key(), -1, -1));
                }
                return true;
            }
        }
        return false;
    }

    private void stale(Attempt attempt) {
        double period = 30 + 570 * property(attempt.key(), 1);
        attempts.add(new Attempt(attempt.at() + period * (0.98 + 0.04 * random.nextDouble()), attempt.key(), 0, -1));
        write(attempt.at(), attempt.key(), serverFor(attempt), "bad_password", 1);
    }

    private void spray(Attempt attempt) {
        Mishap mishap = mishaps.get(attempt.tries());
        if (!mishap.lasts(attempt.at())) {
            return;
        }
        double gap = -Math.log(1 - random.nextDouble()) / (setup.perSecond() * mishap.strength());
        attempts.add(new Attempt(attempt.at() + gap, attempt.key(), attempt.tries(), -1));
        boolean onChanged = mishap.kind() == Kind.ATTACK_ON_CHANGED && random.nextDouble() < 0.9;
        int server = onChanged ? random.nextInt(setup.changed()) : random.nextInt(setup.servers());
        if (random.nextDouble() < 0.02) {
            lockedUntil.put(random.nextLong(people), attempt.at() + 900);
        }
        long stranger = 1_000_000_000L + random.nextLong(1L << 40);
        write(attempt.at(), stranger, server, random.nextDouble() < 0.6 ? "unknown_user" : "bad_password", 1);
    }

    private void write(double at, long key, int server, String reason, double slower) {
        int group = groupOf(key);
        int method = group % METHODS.size();
        boolean accepted = reason.equals("ok");
        double latency = reason.equals("timeout")
                ? 5000 + 5000 * random.nextDouble()
                : slower * LATENCIES[method] * Math.exp(0.5 * gaussian());
        Login login = new Login(
                at(at + latency / 1000),
                server(server),
                new Pseudonym(key + (1L << 50)),
                new Pseudonym(key * 7 + 1),
                new Dimensions("r" + group % 4, METHODS.get(method), "use" + group, ""),
                accepted ? new Outcome.Accepted() : new Outcome.Rejected(reason),
                Duration.ofMillis((long) latency),
                Origin.PERSON);
        if (met.add(key) && key >= 0 && key < people && property(key, 8) < 0.95) {
            logins.add(new Login(
                    START.minusSeconds(7200),
                    login.server(),
                    login.user(),
                    login.source(),
                    login.dimensions(),
                    new Outcome.Accepted(),
                    Duration.ZERO,
                    Origin.PERSON));
        }
        logins.add(login);
    }

    private double gaussian() {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }
}
