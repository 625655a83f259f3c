package barograph.diagnosis;

import barograph.diagnosis.Suspect.Weight;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Weighs the suspects against each other.
///
/// Every suspect but the change is a way in which logins fail. The change does harm in one of these ways, so what
/// speaks for a way speaks for the change as well, as far as the change could do it like that: a firewall that drops
/// packets is hardly the doing of a users' file. What compares servers and times tells whose doing it is.
final class Ranking {
    /// Of outages at Google, about 70% were due to changes in a live system (Beyer et al., "Site Reliability
    /// Engineering", 2016, chapter 1): against some ten other suspects that is more than ten to one each.
    private static final int LAST_THING_CHANGED = 12;

    /// The change does it in a way of which nothing else was seen.
    private static final int UNSEEN_WAY = -3;

    private static final int TOUCHED = -1;

    private final Facts facts;
    private final List<Evidence> evidence;
    private final Map<Suspect, Integer> sums = new EnumMap<>(Suspect.class);

    /// @param evidence each sign once
    Ranking(Facts facts, List<Evidence> evidence) {
        this.facts = facts;
        this.evidence = once(evidence);
        for (Suspect suspect : Suspect.values()) {
            sums.put(suspect, rarity(suspect));
        }
        for (Evidence each : this.evidence) {
            each.sign().weights().forEach(weight -> sums.merge(weight.suspect(), weight.decibans(), Integer::sum));
        }
    }

    /// How rare some causes are, seen from any server on any day.
    private static int rarity(Suspect suspect) {
        return switch (suspect) {
            case INTERCEPTION -> -8;
            case CLOCK -> -4;
            case FRAGMENTS -> -3;
            case LOAD -> -2;
            case CHANGE, PATH, NAMES, BACKEND_PATH, BACKEND, TLS, SECRET, POLICY, ACCOUNT, SERVER -> 0;
        };
    }

    /// How unlikely it is that a change does harm in a way of which none of its files speaks.
    private static int outOfReach(Suspect way) {
        return switch (way) {
            case CHANGE -> throw new IllegalArgumentException("the change is no way of its own");
            case PATH, NAMES, FRAGMENTS, BACKEND_PATH, ACCOUNT -> -28;
            case INTERCEPTION, CLOCK -> -32;
            case SECRET, TLS -> -24;
            case BACKEND, LOAD -> -22;
            case POLICY -> -6;
            case SERVER -> -4;
        };
    }

    /// The words of a sign that was seen several times say so.
    private static List<Evidence> once(List<Evidence> all) {
        Map<Sign, List<Evidence>> bySign =
                all.stream().collect(Collectors.groupingBy(Evidence::sign, LinkedHashMap::new, Collectors.toList()));
        return bySign.values().stream()
                .map(alike -> {
                    long more = alike.stream().map(Evidence::words).distinct().count() - 1;
                    return more == 0
                            ? alike.getFirst()
                            : new Evidence(
                                    alike.getFirst().sign(),
                                    alike.getFirst().words() + " (and " + more + " more like it)");
                })
                .toList();
    }

    /// The likeliest first; those about whom nothing was seen are left out.
    List<Ranked> ranking() {
        List<Ranked> suspects = new ArrayList<>();
        for (Suspect suspect : Suspect.values()) {
            if (suspect != Suspect.CHANGE) {
                suspects.add(
                        new Ranked(suspect, how(suspect), sum(suspect), 0, speaks(suspect, 1), speaks(suspect, -1)));
            }
        }
        facts.change().ifPresent(change -> suspects.add(theChange(change)));
        double all = suspects.stream()
                .mapToDouble(each -> Math.pow(10, each.decibans() / 10.0))
                .sum();
        return suspects.stream()
                .filter(each -> !each.speaksFor().isEmpty() || !each.against().isEmpty())
                .map(each -> new Ranked(
                        each.suspect(),
                        each.how(),
                        each.decibans(),
                        Math.pow(10, each.decibans() / 10.0) / all,
                        each.speaksFor(),
                        each.against()))
                .sorted(Comparator.comparingInt(Ranked::decibans).reversed())
                .toList();
    }

