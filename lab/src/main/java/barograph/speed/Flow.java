package barograph.speed;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import barograph.site.ServerId;
import barograph.site.WatchRules;
import barograph.watch.WatchPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// A seeded flow of logins, made as they are asked for: many people in many groups on a few servers, at an even rate.
/// Nothing breaks in it, so that the watch over it never ends early. The same seed gives the same logins.
final class Flow {
    static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
    static final ServerId CHANGED = new ServerId("radius-1");

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double FAILING = 0.03;
    private static final Outcome ACCEPTED = new Outcome.Accepted();
    private static final Outcome REJECTED = new Outcome.Rejected("bad_password");

    private final int people;
    private final double perSecond;
    private final ServerId[] servers;
    private final Dimensions[] groups;
    private final Duration[] latencies = new Duration[64];
    private long state;
    private long made;

    /// @param people different ones, each always of the same group
    Flow(long seed, int servers, int groups, int people, double perSecond) {
        state = seed;
        this.people = people;
        this.perSecond = perSecond;
        this.servers = new ServerId[servers];
        for (int i = 0; i < servers; i++) {
            this.servers[i] = new ServerId("radius-" + (i + 1));
        }
        this.groups = new Dimensions[groups];
        for (int i = 0; i < groups; i++) {
            this.groups[i] = new Dimensions("realm" + i, i % 3 == 0 ? "pap" : "peap", "nas" + i % 20, "");
        }
        for (int i = 0; i < latencies.length; i++) {
            latencies[i] = Duration.ofMillis(5 + i * i / 8);
        }
    }

    /// A watch over the first server, whose change comes at `change`.
    WatchPlan plan(Instant change) {
        Set<ServerId> unchanged = new java.util.HashSet<>(java.util.Arrays.asList(servers));
        unchanged.remove(CHANGED);
        return new WatchPlan(Map.of(CHANGED, change), unchanged, Set.of(CHANGED), START, rules());
    }

    static WatchRules rules() {
        return new WatchRules(
                Duration.ofMinutes(30),
                Duration.ofDays(2),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofDays(7),
                1e-6,
                0.02,
                Duration.ofMinutes(10),
                WatchRules.Policy.ASK,
                WatchRules.Policy.ASK,
                Duration.ofSeconds(30));
    }

    /// The next login.
    Login next() {
        long chance = random();
        int person = (int) (((chance >>> 40) * people) >>> 24);
        long who = mix(person + 1L);
        // Few groups are large and many small: the group of a person grows with the square.
        double place = (who >>> 11) * 0x1p-53;
        boolean accepted = (chance & 0xFFFF) >= FAILING * 0x10000;
        return new Login(
                at(made++),
                servers[(int) ((chance >>> 16) & 0xFFFF) % servers.length],
                new Pseudonym(who | 1),
                new Pseudonym((who >>> 7) | 1),
                groups[(int) (place * place * groups.length)],
                accepted ? ACCEPTED : REJECTED,
                latencies[(int) (chance >>> 32) & 63],
                Origin.PERSON);
    }

    /// When a login comes, by its number.
    Instant at(long number) {
        long millis = (long) (number * 1_000 / perSecond);
        return START.plusMillis(millis);
    }

    private long random() {
        state += GOLDEN;
        return mix(state);
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
