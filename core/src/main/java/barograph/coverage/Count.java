package barograph.coverage;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Pseudonym;
import barograph.site.ProbeSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Counts old logins by realm, method and client, and says which of them the probes stand for.
///
/// Memory: a number for each sort of login, of which at most [#MOST] are told apart, and eight bytes or so for each
/// person. Single-threaded.
public final class Count {
    static final int MOST = 5_000;
    private static final int GAPS = 20;
    private static final Dimensions OTHERS =
            new Dimensions("others", Dimensions.UNTOLD, Dimensions.UNTOLD, Dimensions.UNTOLD);

    private final Map<Dimensions, Sort> sorts = new HashMap<>();
    private final Set<Stand> told = new LinkedHashSet<>();
    private final Instant now;
    private Instant first;
    private long logins;

    /// One sort of logins.
    private static final class Sort {
        private final Set<Pseudonym> people = new HashSet<>();
        private long logins;
    }

    /// @param now what is later does not count
    public Count(Instant now) {
        this.now = now;
        this.first = now;
    }

    /// Takes in a login of a person; those that were not let in are passed over.
    public void add(Login login) {
        if (!login.outcome().accepted() || login.at().isAfter(now)) {
            return;
        }
        Dimensions all = login.dimensions();
        Dimensions sort = new Dimensions(all.realm(), all.method(), all.client(), Dimensions.UNTOLD);
        Sort counted =
                sorts.computeIfAbsent(sorts.size() < MOST || sorts.containsKey(sort) ? sort : OTHERS, _ -> new Sort());
        counted.logins++;
        counted.people.add(login.user());
        logins++;
        first = login.at().isBefore(first) ? login.at() : first;
    }

    /// Takes in a login of a probe's account: it tells whose logins the probe looks like.
    public void addProbe(Login login) {
        if (login.outcome().accepted() && told.size() < MOST) {
            told.add(Stand.of(login.dimensions()));
        }
    }

    /// The logins that some probes stand for.
    public static Predicate<Dimensions> like(List<ProbeSpec> probes) {
        List<Stand> stands = probes.stream().map(Stand::of).toList();
        return login -> stands.stream().anyMatch(stand -> stand.fits(login));
    }

    /// Empty where no login was counted.
    public Optional<Coverage> coverage(List<ProbeSpec> probes) {
        if (logins == 0) {
            return Optional.empty();
        }
        List<Stand> stands = new ArrayList<>(told);
        probes.stream()
                .filter(probe -> probe.expect() == ProbeSpec.Expect.ACCEPT)
                .map(Stand::of)
                .forEach(stands::add);
        Duration span = Duration.between(first, now);
        double days = Math.max(span.toMinutes(), 1) / (24 * 60.0);
        long whole = 0;
        long kin = 0;
        List<Gap> gaps = new ArrayList<>();
        for (Map.Entry<Dimensions, Sort> sort : sorts.entrySet()) {
            Dimensions of = sort.getKey();
            List<Stand> fit = stands.stream().filter(stand -> stand.fits(of)).toList();
            long count = sort.getValue().logins;
            if (fit.stream().anyMatch(stand -> stand.fitsClient(of))) {
                whole += count;
            } else if (!fit.isEmpty()) {
                kin += count;
            } else {
                gaps.add(new Gap(
                        of.realm(),
                        of.method(),
                        of.client(),
                        (double) count / logins,
                        count / days,
                        sort.getValue().people.size()));
            }
        }
        gaps.sort(Comparator.comparingDouble(Gap::share).reversed().thenComparing(Gap::segment));
        return Optional.of(new Coverage(
                logins,
                span,
                (double) whole / logins,
                (double) kin / logins,
                gaps.subList(0, Math.min(GAPS, gaps.size()))));
    }
}
