package barograph.runner;

import barograph.login.Trial;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.rollout.Hold;
import barograph.rollout.Rollout;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec;
import barograph.site.ProbeSpec.Expect;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Site;
import barograph.site.Stage;
import barograph.verdict.Verdict;
import barograph.watch.Counts;
import barograph.watch.Drum;
import barograph.watch.Watch;
import barograph.watch.WatchPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

/// Looks at the servers of one stage: reads their logins, tries the probes in turn, and weighs what it sees.
///
/// It holds nothing that cannot be had again: after a restart the logs are read from the time before the change, and
/// the probes' earlier results stand in the record. Used by one thread; probes run on others and leave their results
/// in a queue.
final class LoginLookout implements Lookout {
    private final Stage stage;
    private final List<Server> servers;
    private final List<ProbeSpec> probes;
    private final LoginFeed feed;
    private final Prober prober;
    private final ExecutorService workers;
    private final WatchPlan plan;
    private final Watch watch;
    private final ProbeAccounts accounts;
    private final Map<String, Instant> due = new TreeMap<>();
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Queue<Trial> results = new ConcurrentLinkedQueue<>();
    private final Map<String, Boolean> last = new TreeMap<>();
    private final Map<ProbeId, Expect> wanted = new TreeMap<>();

    private LoginLookout(Stage stage, WatchPlan plan, List<Server> servers, Site site, World world) {
        this.stage = stage;
        this.plan = plan;
        this.watch = new Watch(plan);
        this.feed = world.feed();
        this.prober = world.prober();
        this.workers = world.workers();
        this.probes = site.probes();
        this.accounts = new ProbeAccounts(site.probes(), world.pseudonyms());
        this.servers = servers;
    }

    /// Begins to look at a stage whose servers have the change.
    static LoginLookout on(Stage stage, Rollout rollout, List<Happening> history, Site site, World world) {
        Map<ServerId, Instant> changed = new TreeMap<>();
        rollout.holds().values().forEach(hold -> hold.appliedAt().ifPresent(at -> changed.put(hold.server(), at)));
        Set<ServerId> unchanged = new HashSet<>(rollout.plan().bystanders());
        rollout.holds().values().stream()
                .filter(hold -> !changed.containsKey(hold.server()))
                .map(Hold::server)
                .filter(server -> rollout.plan().servers().contains(server))
                .forEach(unchanged::add);
        Set<ServerId> ofStage = rollout.plan().waves().stream()
                .filter(wave -> wave.stage().equals(stage))
                .findFirst()
                .map(wave -> new HashSet<>(wave.servers().keySet()))
                .orElseThrow();
        ofStage.retainAll(changed.keySet()); // others of it may have been refused, or have gone back at once
        Instant first = changed.values().stream().min(Instant::compareTo).orElseThrow();
        Instant from = first.minus(rollout.plan().watch().learn());
        List<Server> servers = Stream.concat(changed.keySet().stream(), unchanged.stream())
                .sorted()
                .flatMap(id -> site.server(id).stream())
                .toList();
        servers.stream()
                .filter(server -> server.log().isPresent())
                .forEach(server -> world.feed().follow(server, from));
        WatchPlan plan =
                new WatchPlan(changed, unchanged, ofStage, from, rollout.plan().watch());
        LoginLookout lookout = new LoginLookout(stage, plan, servers, site, world);
        rollout.proposed()
                .expect()
                .forEach(expectation ->
                        expectation.outcome().ifPresent(outcome -> lookout.wanted.put(expectation.probe(), outcome)));
        history.forEach(happening -> {
            if (happening.event() instanceof Event.Probed(Trial trial)) {
                lookout.take(trial);
            }
        });
        return lookout;
    }

    private void read(Server server, LoginFeed.Batch batch) {
        batch.logins().stream().filter(accounts::isPerson).forEach(watch::add);
        watch.see(server.id(), batch.trouble(), batch.lastSign(), batch.lines(), batch.unread());
    }

    @Override
    public Stage stage() {
        return stage;
    }

    /// Whether it looks at the same servers as a plan for the rollout as it is now would.
    @Override
    public boolean fits(Rollout rollout) {
        long changed = rollout.holds().values().stream()
                .filter(hold -> hold.appliedAt().isPresent())
                .count();
        return changed == plan.changed().size();
    }

    /// Reads what is new.
    ///
    /// @return the probes that ended otherwise than the time before
    @Override
    public List<Trial> look(Instant now) {
        for (Server server : servers) {
            if (server.log().isPresent()) {
                read(server, feed.take(server));
            } else {
                watch.see(server.id(), "it has no log of logins", Instant.MIN, 0, 0);
            }
        }
        startProbes(now);
        List<Trial> news = new ArrayList<>();
        for (Trial trial = results.poll(); trial != null; trial = results.poll()) {
            if (take(trial)) {
                news.add(trial);
            }
        }
        return news;
    }

    private boolean take(Trial trial) {
        accounts.learn(trial);
        watch.add(trial);
        Boolean before = last.put(key(trial.server(), trial.probe().value()), trial.asExpected());
        return before == null || before != trial.asExpected();
    }

    private void startProbes(Instant now) {
        for (Server server : servers) {
            for (ProbeSpec probe : probes) {
                if (!server.speaks(probe.via())) {
                    continue;
                }
                String key = key(server.id(), probe.id().value());
                if (!now.isBefore(due.getOrDefault(key, Instant.MIN)) && running.add(key)) {
                    due.put(key, now.plus(plan.rules().probeEvery()));
                    workers.execute(() -> {
                        try {
                            results.add(prober.probe(meant(probe, server), server));
                        } finally {
                            running.remove(key);
                        }
                    });
                }
            }
        }
    }

    /// On a server that has the change a probe is to end as that wants, should it want another end than the site.
    private ProbeSpec meant(ProbeSpec probe, Server server) {
        Expect outcome = wanted.get(probe.id());
        return outcome == null || !plan.changed().containsKey(server.id()) ? probe : probe.expecting(outcome);
    }

    private static String key(ServerId server, String probe) {
        return server + " " + probe;
    }

    @Override
    public Verdict weigh(Instant now) {
        return watch.weigh(now);
    }

    @Override
    public Counts counts() {
        return watch.counts();
    }

    @Override
    public Drum drum() {
        return watch.drum();
    }
}
