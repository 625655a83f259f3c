package barograph.world;

import barograph.world.Mishap.Kind;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// What the mishaps of a world do to one login.
final class Mishaps {
    private final List<Mishap> all;
    private final Setup setup;
    private final People people;
    private final SplittableRandom random;

    Mishaps(List<Mishap> all, Setup setup, People people, SplittableRandom random) {
        this.all = all;
        this.setup = setup;
        this.people = people;
        this.random = random;
    }

    boolean drained(double at, int server) {
        return server == setup.servers() - 1
                && all.stream().anyMatch(mishap -> mishap.kind() == Kind.DRAIN && mishap.lasts(at));
    }

    /// What keeps somebody from reaching a server at all, if anything does.
    @Nullable
    Mishap cutOff(double at, long key, int server) {
        for (Mishap mishap : all) {
            boolean here = mishap.kind() == Kind.SITE_OUTAGE
                    || (mishap.kind() == Kind.REBOOT && (server == 0 || !setup.sticky()));
            if (here && mishap.lasts(at) && people.property(key, 4) < mishap.strength()) {
                return mishap;
            }
        }
        return null;
    }

    /// Whether a server or what stands behind it fails.
    boolean fails(double at, int group, int server) {
        for (Mishap mishap : all) {
            boolean here = switch (mishap.kind()) {
                case INCIDENT -> true;
                case GROUP_INCIDENT -> group == people.onBothSides();
                case SERVER_FAULT -> server == setup.servers() - 1;
                case RESTART_BLIP -> server < setup.changed();
                case ATTACK, ATTACK_ON_CHANGED, REBOOT, SITE_OUTAGE, DRAIN, PASSWORD_DAY -> false;
            };
            if (here && mishap.lasts(at) && random.nextDouble() < mishap.strength()) {
                return true;
            }
        }
        return false;
    }

    /// By how much more often people mistype.
    double carelessness(double at) {
        double times = 1;
        for (Mishap mishap : all) {
            times *= mishap.kind() == Kind.PASSWORD_DAY && mishap.lasts(at) ? mishap.strength() : 1;
        }
        return times;
    }
}
