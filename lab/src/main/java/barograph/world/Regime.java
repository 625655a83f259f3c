package barograph.world;

import barograph.world.Mishap.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// What may happen around a change that does nothing.
public enum Regime {
    QUIET,
    ATTACK,
    ATTACK_ON_CHANGED,
    INCIDENT,
    INCIDENT_AT_CHANGE,
    GROUP_INCIDENT,
    LOCAL,
    BLIP,
    PASSWORD_DAY,
    SERVER_FAULT,
    ALL,
    NO_CONTROL;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The world of this regime in which the change does nothing.
    public LoginWorld world(Setup setup) {
        Setup drawn = this == NO_CONTROL ? setup.allChanged() : setup;
        return new LoginWorld(drawn, Effect.NONE, mishaps(drawn, new SplittableRandom(setup.seed() * 77 + 5)), word());
    }

    private List<Mishap> mishaps(Setup setup, SplittableRandom random) {
        double after = setup.after();
        double from = random.nextDouble() * after * 0.6;
        double to = from + Math.max(20, after * (0.05 + 0.2 * random.nextDouble()));
        double strength = 0.2 + 0.75 * random.nextDouble();
        return switch (this) {
            case QUIET, NO_CONTROL -> List.of();
            case ATTACK -> List.of(new Mishap(Kind.ATTACK, from, to, 2));
            case ATTACK_ON_CHANGED -> List.of(new Mishap(Kind.ATTACK_ON_CHANGED, from, to, 2));
            case INCIDENT -> List.of(new Mishap(Kind.INCIDENT, from, to, strength));
            case INCIDENT_AT_CHANGE -> List.of(new Mishap(Kind.INCIDENT, 0, to - from, strength));
            case GROUP_INCIDENT -> List.of(new Mishap(Kind.GROUP_INCIDENT, from, to, strength));
            case LOCAL -> local(after, random);
            case BLIP -> List.of(new Mishap(Kind.RESTART_BLIP, 0, 8, 0.8));
            case PASSWORD_DAY -> List.of(new Mishap(Kind.PASSWORD_DAY, from, after, 3));
            case SERVER_FAULT -> List.of(new Mishap(Kind.SERVER_FAULT, from, to, strength));
            case ALL -> {
                List<Mishap> all = new ArrayList<>(local(after, random));
                for (Regime one : List.of(ATTACK, INCIDENT, BLIP, GROUP_INCIDENT)) {
                    all.addAll(one.mishaps(setup, random));
                }
                yield all;
            }
        };
    }

    /// Reboots of network gear (minutes), an outage of a site, a server that is drained.
    private static List<Mishap> local(double after, SplittableRandom random) {
        double first = random.nextDouble() * after;
        double second = random.nextDouble() * after;
        double third = random.nextDouble() * after;
        return List.of(
                new Mishap(
                        Kind.REBOOT, first, first + 120 + 400 * random.nextDouble(), 0.1 + 0.3 * random.nextDouble()),
                new Mishap(Kind.SITE_OUTAGE, second, second + 300 + 3000 * random.nextDouble(), 0.3),
                new Mishap(Kind.DRAIN, third, third + 600 + 3000 * random.nextDouble(), 1));
    }
}
