package barograph.world;

import barograph.site.ServerId;
import barograph.site.WatchRules;
import barograph.watch.WatchPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A seeded world of people, devices and login servers around one change.
///
/// People log in at random, more by day than by night; they mistype and try again; devices with stale passwords fail
/// for ever; newcomers appear. The change may have an [Effect], and [Mishap]s happen that are not the change. The
/// same seed always tells the same story.
public final class LoginWorld implements World {
    static final Instant START = Instant.parse("2026-03-03T08:00:00Z");
    private static final WatchRules RULES = World.rules(Duration.ofSeconds((long) Setup.SETTLE));

    private final Setup setup;
    private final Effect effect;
    private final List<Mishap> mishaps;
    private final String scenario;
    private final People people;
    private final WatchPlan plan;
    private final Truth truth;

    /// @param scenario what it is called
    public LoginWorld(Setup setup, Effect effect, List<Mishap> mishaps, String scenario) {
        this.setup = setup;
        this.effect = effect;
        this.mishaps = List.copyOf(mishaps);
        this.scenario = scenario;
        people = new People(setup);
        plan = planned();
        truth = new Truth(effect.word(), at(effect.onset(setup)), new Oracle(setup, people, effect).bound());
    }

    /// A world in which nothing happens but the effect of the change.
    public LoginWorld(Setup setup, Effect effect) {
        this(setup, effect, List.of(), effect.word());
    }

    @Override
    public String name() {
        return scenario + " at " + Setup.rate(setup.perSecond()) + "/s";
    }

    private WatchPlan planned() {
        Map<ServerId, Instant> changed =
                IntStream.range(0, setup.changed()).boxed().collect(Collectors.toMap(LoginWorld::server, _ -> at(0)));
        Set<ServerId> unchanged = IntStream.range(setup.changed(), setup.servers())
                .mapToObj(LoginWorld::server)
                .collect(Collectors.toSet());
        return new WatchPlan(changed, unchanged, changed.keySet(), START, RULES);
    }

    @Override
    public WatchPlan plan() {
        return plan;
    }

    @Override
    public Instant end() {
        return at(setup.after());
    }

    @Override
    public Truth truth() {
        return truth;
    }

    @Override
    public Duration pace() {
        return World.pace(setup.perSecond());
    }

    @Override
    public Iterator<Line> lines() {
        return new Story(this);
    }

    Setup setup() {
        return setup;
    }

    Effect effect() {
        return effect;
    }

    List<Mishap> mishaps() {
        return mishaps;
    }

    People people() {
        return people;
    }

    /// @param seconds since the change
    Instant at(double seconds) {
        return START.plus((long) ((setup.before() + seconds) * 1e6), ChronoUnit.MICROS);
    }

    static ServerId server(int number) {
        return new ServerId("auth" + (number + 1));
    }
}
