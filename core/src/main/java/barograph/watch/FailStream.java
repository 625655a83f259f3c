package barograph.watch;

import barograph.verdict.FailureScale;
import barograph.verdict.FailureScale.Base;
import barograph.verdict.FailureScale.Member;
import barograph.verdict.FailureScale.Tally;
import barograph.verdict.Signal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// One stream of yes-or-no evidence with its own share of the site's `false-rollback`, and its [FailureScale].
///
/// Streams with shares w of α that trip at 1/(α·w) ever trip with probability at most α together, whatever the
/// number of looks (Ville's inequality and the union bound). An accident of one device proves nothing: at least
/// [#FEWEST_HITS] hits are asked for.
final class FailStream {
    static final int FEWEST_HITS = 3;
    /// What was not weighed yet is weighed at the latest after a minute, so that time passes for each test alike.
    private static final double LATEST_HOURS = 1.0 / 60;

    /// From this part of the hits on it is one segment's.
    static final double MOST_HITS = 0.75;
    /// Units that are weighed in full at once, and how many more in an hour. Beyond, each weighs less: no model of
    /// people is true to a part in a thousand, and what a hundred thousand of them show is its error.
    private static final double ROOM = 2_000;

    private static final double ROOM_PER_HOUR = 60_000;

    private final String name;
    private final String segment;
    private final double threshold;
    private final FailureScale test;
    private final boolean waitsForHits;
    private final Map<Integer, Seen> members = new HashMap<>();
    private Tally changed = Tally.NONE;
    private Tally unchanged = Tally.NONE;
    private double usualHits;
    private double weighedAt = Double.NEGATIVE_INFINITY;
    private double room = ROOM;
    private boolean pending;
    private boolean begun;
    private boolean leftToGroup;

    /// @param waitsForHits whether units without a hit may wait: where hits are rare, nothing is lost by it
    FailStream(String name, String segment, double threshold, FailureScale test, boolean waitsForHits) {
        this.name = name;
        this.segment = segment;
        this.threshold = threshold;
        this.test = test;
        this.waitsForHits = waitsForHits;
    }

    private static final class Seen {
        private final String segment;
        private final Member member;
        private long units;
        private long hits;
        private Tally changed = Tally.NONE;
        private Tally unchanged = Tally.NONE;
        private final Thinner thinner = new Thinner();
        private final Thinner thinnerUnchanged = new Thinner();

        private Seen(String segment, Member member) {
            this.segment = segment;
            this.member = member;
        }
    }

    /// Gives a member (a segment, or the only one there is) its base.
    void member(int number, String name, Base base, boolean pooled) {
        members.put(number, new Seen(name, test.member(base, pooled)));
    }

    /// Gives a member that counts, of those that another one counts as hits, whose next try fails, too.
    ///
    /// @param failing the share of next tries that fail in normal times
    void retry(int number, int of, double failing) {
        Seen first = Objects.requireNonNull(members.get(of));
        members.put(number, new Seen(first.segment, test.retry(first.member, failing)));
    }

    boolean has(int number) {
        return members.containsKey(number);
    }

    /// Gives a member that counts, of those that another one counts as hits, who goes further.
    void further(int number, int than, Base base) {
        Seen lower = Objects.requireNonNull(members.get(than));
        members.put(number, new Seen(lower.segment, test.further(lower.member, base)));
    }

    /// @param judged whether this is after the change; before, it only warms the test up
    void add(int number, Tally more, Tally moreUnchanged, boolean judged) {
        await(number, more, moreUnchanged);
        if (judged) {
            count(number, more, moreUnchanged);
        }
    }

    /// Takes in what is to be weighed.
    void await(int number, Tally more, Tally moreUnchanged) {
        Seen seen = members.get(number);
        if (seen == null || more.units() + moreUnchanged.units() == 0) {
            return;
        }
        seen.changed = seen.changed.plus(more);
        seen.unchanged = seen.unchanged.plus(moreUnchanged);
        pending |= !waitsForHits || more.hits() + moreUnchanged.hits() > 0;
    }

    /// Takes in what people are told of.
    void count(int number, Tally more, Tally moreUnchanged) {
        Seen seen = members.get(number);
        if (seen != null) {
            seen.units += more.units();
            seen.hits += more.hits();
            changed = changed.plus(more);
            unchanged = unchanged.plus(moreUnchanged);
            usualHits += more.units() * seen.member.base().changed();
        }
    }

    /// Weighs what was added, if that makes a difference yet.
    void weigh(double hours) {
        if (!pending && hours - weighedAt < LATEST_HOURS) {
            return;
        }
        test.passTo(hours);
        double weight = weight(hours);
        for (Seen seen : members.values()) {
            test.learn(seen.member, seen.unchanged);
            test.add(
                    seen.member,
                    seen.thinner.thin(seen.changed, weight),
                    seen.thinnerUnchanged.thin(seen.unchanged, weight));
            seen.changed = Tally.NONE;
            seen.unchanged = Tally.NONE;
        }
        weighedAt = hours;
        pending = false;
    }

    /// Forgets what waits on the changed servers: there was nobody to compare with.
    void drop() {
        for (Seen seen : members.values()) {
            seen.changed = Tally.NONE;
        }
        pending = false;
    }

    /// Whether it speaks of one group alone, whose own stream compares it with its like on the unchanged servers.
    void leaveToGroup(boolean left) {
        leftToGroup = left;
    }

    private boolean speaks() {
        return changed.hits() >= FEWEST_HITS && !leftToGroup;
    }

    /// How much each unit that waits is to weigh, 0 to 1.
    private double weight(double hours) {
        boolean first = !begun && changed.units() > 0;
        begun |= first;
        double more = Double.isInfinite(weighedAt) || first ? ROOM : (hours - weighedAt) * ROOM_PER_HOUR;
        room = Math.min(ROOM, room + more);
        double waiting = 0;
        for (Seen seen : members.values()) {
            waiting += seen.changed.units() + seen.unchanged.units();
        }
        double weight = waiting <= room ? 1 : room / waiting;
        room -= waiting * weight;
        return weight;
    }

    double threshold() {
        return threshold;
    }

    FailureScale test() {
        return test;
    }

    /// Units since the change, and how many of them failed.
    Tally changed() {
        return changed;
    }

    Tally unchanged() {
        return unchanged;
    }

    /// How far the evidence is on its way to its threshold, from 0 to 1 and beyond.
    double reach() {
        double share = Math.log(Math.max(1, test.value())) / Math.log(threshold);
        return speaks() ? share : Math.min(share, 0.99);
    }

    /// What it adds to the evidence of all streams together: that is proof at 1.
    double part() {
        return speaks() ? test.value() / threshold : 0;
    }

    Signal signal() {
        return new Signal(
                name, segment(), Math.max(1, test.value()), threshold, changed.units(), changed.hits(), usual());
    }

    /// Whom it hits: one segment where that has most of the hits, though not most of the logins.
    private String segment() {
        for (Seen seen : members.values()) {
            boolean most = seen.hits >= FEWEST_HITS && seen.hits >= MOST_HITS * changed.hits();
            if (members.size() > 1 && most && seen.units < MOST_HITS * changed.units()) {
                return seen.segment;
            }
        }
        return segment;
    }

    /// The share that fails on unchanged servers since the change, pulled toward what was learned.
    private double usual() {
        double learned = changed.units() == 0 ? 0 : usualHits / changed.units();
        double pull = 4 / Math.max(learned, 1e-6);
        return (unchanged.hits() + learned * pull) / (unchanged.units() + pull);
    }
}
