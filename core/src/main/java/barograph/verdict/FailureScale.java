package barograph.verdict;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Compares how often logins fail (or are slow, or fail for one reason) on changed and unchanged servers at the
/// same time, group by group, while the world moves: an [EProcess] over Bernoulli units.
///
/// Single-threaded. Work per [#add]: rows × states (540; 675 where next tries are asked about) multiplications, and
/// as many exponentials where groups are pooled.
public final class FailureScale {
    /// Offsets in log odds that come and go by themselves: a local fault. They lie where larger effects lie, for
    /// what looks the same can only be told apart by when it begins and how long it stays. The larger, the rarer;
    /// all together, the changed servers have one in five weeks.
    /// Below zero, it is an unchanged server that fails by itself.
    private static final List<Rows.Local> RARE = List.of(
            new Rows.Local(-3.2, 0.002),
            new Rows.Local(-1.6, 0.002),
            new Rows.Local(1.6, 0.00008),
            new Rows.Local(2.3, 0.00005),
            new Rows.Local(3.2, 0.00004),
            new Rows.Local(4.5, 0.00003),
            new Rows.Local(7, 0.00003));
    /// In one group alone they are rarer, because there are many groups.
    private static final List<Rows.Local> RARE_IN_GROUP =
            RARE.stream().map(local -> local.rarer(0.2)).toList();
    /// Offsets in log odds that an effect may have: from twice as many failures to all of them. Mistakes tend to hit
    /// few or all, and those that hit all are the worst.
    private static final List<Rows.Effect> EFFECTS = List.of(
            new Rows.Effect(0.7, 0.12),
            new Rows.Effect(1.1, 0.14),
            new Rows.Effect(1.6, 0.12),
            new Rows.Effect(2.3, 0.12),
            new Rows.Effect(3.2, 0.14),
            new Rows.Effect(4.5, 0.16),
            new Rows.Effect(7, 0.20));
    /// What hits nearly all hits the same people again. Of the smaller effects, so large a part hits each login
    /// anew: one of several backends is broken, a time-out is too short.
    private static final double SCATTERED = 0.85;

    private static final double NEARLY_ALL = 4;
    private static final List<Rows.Effect> RETRIED = Stream.concat(
                    EFFECTS.stream()
                            .map(effect -> new Rows.Effect(
                                    effect.offset(),
                                    effect.offset() < NEARLY_ALL
                                            ? effect.weight() * (1 - SCATTERED)
                                            : effect.weight())),
                    EFFECTS.stream()
                            .filter(effect -> effect.offset() < NEARLY_ALL)
                            .map(effect -> new Rows.Effect(effect.offset(), effect.weight() * SCATTERED, false)))
            .toList();
    /// Slower logins are minded from a shift of the whole distribution by about two thirds of a standard deviation;
    /// a fifth slower is nobody's harm.
    private static final List<Rows.Effect> SLOWER =
            EFFECTS.stream().filter(effect -> effect.offset() >= 1.6).toList();

    /// All logins are asked.
    private static final Base CERTAIN = new Base(1, 1);
    /// Nothing is so sure that it could not be otherwise.
    private static final double MOST = 1 - 1e-9;

    private static final double SPREAD = 0.12;
    private static final double SPREAD_OF_SLOWNESS = 0.3;
    private static final int TIMED_PER_HIT = 4;
    private static final double SPREAD_OF_REASONS = 0.3;
    private final Rows rows;
    private final Pace pace;
    private final @Nullable FailureScale all;
    private final EProcess process;
    private final double[] withFollowing;
    private final double[] work;
    private final Weather weather;
    private double[] stateShares;
    private double clock = Double.NaN;

    private FailureScale(Rows rows, Pace pace, States states, @Nullable FailureScale all) {
        this.rows = rows;
        this.pace = pace;
        this.all = all;
        process = new EProcess(states, rows, pace);
        weather = new Weather(pace);
        withFollowing = new double[all == null ? 0 : process.size()];
        work = new double[rows.count() * Failing.COUNT];
        stateShares = process.stateShares();
    }

    /// @param learned failures seen on the changed servers while learning: few leave the base uncertain
    public static FailureScale ofFailures(long learned, Pace pace) {
        return new FailureScale(Rows.of(usual(learned, SPREAD), RARE, EFFECTS), pace, States.ofFailing(), null);
    }

    /// A test that asks about next tries, too ([#retry]): they tell an effect that hits the same people again from one
    /// that hits each login anew.
    public static FailureScale ofFailuresAndRetries(long learned, Pace pace) {
        return new FailureScale(Rows.of(usual(learned, SPREAD), RARE, RETRIED), pace, States.ofFailing(), null);
    }

