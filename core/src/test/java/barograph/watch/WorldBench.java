package barograph.watch;

import barograph.hindcast.Hindcast;
import barograph.login.Login;
import barograph.site.WatchRules;
import barograph.verdict.Verdict;
import barograph.watch.LoginWorld.Effect;
import barograph.watch.LoginWorld.Kind;
import barograph.watch.LoginWorld.Mishap;
import barograph.watch.LoginWorld.Setup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// Runs many seeded worlds and prints how the watch does: `WorldBench <worlds per regime> [regimes]`.
public final class WorldBench {
    static final WatchRules RULES = new WatchRules(
            Duration.ofMinutes(30),
            Duration.ofHours(24),
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofDays(1),
            0.01,
            0.02,
            Duration.ofMinutes(30),
            WatchRules.Policy.ASK,
            WatchRules.Policy.ASK,
            Duration.ofMinutes(1));
    static final double[] RATES = {0.02, 0.2, 2, 20, 200};

    enum Regime {
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
        NO_CONTROL
    }

    static List<Mishap> mishaps(Regime regime, Setup setup, SplittableRandom random) {
        double after = setup.after();
        double from = random.nextDouble() * after * 0.6;
        double to = from + Math.max(20, after * (0.05 + 0.2 * random.nextDouble()));
        double strength = 0.2 + 0.75 * random.nextDouble();
        return switch (regime) {
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
                for (Regime one : new Regime[] {Regime.ATTACK, Regime.INCIDENT, Regime.BLIP, Regime.GROUP_INCIDENT}) {
                    all.addAll(mishaps(one, setup, random));
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

    record Run(Hindcast.Summary summary, double harmAt, double healthyAt, String signal) {}

    static Run run(LoginWorld world, double after) {
        WatchPlan plan = world.plan(RULES);
        Hindcast hindcast = new Hindcast(plan, Duration.ofMillis((long) Math.clamp(after / 4, 50, 20_000)));
        for (Login login : world.logins()) {
            hindcast.add(login);
        }
        Hindcast.Summary summary = hindcast.end(world.end());
        double healthy = summary.turns().stream()
                .filter(turn -> turn.verdict() instanceof Verdict.Healthy)
                .mapToDouble(turn -> Duration.between(plan.at(), turn.at()).toMillis() / 1e3)
                .findFirst()
                .orElse(Double.NaN);
        return new Run(
                summary,
                summary.harm()
                        .map(turn -> Duration.between(plan.at(), turn.at()).toMillis() / 1e3)
                        .orElse(Double.NaN),
                healthy,
                summary.harm()
                        .map(turn -> ((Verdict.Harmful) turn.verdict()).signals().getFirst().stream())
                        .orElse(""));
    }

    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        int worlds = Integer.parseInt(args[0]);
        String only = args.length > 1 ? args[1] : ".*";
        double[] rates = args.length > 2
                ? Arrays.stream(args[2].split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray()
                : RATES;
        long first = args.length > 3 ? Long.parseLong(args[3]) : 0;
        for (Regime regime : Regime.values()) {
            if (!regime.name().matches(only)) {
                continue;
            }
            for (double rate : rates) {
                int harm = 0;
                int healthy = 0;
                StringBuilder which = new StringBuilder();
                long began = System.nanoTime();
                for (long seed = first; seed < first + worlds; seed++) {
                    Setup setup = Setup.seeded(seed, rate);
                    if (regime == Regime.NO_CONTROL) {
                        setup = setup.allChanged();
                    }
                    List<Mishap> mishaps = mishaps(regime, setup, new SplittableRandom(seed * 77 + 5));
                    Run run = run(new LoginWorld(setup, Effect.NONE, mishaps), setup.after());
                    if (!Double.isNaN(run.harmAt())) {
                        harm++;
                        which.append(String.format(" %d@%.0fs:%s", seed, run.harmAt(), run.signal()));
                    }
                    healthy += Double.isNaN(run.healthyAt()) ? 0 : 1;
                }
                System.out.printf(
                        "%-20s %6.2f/s  false %d/%d  healthy %d  %.1fs each %s%n",
                        regime, rate, harm, worlds, healthy, (System.nanoTime() - began) / 1e9 / worlds, which);
            }
        }
        for (Effect effect : Effect.values()) {
            if (effect == Effect.NONE || !effect.name().matches(only)) {
                continue;
            }
            for (double rate : rates) {
                List<Double> delays = new ArrayList<>();
                List<String> signals = new ArrayList<>();
                int missed = 0;
                for (long seed = first; seed < first + worlds; seed++) {
                    Setup setup = Setup.seeded(seed, rate);
                    Run run = run(new LoginWorld(setup, effect, List.of()), setup.after());
                    if (Double.isNaN(run.harmAt())) {
                        missed++;
                    } else {
                        delays.add(run.harmAt());
                    }
                    signals.add(run.signal().replaceAll(":group.*", ""));
                }
                delays.sort(Double::compare);
                System.out.printf(
                        "%-20s %6.2f/s  missed %d/%d  delay p50 %.1f p90 %.1f max %.1f  in lines p50 %.1f  %s%n",
                        effect,
                        rate,
                        missed,
                        worlds,
                        at(delays, 0.5),
                        at(delays, 0.9),
                        at(delays, 1),
                        at(delays, 0.5) * rate,
                        signals.stream()
                                .collect(java.util.stream.Collectors.groupingBy(
                                        s -> s, java.util.TreeMap::new, java.util.stream.Collectors.counting())));
            }
        }
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
    }
}
