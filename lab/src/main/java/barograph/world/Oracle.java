package barograph.world;

import org.apache.commons.statistics.distribution.LogNormalDistribution;

/// Knows the laws of a [LoginWorld] and tells from them, not from what was drawn, how many logins are needed to see
/// its effect.
///
/// The arrivals of one person are a Poisson stream of some rate r, so that after a counted login and a pause of w =
/// 600 s the next comes 1/r later: 1/(1 + r·w) of the visits count. Of those, the share is left out whose last
/// outcome was a failure (a fifth do not try again, nor do those who fail eight times), and newcomers at their first
/// visit. A person who failed because of the change does not count again; the bound leaves this out, as it is
/// reached long before most people come a second time. A login tells once its line is written, which is when it ends:
/// an oracle that reads logs knows of no login before.
final class Oracle {
    /// How often a mistake is a person's last word: one fifth each time does not try again, three tenths of the
    /// others mistype again: 0.2 / (1 - 0.8 · 0.3).
    private static final double GAVE_UP = 0.2 / (1 - 0.8 * 0.3);

    private static final double WINDOW = 600;

    private final Setup setup;
    private final People people;
    private final Effect effect;
    private final double usual;

    Oracle(Setup setup, People people, Effect effect) {
        this.setup = setup;
        this.people = people;
        this.effect = effect;
        usual = usual();
    }

    Bound bound() {
        if (effect == Effect.NONE) {
            return Bound.NONE;
        }
        return Bound.of(most(), usual, this::written, this::nats, setup.after() - effect.onset(setup));
    }

    /// The share of units on the hit part of the changed servers that fail anyway.
    private double usual() {
        double failing = 0;
        double all = 0;
        for (int g = 0; g < people.groups(); g++) {
            double weight = people.hit(effect, g) ? people.share(g) * people.onChanged(g) : 0;
            failing += weight * people.mistypes(g);
            all += weight;
        }
        return all == 0 ? 0 : failing / all;
    }

    /// Counted logins a second on the hit part of the changed servers, if the change had done nothing.
    double units(double at) {
        double units = 0;
        for (int g = 0; g < people.groups(); g++) {
            units += units(g, at);
        }
        return units;
    }

    private double units(int g, double at) {
        if (!people.hit(effect, g)) {
            return 0;
        }
        double visits = setup.visits(at) * people.comes(g, at);
        double each = visits / people.count();
        double newcomers = People.newcomers() * Math.exp(-each * (setup.before() + at));
        return visits
                * people.share(g)
                * people.onChanged(g)
                * (1 - newcomers)
                * (1 - GAVE_UP * people.mistypes(g))
                / (1 + each * WINDOW);
    }

    /// The same, of those that began after the onset, by when their lines are written, or should have been. That
    /// those which time out take seconds is left out.
    ///
    /// @param since seconds since the onset
    double written(double since) {
        double at = effect.onset(setup) + since;
        double written = 0;
        for (int g = 0; g < people.groups(); g++) {
            double usually = effect.slower() * People.latency(g) / 1000;
            written += units(g, at)
                    * LogNormalDistribution.of(Math.log(usually), People.SIGMA).cumulativeProbability(since);
        }
        return written;
    }

    private double most() {
        return effect == Effect.RAMP || effect == Effect.FLAP ? 1 : share(0);
    }

    /// The share of logins that the effect makes fail, on the part that is hit.
    ///
    /// @param since seconds since the onset
    private double share(double since) {
        return switch (effect) {
            case NONE, SILENCE, FAIL_OVER, LATENCY -> 0;
            case OUTAGE, GROUP, METHOD, LATE -> 1;
            case PARTIAL -> Effect.PARTLY;
            case DEGRADED -> Effect.TIMED_OUT;
            case RAMP -> 1 - Math.exp(-since / Effect.life(setup));
            case FLAP -> Effect.flaps(since, setup) ? 1 : 0;
        };
    }

    private double nats(double since) {
        if (effect.silent()) {
            return 1;
        }
        double failing = usual + (1 - usual) * share(since);
        return Bound.coins(failing, usual) + (1 - failing) * Bound.slower(effect.slower(), People.SIGMA);
    }
}