    /// A test of one group of people, which mostly is in the state that the test of all sees; that one is weighed
    /// first.
    ///
    /// @param pace how often it goes its own way
    public static FailureScale ofGroup(long learned, Pace pace, FailureScale all) {
        return new FailureScale(Rows.of(usual(learned, SPREAD), RARE_IN_GROUP, EFFECTS), pace, States.ofGroup(), all);
    }

    /// A test of one reason for failing, among the logins that did not fail for another. Which reasons are common
    /// differs more from server to server than how many fail.
    public static FailureScale ofReason(long learned, Pace pace) {
        return new FailureScale(
                Rows.of(usual(learned, SPREAD_OF_REASONS), RARE, EFFECTS), pace, States.ofFailing(), null);
    }

    /// @param learned logins whose time was seen on the changed servers while learning; a handful of them tells as much
    ///        of how slow logins are as one failure does of how often they fail
    public static FailureScale ofSlowness(long learned, Pace pace) {
        Rows rows = Rows.of(usual(learned / TIMED_PER_HIT, SPREAD_OF_SLOWNESS), RARE, SLOWER);
        return new FailureScale(rows, pace, States.ofFailing(), null);
    }

    private static Rows.Usual usual(long learned, double least) {
        return Rows.Usual.steady(Math.sqrt(least * least + 1.0 / (learned + 2)));
    }

    /// Prepares what [#add] needs for one group of logins.
    ///
    /// @param pooled whether other groups are weighed beside it, so that it may be in a state of its own
    public Member member(Base base, boolean pooled) {
        return Member.of(rows, base, CERTAIN, pooled ? new Apart(pace, rows.nulls()) : null);
    }

    /// Of the logins that another member counts as hits, those that go further. The odds of going so far shift by
    /// the same factor for all marks (proportional odds; McCullagh 1980, *Regression models for ordinal data*), so
    /// that the two together weigh how far a login went.
    ///
    /// @param base the share of all logins that go so far; at most that of `than`
    public Member further(Member than, Base base) {
        return Member.of(rows, base, than.base, than.apart);
    }

    /// Of the logins that another member counts as hits, those whose next try fails, too.
    /// Only for [#ofFailuresAndRetries].
    ///
    /// @param again the share of next tries that fail in normal times; above 0, below 1
    public Member retry(Member first, double again) {
        return Member.retry(rows, first, again);
    }

    /// Lets time pass; `hours` since the change.
    public void passTo(double hours) {
        process.passTo(hours);
        weather.passTo(hours);
        clock = hours;
        stateShares = process.stateShares();
    }

    /// Takes in what unchanged servers showed of one group since time passed last: in which state the world is.
    public void learn(Member group, Tally unchanged) {
        long parts = unchanged.parts();
        for (long part = 0; part < parts; part++) {
            Tally few = unchanged.part(part, parts);
            group.unchanged.likelihoods(group.likelihoodUnchanged, few);
            weather.learn(group.likelihoodUnchanged, few.units());
        }
    }

    /// Weighs what was seen of one group since time passed last, or as much of it as counts.
    public void add(Member group, Tally changed, Tally unchanged) {
        long parts = Math.max(changed.parts(), unchanged.parts());
        for (long part = 0; part < parts; part++) {
            addFew(group, changed.part(part, parts), unchanged.part(part, parts));
        }
    }

    private void addFew(Member group, Tally changed, Tally unchanged) {
        group.changed.likelihoods(work, changed);
        group.unchanged.likelihoods(group.likelihoodUnchanged, unchanged);
        process.weigh(all == null ? shared(group) : following(group, all));
    }

    private double[] shared(Member group) {
        for (int j = 0; j < work.length; j++) {
            work[j] *= group.likelihoodUnchanged[j % Failing.COUNT];
        }
        if (group.apart != null) {
            group.apart.mix(work, process.effectShares(), stateShares, clock);
        }
        return work;
    }

    /// States of its own, and last "it follows all". There, unchanged servers are weighed by what was known of all
    /// before this look, and changed ones given all that unchanged ones show in it: P(unchanged) · P(changed |
    /// unchanged).
    private double[] following(Member group, FailureScale all) {
        int own = Failing.COUNT;
        double unchanged = 0;
        for (int i = 0; i < own; i++) {
            unchanged += all.before(i) * group.likelihoodUnchanged[i];
        }
        for (int k = 0; k < rows.count(); k++) {
            double following = 0;
            for (int i = 0; i < own; i++) {
                following += all.now(i) * work[k * own + i];
                withFollowing[k * (own + 1) + i] = work[k * own + i] * group.likelihoodUnchanged[i];
            }
            withFollowing[k * (own + 1) + own] = unchanged * following;
        }
        return withFollowing;
    }

