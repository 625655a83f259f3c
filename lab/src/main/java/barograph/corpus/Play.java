package barograph.corpus;

import barograph.change.ChangeId;
import barograph.cli.Duty;
import barograph.cli.Workplace;
import barograph.diagnosis.Suspect;
import barograph.lease.Receipt;
import barograph.rehearsal.Difference;
import barograph.rehearsal.Report;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.site.PersonId;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.verdict.Signal;
import barograph.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Plays one change of the corpus on three real servers: a backup, a canary and one that stays as it is.
///
/// First as a site with good probes would have it: the backup rehearses, and what it sees keeps the change from the
/// others. What the rehearsal saw is then tried once more on the canary, without a rehearsal and without probes of the
/// people whom it hits: do their logins tell?
public final class Play {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /// How many people must have got in before the change comes, so that it is known what is usual.
    private static final int LEARNED = 80;

    private final Stand stand;
    private final Entry entry;
    private final long seed;
    private final boolean tryAlone;
    private final Consumer<String> told;

    /// @param tryAlone whether what the rehearsal saw is tried on the canary alone, too
    /// @param told hears what happens
    public Play(Stand stand, Entry entry, long seed, boolean tryAlone, Consumer<String> told) {
        this.tryAlone = tryAlone;
        this.stand = stand;
        this.entry = entry;
        this.seed = seed;
        this.told = told;
    }

    /// Blocks until it has ended; a minute or two.
    ///
    /// @param folder an empty one, to work in
    /// @throws IOException when a server does not start, or the change does not fit its files
    public Result play(Path folder) throws IOException {
        Instant began = Instant.now();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path share = Files.createDirectories(folder.resolve("share"));
        Map<String, Instance> servers = new LinkedHashMap<>();
        try {
            for (String name : List.of(Grounds.BACKUP, Grounds.CANARY, Grounds.REST)) {
                Path own = Files.createDirectories(folder.resolve(name));
                servers.put(name, Instance.start(stand, own, share));
            }
            return play(folder, stand.sharing(share), servers, began);
        } finally {
            for (Instance each : List.copyOf(servers.values()).reversed()) {
                each.close();
            }
        }
    }

    private Result play(Path folder, Stand here, Map<String, Instance> servers, Instant began) throws IOException {
        Grounds grounds = new Grounds(here, Files.createDirectories(folder.resolve("site")), servers);
        grounds.write(true, List.of());
        Map<String, String> before = look(servers);
        List<Happening> first = carry(here, grounds, true);
        Optional<Report> report = all(first, Event.Rehearsed.class).stream()
                .map(Event.Rehearsed::report)
                .findFirst();
        Seen rehearsal = report.map(this::rehearsed).orElse(new Seen(false, -1, "it was not rehearsed", List.of()));
        boolean keptAway = applied(first).isEmpty();
        List<Happening> tried = keptAway ? List.of() : first;
        boolean exact = report.map(Report::byteExact).orElse(true);
        if (keptAway && tryAlone && canTell()) {
            Grounds alone = new Grounds(here, Files.createDirectories(folder.resolve("alone")), servers);
            alone.write(false, entry.effect() == Effect.OPENS ? List.of() : entry.hits());
            tried = carry(here, alone, false);
        }
        Optional<Seen> canary = tried.isEmpty() ? Optional.empty() : Optional.of(watched(tried));
        String ending = ending(first);
        if (entry.effect().harmful()) {
            Map<String, String> after = look(servers);
            exact &= after.equals(before);
        }
        return new Result(
                stand.kind(),
                entry,
                rehearsal,
                canary,
                keptAway,
                exact,
                ending,
                all(first, Event.Forecasted.class).stream()
                        .map(Event.Forecasted::forecast)
                        .findFirst(),
                canary.filter(Seen::saw).isPresent() && entry.effect().harmful()
                        ? Optional.of(blamesTheChange(tried))
                        : Optional.empty(),
                Duration.between(began, Instant.now()).toMillis() / 1e3);
    }

    /// Whether the last diagnosis has the change as its first suspect.
    private static boolean blamesTheChange(List<Happening> history) {
        List<Event.Diagnosed> diagnosed = all(history, Event.Diagnosed.class);
        return !diagnosed.isEmpty()
                && diagnosed
                        .getLast()
                        .diagnosis()
                        .first()
                        .filter(first -> first.suspect() == Suspect.CHANGE)
                        .isPresent();
    }

    /// Whether the logins of people can tell of it at all.
    private boolean canTell() {
        return switch (entry.effect()) {
            case BREAKS, SLOW, OPENS -> true;
            case SLEEPS, SILENT, HARMLESS -> false;
        };
    }

