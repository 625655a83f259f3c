package barograph.world;

import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/// Plays a [LoginWorld] and tells its lines in the order of time, one at a time.
///
/// Memory: a bit for each person, the lines of logins that are under way (ten seconds at most), and those who will
/// try again.
final class Story implements Iterator<Line> {
    private static final Duration LONG_AGO = Duration.ofHours(2);
    private static final long SPRAYER = Long.MIN_VALUE;

    private final LoginWorld world;
    private final Setup setup;
    private final People people;
    private final Effect effect;
    private final Mishaps mishaps;
    private final SplittableRandom random;
    private final PriorityQueue<Attempt> attempts = new PriorityQueue<>(Comparator.comparingDouble(Attempt::at));
    private final PriorityQueue<Written> written = new PriorityQueue<>(Comparator.comparingDouble(Written::at));
    private final ArrayDeque<Line> ready = new ArrayDeque<>();
    private final Map<Long, Double> lockedUntil = new HashMap<>();
    private final BitSet met = new BitSet();
    private long caused;

    /// Somebody tries to log in.
    ///
    /// @param tries how often they have tried just before; -1 for one who comes back after having been cut off
    private record Attempt(double at, long key, int tries) {}

    /// A line that a server writes at some time.
    private record Written(double at, Login login, boolean caused) {}

