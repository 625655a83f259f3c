package barograph.site;

import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import barograph.form.Problem;
import barograph.form.Spans;
import barograph.site.WatchRules.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// How real logins are watched: by the site's own rules, or as one change differs from them.
public final class WatchForm {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Form<Duration> UP_TO_A_WEEK = Form.duration(Duration.ofSeconds(1), DAY.multipliedBy(7));
    private static final Form<Policy> POLICY = Form.choice("policy", Policy.class);

    private final Optional<WatchRules> site;
    private final Field<Duration> bake;
    private final Field<Duration> atMost;
    private final Field<Duration> settle;
    private final Field<Duration> unit;
    private final Field<Duration> learn;
    private final Field<Double> falseRollback;
    private final Field<Double> harmlessBelow;
    private final Field<Duration> quiet;
    private final Field<Policy> undecided;
    private final Field<Policy> blind;
    private final Field<Duration> probeEvery;

    private WatchForm(Optional<WatchRules> site) {
        this.site = site;
        bake = field("bake", UP_TO_A_WEEK, "30m", WatchRules::bake, "how long a stage is watched at least");
        atMost = field("at-most", UP_TO_A_WEEK, "4h", WatchRules::atMost, "how long a stage is watched at most");
        settle = field(
                "settle",
                Form.duration(Duration.ZERO, Duration.ofHours(1)),
                "10s",
                WatchRules::settle,
                "how long after the change a login must have begun to count, since the restart itself is not judged");
        unit = field(
                "unit",
                Form.duration(Duration.ZERO, DAY),
                "10m",
                WatchRules::unit,
                "the least time between two logins of one person or device that count as two pieces of evidence");
        learn = field(
                "learn",
                Form.duration(Duration.ZERO, DAY.multipliedBy(90)),
                "7d",
                WatchRules::learn,
                "how much of the time before the change is read to learn what is normal");
        falseRollback = field(
                "false-rollback",
                Form.percent("0.001", "50"),
                "1%",
                WatchRules::falseRollback,
                "the chance, over the whole watch, of ever rolling back a harmless change");
        harmlessBelow = field(
                "harmless-below",
                Form.percent("0.01", "99"),
                "2%",
                WatchRules::harmlessBelow,
                "the rise in the share of failing logins, in percentage points, that is called harmless");
        quiet = field(
                "quiet",
                UP_TO_A_WEEK,
                "10m",
                WatchRules::quiet,
                "how long a log may give no sign of life before the watch calls itself blind");
        undecided = field(
                "undecided",
                POLICY,
                "ask",
                WatchRules::undecided,
                "what happens when nothing is proven at the latest time");
        blind = field(
                "blind",
                POLICY,
                "ask",
                WatchRules::blind,
                "what happens when the watch could not see at the latest time");
        probeEvery = field(
                "probe-every",
                Form.duration(Duration.ofMillis(100), DAY),
                "30s",
                WatchRules::probeEvery,
                "how often each probe is tried on each watched server");
    }

    private <T> Field<T> field(
            String name, Form<T> form, String standard, Function<WatchRules, T> ofSite, String meaning) {
        return site.map(ofSite)
                .map(value -> Field.or(value, name, form, meaning + "; as the site says if left out"))
                .orElseGet(() -> Field.standard(name, form, standard, meaning));
    }

    /// The site's own rules, with standards for what is left out.
    public static Form<WatchRules> ofSite() {
        return new WatchForm(Optional.empty()).form();
    }

    /// One change's rules: the site's for what is left out.
    public static Form<WatchRules> ofChange(WatchRules site) {
        return new WatchForm(Optional.of(site)).form();
    }

    private Form<WatchRules> form() {
        return Form.fields(
                        bake,
                        atMost,
                        settle,
                        unit,
                        learn,
                        falseRollback,
                        harmlessBelow,
                        quiet,
                        undecided,
                        blind,
                        probeEvery)
                .check(this::times)
                .as("a map", this::make);
    }

    private List<Problem> times(Answers answers) {
        List<Problem> problems = new ArrayList<>();
        Optional<Duration> least = answers.find(bake);
        Optional<Duration> most = answers.find(atMost);
        if (least.isPresent() && most.isPresent() && least.get().compareTo(most.get()) > 0) {
            problems.add(new Problem(
                    answers.place(atMost),
                    "the watch would end (at-most " + Spans.write(most.get()) + ") before it may (bake "
                            + Spans.write(least.get()) + ").",
                    "Make at-most at least as long as bake."));
        }
        Optional<Duration> start = answers.find(settle);
        if (least.isPresent() && start.isPresent() && start.get().compareTo(least.get()) >= 0) {
            problems.add(new Problem(
                    answers.place(settle),
                    "no login would count before the least time (bake " + Spans.write(least.get()) + ") is over.",
                    "Make settle shorter than bake."));
        }
        return problems;
    }

    private WatchRules make(Answers answers) {
        return new WatchRules(
                answers.of(bake),
                answers.of(atMost),
                answers.of(settle),
                answers.of(unit),
                answers.of(learn),
                answers.of(falseRollback),
                answers.of(harmlessBelow),
                answers.of(quiet),
                answers.of(undecided),
                answers.of(blind),
                answers.of(probeEvery));
    }
}