    /// @param rehearsed whether a backup tries it first: people come once it has passed there, and not before
    private List<Happening> carry(Stand here, Grounds grounds, boolean rehearsed) throws IOException {
        Path change = grounds.change(entry);
        Path guard = grounds.file().resolveSibling("guard");
        try (Workplace workplace = Workplace.open(grounds.file(), Optional.of(guard.toString()));
                Visitors visitors =
                        new Visitors(here.crowds(), workplace.world().prober(), seed)) {
            if (!rehearsed) {
                learn(visitors, doors(workplace));
            }
            ChangeId id = workplace.propose(change).id();
            workplace.desk().release(id, PersonId.of("us/omar"));
            Consumer<Happening> listener = happening -> {
                tell(happening);
                if (happening.event() instanceof Event.Rehearsed(Report report) && report.passed()) {
                    learn(visitors, doors(workplace));
                }
            };
            new Duty(workplace, id, listener, _ -> {}).run();
            return workplace.journal().of(id);
        }
    }

    private static List<Server> doors(Workplace workplace) {
        return List.of(Grounds.CANARY, Grounds.REST).stream()
                .flatMap(name -> workplace.site().server(new ServerId(name)).stream())
                .toList();
    }

    private void learn(Visitors visitors, List<Server> doors) {
        visitors.come(doors);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (visitors.logins() < LEARNED) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(stand.kind() + ": only " + visitors.logins() + " people got in within "
                        + PATIENCE.toMinutes() + " min, before the change");
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private void tell(Happening happening) {
        if (!(happening.event() instanceof Event.Proposed) && !(happening.event() instanceof Event.Traced)) {
            told.accept(happening.at() + " " + happening.event());
        }
    }

    private Seen rehearsed(Report report) {
        List<Difference> worse =
                report.differences().stream().filter(Difference::worse).toList();
        if (!report.trouble().isEmpty()) {
            List<String> everybody = stand.crowds().stream().map(Crowd::name).toList();
            return new Seen(true, -1, report.trouble(), everybody);
        }
        List<String> named = worse.stream()
                .flatMap(difference -> difference.group().stream())
                .distinct()
                .toList();
        return worse.isEmpty()
                ? new Seen(false, -1, "all probes went as before", List.of())
                : new Seen(
                        true,
                        -1,
                        worse.getFirst().probe() + ": " + worse.getFirst().before() + " → "
                                + worse.getFirst().after(),
                        named);
    }

    private Seen watched(List<Happening> history) {
        Optional<Happening> called = history.stream()
                .filter(each -> each.event() instanceof Event.RollbackCalled)
                .findFirst();
        if (called.isEmpty() || !(called.get().event() instanceof Event.RollbackCalled back)) {
            return new Seen(false, -1, ending(history), List.of());
        }
        double seconds = applied(history)
                .map(at -> Duration.between(at, called.get().at()).toMillis() / 1e3)
                .orElse(0.0);
        return switch (back.cause().sort()) {
            case HARMFUL, EXPECTATION -> new Seen(true, seconds, back.cause().words(), named(history));
            case GUARD -> new Seen(true, seconds, back.cause().words(), entry.hits());
            case LEASE, UNCONFIRMED, UNPROVEN, DRIFTED, PERSON ->
                new Seen(
                        false,
                        seconds,
                        back.cause().sort() + ": " + back.cause().words(),
                        List.of());
        };
    }

    /// Whom the verdict names; everybody only where it names nobody in particular.
    private List<String> named(List<Happening> history) {
        List<Signal> signals = all(history, Event.Weighed.class).stream()
                .flatMap(weighed ->
                        weighed.verdict() instanceof Verdict.Harmful harmful ? harmful.signals().stream() : Stream.of())
                .toList();
        List<String> named = stand.crowds().stream()
                .filter(crowd -> signals.stream()
                        .anyMatch(signal -> signal.segment().contains(crowd.segment())
                                || signal.segment().contains(crowd.name())
                                || signal.stream().contains(":" + crowd.name())))
                .map(Crowd::name)
                .toList();
        return named.isEmpty() && !signals.isEmpty()
                ? stand.crowds().stream().map(Crowd::name).toList()
                : named;
    }

    /// When the first server had it.
    private static Optional<Instant> applied(List<Happening> history) {
        return history.stream()
                .filter(each -> each.event() instanceof Event.Answered answered
                        && answered.receipt() instanceof Receipt.Applied)
                .map(Happening::at)
                .findFirst();
    }

    private static String ending(List<Happening> history) {
        return all(history, Event.Ended.class).stream()
                .map(ended -> ended.ending().name())
                .findFirst()
                .orElse("gate");
    }

    private static Map<String, String> look(Map<String, Instance> servers) throws IOException {
        Map<String, String> looks = new LinkedHashMap<>();
        for (Map.Entry<String, Instance> server : servers.entrySet()) {
            looks.put(server.getKey(), server.getValue().look());
        }
        return looks;
    }

    private static <E extends Event> List<E> all(List<Happening> history, Class<E> type) {
        List<E> found = new ArrayList<>();
        for (Happening happening : history) {
            if (type.isInstance(happening.event())) {
                found.add(type.cast(happening.event()));
            }
        }
        return found;
    }
}