    Story(LoginWorld world) {
        this.world = world;
        setup = world.setup();
        people = world.people();
        effect = world.effect();
        random = new SplittableRandom(setup.seed());
        mishaps = new Mishaps(world.mishaps(), setup, people, random);
        attempts.add(fresh(-setup.before()));
        for (int device = 0; device < Math.min(40, people.count() / 300 + 1); device++) {
            attempts.add(new Attempt(-setup.before() + 30 * random.nextDouble(), -1 - device, 0));
        }
        List<Mishap> all = world.mishaps();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).sprays()) {
                attempts.add(new Attempt(all.get(i).from(), SPRAYER, i));
            }
        }
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !(attempts.isEmpty() && written.isEmpty())) {
            Written first = written.peek();
            if (first != null
                    && (attempts.isEmpty() || first.at() <= attempts.element().at())) {
                tell(written.remove());
            } else {
                play(attempts.remove());
            }
        }
        return !ready.isEmpty();
    }

    @Override
    public Line next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the world is over");
        }
        return ready.remove();
    }

    private void tell(Written line) {
        if (line.at() <= setup.after()) {
            caused += line.caused() ? 1 : 0;
            ready.add(new Line(line.login(), caused));
        }
    }

    private void play(Attempt next) {
        if (next.at() >= setup.after()) {
            return;
        }
        if (next.key() == SPRAYER) {
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
        return new Attempt(after + wait(setup.visits(after)), random.nextLong(people.count()), 0);
    }

    private double wait(double rate) {
        return -Math.log(1 - random.nextDouble()) / rate;
    }

    private int serverFor(Attempt attempt) {
        int server = setup.sticky() && attempt.key() != SPRAYER
                ? people.home(attempt.key())
                : random.nextInt(setup.servers());
        return mishaps.drained(attempt.at(), server) ? random.nextInt(Math.max(1, setup.servers() - 1)) : server;
    }

    private void person(Attempt attempt) {
        int group = people.groupOf(attempt.key());
        if (attempt.tries() == 0 && random.nextDouble() >= people.comes(group, attempt.at())) {
            return;
        }
        int server = serverFor(attempt);
        Mishap cut = mishaps.cutOff(attempt.at(), attempt.key(), server);
        if (cut != null) {
            if (random.nextDouble() < 0.7) {
                attempts.add(new Attempt(cut.to() + 60 * random.nextDouble(), attempt.key(), -1));
            }
            return;
        }
        boolean hit = server < setup.changed() && attempt.at() >= effect.onset(setup) && people.hit(effect, group);
        if (!hit || !effect.silent()) {
            logIn(attempt, group, server, hit);
        } else if (effect == Effect.FAIL_OVER
                && setup.changed() < setup.servers()
                && random.nextDouble() < Effect.TURN_ELSEWHERE) {
            logIn(attempt, group, random.nextInt(setup.changed(), setup.servers()), false);
        }
    }

    private void logIn(Attempt attempt, int group, int server, boolean hit) {
        String anyway = anyway(attempt, group, server);
        String reason = hit ? because(attempt, anyway) : anyway;
        if (!reason.equals("ok") && random.nextDouble() < 0.8 && attempt.tries() < 8) {
            double wait = 4 + 30 * random.nextDouble() * (1 + attempt.tries());
            attempts.add(new Attempt(attempt.at() + wait, attempt.key(), attempt.tries() + 1));
        }
        boolean caused = anyway.equals("ok") && !reason.equals("ok");
        write(attempt, group, server, reason, hit ? effect.slower() : 1, caused);
    }

    /// Why a login fails without the change, or `ok`.
    private String anyway(Attempt attempt, int group, int server) {
        if (lockedUntil.getOrDefault(attempt.key(), -1e9) > attempt.at()) {
            return "locked";
        }
        if (mishaps.fails(attempt.at(), group, server)) {
            return "backend_unreachable";
        }
        double share = people.mistypes(group) * people.carelessness(attempt.key()) * mishaps.carelessness(attempt.at());
        if (random.nextDouble() >= (attempt.tries() <= 0 ? share : 0.3)) {
            return "ok";
        }
        return reason(People.method(group), random.nextDouble());
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

    /// Why a login that is hit by the change fails, or what would have happened anyway.
    private String because(Attempt attempt, String anyway) {
        double since = attempt.at() - effect.onset(setup);
        boolean fails = switch (effect) {
            case NONE, SILENCE, FAIL_OVER, LATENCY -> false;
            case OUTAGE, GROUP, METHOD, LATE -> true;
            case PARTIAL -> people.property(attempt.key(), 5) < Effect.PARTLY;
            case DEGRADED -> random.nextDouble() < Effect.TIMED_OUT;
            case RAMP -> since > -Math.log(1 - people.property(attempt.key(), 6)) * Effect.life(setup);
            case FLAP -> Effect.flaps(since, setup);
        };
        if (!fails) {
            return anyway;
        }
        return effect == Effect.DEGRADED ? "timeout" : random.nextDouble() < 0.7 ? "bad_password" : "policy_denied";
    }

    private void stale(Attempt attempt) {
        double period = 30 + 570 * people.property(attempt.key(), 1);
        attempts.add(new Attempt(attempt.at() + period * (0.98 + 0.04 * random.nextDouble()), attempt.key(), 0));
        int server = serverFor(attempt);
        boolean silent = effect.silent() && attempt.at() >= effect.onset(setup) && server < setup.changed();
        if (!silent) {
            write(attempt, people.groupOf(attempt.key()), server, "bad_password", 1, false);
        }
    }

    private void spray(Attempt attempt) {
        Mishap attack = world.mishaps().get(attempt.tries());
        if (!attack.lasts(attempt.at())) {
            return;
        }
        double gap = wait(setup.perSecond() * attack.strength());
        attempts.add(new Attempt(attempt.at() + gap, SPRAYER, attempt.tries()));
        boolean onChanged = attack.kind() == Mishap.Kind.ATTACK_ON_CHANGED && random.nextDouble() < 0.9;
        int server = onChanged ? random.nextInt(setup.changed()) : random.nextInt(setup.servers());
        if (random.nextDouble() < 0.02) {
            lockedUntil.put(random.nextLong(people.count()), attempt.at() + 900);
        }
        long stranger = people.count() + 1_000_000_000L + random.nextLong(1L << 40);
        String reason = random.nextDouble() < 0.6 ? "unknown_user" : "bad_password";
        write(new Attempt(attempt.at(), stranger, 0), people.groupOf(stranger), server, reason, 1, false);
    }

    private void write(Attempt attempt, int group, int server, String reason, double slower, boolean caused) {
        double latency = reason.equals("timeout")
                ? 5000 + 5000 * random.nextDouble()
                : slower * People.latency(group) * Math.exp(People.SIGMA * random.nextGaussian());
        double at = attempt.at() + latency / 1000;
        Outcome outcome = reason.equals("ok") ? new Outcome.Accepted() : new Outcome.Rejected(reason);
        Duration took = Duration.of((long) (latency * 1000), ChronoUnit.MICROS);
        Login login = login(world.at(at), attempt.key(), group, server, outcome, took);
        if (people.knownBefore(attempt.key()) && !met.get((int) attempt.key())) {
            met.set((int) attempt.key());
            Instant ago = LoginWorld.START.minus(LONG_AGO);
            Login before = login(ago, attempt.key(), group, server, new Outcome.Accepted(), Duration.ZERO);
            ready.add(new Line(before, this.caused));
        }
        written.add(new Written(at, login, caused));
    }

    private static Login login(Instant at, long key, int group, int server, Outcome outcome, Duration latency) {
        return new Login(
                at,
                LoginWorld.server(server),
                new Pseudonym(key + (1L << 50)),
                new Pseudonym(key * 7 + 1),
                People.dimensions(group),
                outcome,
                latency,
                Origin.PERSON);
    }
}
