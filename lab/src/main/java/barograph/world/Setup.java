package barograph.world;

import java.util.SplittableRandom;

/// The size and the manners of a world.
///
/// @param perSecond lines a second, as a mean over the day
/// @param changed how many of the servers get the change
/// @param sticky whether each key stays with one server
/// @param failShare of logins that fail in normal times
/// @param before seconds before the change
/// @param after seconds after it
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
    /// How long a restart takes, in seconds: logins of this time are not judged.
    static final double SETTLE = 10;

    private static final double LEAST = 60;
    private static final double DAY = 86_400;

    /// Worlds shorter than this know no day and night.
    private static final double SHORT = 20_000;

    /// @param lines about how many logins in all, a third of them before the change; neither part is shorter than
    ///        a minute or longer than a day
    public static Setup seeded(long seed, double perSecond, int lines) {
        SplittableRandom random = new SplittableRandom(seed * 31 + 7);
        int servers = random.nextInt(2, 6);
        double before = Math.clamp(lines / 3.0 / perSecond, LEAST, DAY);
        double after = Math.clamp(lines / 1.5 / perSecond, LEAST, DAY);
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

    /// The same, with nothing to compare with.
    public Setup allChanged() {
        return new Setup(seed, perSecond, servers, servers, sticky, failShare, groups, before, after);
    }

    /// A rate as people write it.
    public static String rate(double perSecond) {
        return perSecond == Math.rint(perSecond) ? Long.toString((long) perSecond) : Double.toString(perSecond);
    }

    boolean knowsNight() {
        return before + after >= SHORT;
    }

    /// @param at seconds since the change; the world begins at eight in the morning
    boolean night(double at) {
        double hour = ((before + at) / 3600 + 8) % 24;
        return hour < 7 || hour > 19;
    }

    /// Visits a second: traffic over the day, a third of it at night.
    double visits(double at) {
        double ofDay = !knowsNight() ? 1 : night(at) ? 0.45 : 1.3;
        return perSecond * 0.9 * ofDay;
    }
}
