package barograph.runner;

import barograph.change.ChangeId;
import barograph.diagnosis.Diagnosis;
import barograph.diagnosis.Observation;
import barograph.diagnosis.Vantage;
import barograph.rollout.Cause;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.rollout.Rollout;
import barograph.site.ServerId;
import barograph.site.Site;
import barograph.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Finds out in the background why logins fail under a change, as soon as harm is seen: a rollback removes most of the
/// evidence, and is never kept waiting for it.
///
/// Once per change and process. Used by the runner's own thread; the looks run on others.
final class Inquiry {
    /// How long the end of a change waits for looks that are still under way; each has a limit of its own.
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Journal journal;
    private final Site site;
    private final World world;
    private final ChangeId change;
    private Optional<CompletableFuture<Looked>> looking = Optional.empty();
    private boolean concluded;

    /// What was seen while the change was in force, or had just been.
    private record Looked(ServerId server, List<Observation> looks) {}

    Inquiry(Journal journal, Site site, World world, ChangeId change) {
        this.journal = journal;
        this.site = site;
        this.world = world;
        this.change = change;
    }

    /// Begins to look, if it is time to and nobody has looked yet.
    void beginIfDue(Rollout rollout, List<Happening> history) {
        if (looking.isPresent() || world.diagnostician().equals(Diagnostician.NONE) || !isDue(rollout)) {
            return;
        }
        boolean known = history.stream().anyMatch(each -> each.event() instanceof Event.Diagnosed);
        Optional<ServerId> server = new CaseFile(site, history).suspicious();
        if (known || server.isEmpty() || site.server(server.get()).isEmpty()) {
            return;
        }
        looking = Optional.of(CompletableFuture.supplyAsync(() -> look(server.get(), history), world.workers()));
    }

    private static boolean isDue(Rollout rollout) {
        boolean harm = rollout.lastWeighed()
                .map(Event.Weighed::verdict)
                .filter(Verdict.Harmful.class::isInstance)
                .isPresent();
        return rollout.ending().isEmpty()
                && (harm
                        || rollout.cause()
                                .map(Cause::sort)
                                .filter(Inquiry::asksWhy)
                                .isPresent());
    }

    /// Whether somebody will ask what was at fault.
    private static boolean asksWhy(Cause.Sort sort) {
        return switch (sort) {
            case HARMFUL, EXPECTATION, GUARD, LEASE, PERSON -> true;
            case UNCONFIRMED, UNPROVEN, DRIFTED -> false;
        };
    }

    private Looked look(ServerId server, List<Happening> history) {
        CaseFile file = new CaseFile(site, history);
        Looked looked = new Looked(server, looks(file, server, history.getLast().at()));
        write(looked);
        return looked;
    }

    private List<Observation> looks(CaseFile file, ServerId server, Instant now) {
        try {
            return world.diagnostician().look(site, server, file.beside(server), file.since(server, now));
        } catch (RuntimeException e) {
            // A fault of our own: it is told where the diagnosis is told, and what the record knows still counts.
            return List.of(new Observation.Unseen(new Vantage.Controller(), "all looks", "they broke: " + e));
        }
    }

    private Diagnosis write(Looked looked) {
        Diagnosis diagnosis = new CaseFile(site, journal.of(change)).diagnosis(looked.server(), looked.looks());
        journal.append(change, new Event.Diagnosed(diagnosis));
        return diagnosis;
    }

    /// The change has ended: what probes have shown since is added to what was seen then.
    void conclude() {
        if (looking.isEmpty() || concluded) {
            return;
        }
        concluded = true;
        try {
            write(looking.get()
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join());
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof TimeoutException)) {
                throw new IllegalStateException("the diagnosis of change " + change + " broke", e.getCause());
            }
        }
    }
}