    private double before(int state) {
        return pace.controlled() && weather.isSeen() ? weather.before(state) : stateShares[state];
    }

    private double now(int state) {
        return pace.controlled() && weather.isSeen() ? weather.now(state) : stateShares[state];
    }

    /// The e-value against "the change does nothing".
    public double value() {
        return process.value();
    }

    /// The share that would fail now without the change, of logins of which `base` fail in normal times, as far as
    /// unchanged servers tell.
    public double usual(double base) {
        return weather.usual(base);
    }

    /// Units, and how many of them failed.
    public record Tally(long units, long hits) {
        public static final Tally NONE = new Tally(0, 0);

        /// So many units weigh at most 300 nats, which leaves room in a number.
        private static final long FEW = 20;

        /// Into how many parts of few units it is cut.
        long parts() {
            return (units + FEW - 1) / FEW;
        }

        /// One of so many parts, each with its share of units and hits; together they are the whole.
        Tally part(long part, long parts) {
            long fails = hits * (part + 1) / parts - hits * part / parts;
            long passes = units - hits;
            return new Tally(fails + passes * (part + 1) / parts - passes * part / parts, fails);
        }

        /// The units that did not fail but for one reason.
        ///
        /// @param ofReason how many of the hits are for that reason
        public Tally only(long ofReason) {
            return new Tally(units - hits + ofReason, ofReason);
        }

        public Tally plus(Tally other) {
            return new Tally(units + other.units, hits + other.hits);
        }
    }

    /// The share of a group's units that fails in normal times, on each side; above 0, below 1.
    public record Base(double changed, double unchanged) {}

    /// One group of logins in one test: how likely its units fail and pass, for each row and state.
    public static final class Member {
        private final Base base;
        private final Chances changed;
        private final Chances unchanged;
        private final double[] likelihoodUnchanged = new double[Failing.COUNT];
        private final @Nullable Apart apart;

        /// @param failing the chance of a hit on a changed server, by row and state
        /// @param failingUnchanged the same on an unchanged one, by state
        private Member(
                Rows rows, Base base, @Nullable Apart apart, RowChance failing, IntToDoubleFunction failingUnchanged) {
            this.base = base;
            this.apart = apart;
            int states = Failing.COUNT;
            double[] byRow = new double[rows.count() * states];
            for (int j = 0; j < byRow.length; j++) {
                byRow[j] = failing.chance(j / states, j % states);
            }
            changed = new Chances(byRow);
            unchanged = new Chances(
                    IntStream.range(0, states).mapToDouble(failingUnchanged).toArray());
        }

        /// A chance for each row and state.
        @FunctionalInterface
        private interface RowChance {
            double chance(int row, int state);
        }

        /// @param of the share of all logins that are asked at all
        private static Member of(Rows rows, Base base, Base of, @Nullable Apart apart) {
            return new Member(
                    rows,
                    base,
                    apart,
                    (row, state) -> of(
                            share(base.changed(), rows.offset(row), state),
                            share(of.changed(), rows.offset(row), state)),
                    state -> of(Failing.share(base.unchanged(), state), Failing.share(of.unchanged(), state)));
        }

        private static Member retry(Rows rows, Member first, double again) {
            Base base = first.base;
            return new Member(
                    rows,
                    base,
                    first.apart,
                    (row, state) -> retrying(rows, row, base.changed(), again, state),
                    state -> Retrying.usual(base.unchanged(), again, state));
        }

        /// During an incident retries tell nothing of the change: how many fail again depends on what kind of incident
        /// it is, and an effect on top of it would only be a second chance to fit that.
        private static double retrying(Rows rows, int row, double base, double again, int state) {
            double usual = Retrying.usual(base, again, state);
            double before = Failing.share(base, state);
            double now = share(base, rows.offset(row), state);
            return Failing.isHit(state) || rows.usual(row) || now <= before
                    ? usual
                    : Math.min(Retrying.withEffect(before, now, usual, rows.lasting(row)), MOST);
        }

        private static double share(double base, double offset, int state) {
            return base == 1 ? 1 : Odds.share(Odds.of(Failing.share(base, state)) + offset);
        }

        private static double of(double share, double asked) {
            return Math.min(share / asked, MOST);
        }

        public Base base() {
            return base;
        }
    }
}