    private int sum(Suspect suspect) {
        return sums.getOrDefault(suspect, 0);
    }

    /// @param direction 1 for what speaks for the suspect, -1 for what speaks against
    private List<Reason> speaks(Suspect suspect, int direction) {
        List<Reason> reasons = new ArrayList<>();
        for (Evidence each : evidence) {
            for (Weight weight : each.sign().weights()) {
                if (weight.suspect() == suspect && Integer.signum(weight.decibans()) == direction) {
                    reasons.add(new Reason(each.words(), weight.decibans()));
                }
            }
        }
        return strongestFirst(reasons);
    }

    private static List<Reason> strongestFirst(List<Reason> reasons) {
        return reasons.stream()
                .sorted(Comparator.comparingInt((Reason reason) -> -Math.abs(reason.decibans())))
                .toList();
    }

    /// What the strongest sign says about the way in which a suspect did it.
    private String how(Suspect suspect) {
        return evidence.stream()
                .max(Comparator.comparingInt(each -> weight(each.sign(), suspect)))
                .filter(each -> weight(each.sign(), suspect) > 0)
                .map(each -> Hows.of(each.sign()))
                .orElse("");
    }

    private static int weight(Sign sign, Suspect suspect) {
        return sign.weights().stream()
                .filter(weight -> weight.suspect() == suspect)
                .mapToInt(Weight::decibans)
                .sum();
    }

    /// A way in which the change may do the harm.
    ///
    /// @param files those of its files that could
    private record Way(Suspect way, List<ChangedFile> files, int reach, int sum) {}

    private Ranked theChange(Facts.Changed change) {
        Touches touches = new Touches(change.files());
        Way best = sums.keySet().stream()
                .filter(suspect -> suspect != Suspect.CHANGE)
                .map(suspect -> {
                    List<ChangedFile> files = touches.in(suspect);
                    int reach = files.isEmpty() ? outOfReach(suspect) : TOUCHED;
                    return new Way(suspect, files, reach, sum(suspect) + reach);
                })
                .max(Comparator.comparingInt(Way::sum))
                .orElseThrow();
        boolean seen = best.sum() > UNSEEN_WAY;
        int way = seen ? best.sum() : UNSEEN_WAY;
        List<Reason> speaksFor = new ArrayList<>(speaks(Suspect.CHANGE, 1));
        List<Reason> against = new ArrayList<>(speaks(Suspect.CHANGE, -1));
        speaksFor.add(new Reason("it is the last thing that was changed on this server", LAST_THING_CHANGED));
        if (seen && !best.files().isEmpty() && sum(best.way()) > 0) {
            speaksFor.add(new Reason(
                    "it touches " + names(best.files()) + ", where it could do just that: what fails is "
                            + best.way().title(),
                    sum(best.way())));
        }
        strongestWay()
                .filter(strongest -> touches.in(strongest).isEmpty() && sum(strongest) > 0)
                .ifPresent(strongest -> against.add(new Reason(
                        "nothing that it touches speaks of " + strongest.title() + ", which is where it fails",
                        Math.min(-1, way - sum(strongest)))));
        int points = sum(Suspect.CHANGE) + LAST_THING_CHANGED + way;
        return new Ranked(
                Suspect.CHANGE, how(change, best, seen), points, 0, strongestFirst(speaksFor), strongestFirst(against));
    }

    private Optional<Suspect> strongestWay() {
        return sums.keySet().stream()
                .filter(suspect -> suspect != Suspect.CHANGE)
                .max(Comparator.comparingInt(this::sum));
    }

    private static String how(Facts.Changed change, Way best, boolean seen) {
        List<ChangedFile> files = seen && !best.files().isEmpty() ? best.files() : change.files();
        return files.isEmpty() ? change.name() : change.name() + ": " + names(files);
    }

    private static String names(List<ChangedFile> files) {
        String first = files.stream().limit(3).map(ChangedFile::path).collect(Collectors.joining(", "));
        return files.size() > 3 ? first + " and " + (files.size() - 3) + " more" : first;
    }
}
