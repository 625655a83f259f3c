package barograph.world;

import barograph.login.Dimensions;
import java.util.List;
import java.util.function.IntPredicate;

/// Who lives in a world: people in groups, each with lasting manners that follow from the seed, so that nothing about
/// ten million of them has to be remembered.
final class People {
    private static final List<String> METHODS =
            List.of("peap", "ldap-bind", "oidc", "ssh-key", "saml", "pap", "kerberos");
    private static final double[] LATENCIES = {80, 8, 120, 30, 150, 15, 5};
    /// Of the log-normal law of latencies.
    static final double SIGMA = 0.5;

    private static final double KNOWN_BEFORE = 0.95;
    private static final double OFF_HOURS = 0.4;

    private final Setup setup;
    private final long count;
    private final double[] shares;
    private final int victim;
    private final int onBothSides;

    People(Setup setup) {
        this.setup = setup;
        count = (long) Math.max(120, setup.perSecond() * 5000);
        shares = zipf(setup.groups());
        victim = first(2, group -> onChanged(group) > 0);
        onBothSides = first(1, group -> onChanged(group) > 0 && onChanged(group) < 1);
    }

    private static double[] zipf(int groups) {
        double[] shares = new double[groups];
        double sum = 0;
        for (int g = 0; g < groups; g++) {
            shares[g] = 1 / Math.pow(g + 1.0, 1.1);
            sum += shares[g];
        }
        for (int g = 0; g < groups; g++) {
            shares[g] /= sum;
        }
        return shares;
    }

    /// The first group from some one on that is as wanted; that one itself, if none is.
    private int first(int from, IntPredicate wanted) {
        for (int i = 0; i < shares.length; i++) {
            int group = (from + i) % shares.length;
            if (wanted.test(group)) {
                return group;
            }
        }
        return from % shares.length;
    }

    /// A group with people on changed and on unchanged servers, where there is one.
    int onBothSides() {
        return onBothSides;
    }

    long count() {
        return count;
    }

    int groups() {
        return shares.length;
    }

    double share(int group) {
        return shares[group];
    }

    /// A lasting property of a key, evenly spread over 0 to 1: Steele, Lea and Flood's mixing function (SplitMix64)
    /// over the seed, the key and the number of the property.
    double property(long key, int which) {
        long z = mix(setup.seed() + 0x9E3779B97F4A7C15L * (key + 1));
        return (mix(z + which * 0xD1B54A32D192ED03L) >>> 11) * 0x1.0p-53;
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    int groupOf(long key) {
        double at = property(key, 1);
        int group = 0;
        while (group < shares.length - 1 && at >= shares[group]) {
            at -= shares[group++];
        }
        return group;
    }

    /// The server of a key in a world that sticks.
    int home(long key) {
        int group = groupOf(key);
        int from = firstServer(group);
        return from + (int) (property(key, 2) * (lastServer(group) - from));
    }

    /// In a world that sticks, some groups live on changed or on unchanged servers only.
    private int firstServer(int group) {
        return lives(group) < 0.15 && setup.changed() < setup.servers() ? setup.changed() : 0;
    }

    private int lastServer(int group) {
        return lives(group) > 0.85 ? setup.changed() : setup.servers();
    }

    private double lives(int group) {
        return property(-1000 - group, 7);
    }

    /// The share of a group's logins that go to changed servers.
    double onChanged(int group) {
        if (!setup.sticky()) {
            return (double) setup.changed() / setup.servers();
        }
        int from = firstServer(group);
        return Math.max(0, setup.changed() - from) / (double) (lastServer(group) - from);
    }

    /// Some groups come by night; the chance that one who would come does, at this time.
    double comes(int group, double at) {
        boolean nightly = property(-2000 - group, 7) < 0.2;
        return !setup.knowsNight() || setup.night(at) == nightly ? 1 : OFF_HOURS;
    }

    /// The share of a group's first tries that fail in normal times.
    double mistypes(int group) {
        return setup.failShare() * (0.4 + 1.6 * property(-3000 - group, 7));
    }

    /// The same of one person: some are more careful than others, one on average.
    double carelessness(long key) {
        return 0.4 + 1.2 * property(key, 3);
    }

    /// Whether this person or device was ever seen before the world began.
    boolean knownBefore(long key) {
        return key >= 0 && key < count && property(key, 8) < KNOWN_BEFORE;
    }

    static double newcomers() {
        return 1 - KNOWN_BEFORE;
    }

    /// Whether a change with this effect hits somebody of this group: for some effects it is one group that has people
    /// on changed servers, for the others all.
    boolean hit(Effect effect, int group) {
        return switch (effect) {
            case GROUP -> group == victim;
            case METHOD -> method(group).equals(method(victim));
            case NONE -> false;
            case OUTAGE, PARTIAL, SILENCE, FAIL_OVER, LATENCY, DEGRADED, RAMP, FLAP, LATE -> true;
        };
    }

    static String method(int group) {
        return METHODS.get(group % METHODS.size());
    }

    /// Milliseconds that a login usually takes.
    static double latency(int group) {
        return LATENCIES[group % LATENCIES.length];
    }

    static Dimensions dimensions(int group) {
        return new Dimensions("r" + group % 4, method(group), "use" + group, "");
    }
}
