package barograph.storm;

import barograph.change.ChangeId;
import barograph.change.Edit;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.login.Pseudonyms;
import barograph.notices.Letter;
import barograph.notices.Letters;
import barograph.notices.Tokens;
import barograph.record.Commitment;
import barograph.record.Draft;
import barograph.record.Entry;
import barograph.record.Recorder;
import barograph.rollout.Event;
import barograph.rollout.Step;
import barograph.runner.Changes;
import barograph.runner.Courier;
import barograph.runner.FreshLook;
import barograph.runner.Inspector;
import barograph.runner.Journal;
import barograph.runner.LoginFeed;
import barograph.runner.Messenger;
import barograph.runner.Runner;
import barograph.runner.World;
import barograph.site.Server;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/// One life of a controller: the real runner and the real messenger, until they are done or it dies.
final class Controller {
    private static final long LETTERS_EVERY = 15_000;
    private static final long QUIET = 120_000;
    private static final long PERSONS_TURN = 30_000;
    /// A clock that is set back by hours prolongs a watch by as much.
    private static final int MOST_TURNS = 20_000;
    private static final Tokens TOKENS = new Tokens("a key of the storm, no secret".getBytes(StandardCharsets.UTF_8));

    private final Storm storm;
    private final Clockwork clock;
    private final Journal journal;
    private final ChangeId change;
    private boolean dead;
    private boolean done;
    private long turnedAt;

    Controller(Storm storm, ChangeId change) {
        this.storm = storm;
        this.change = change;
        clock = storm.clock;
        journal = new Journal(new Ears(storm.paper), storm::time, storm.paper);
    }

    /// It is no more: nothing that it was about to do happens.
    private static final class Dead extends Error {
        private static final long serialVersionUID = 1;

        Dead() {
            super(null, null, false, false);
        }
    }

    /// Takes the change on.
    void start() {
        clock.start(clock.now(), () -> guarded(this::turns));
        clock.start(clock.now(), () -> guarded(this::letters));
    }

    /// A process that cannot write its record ends, and is started again by whoever runs it.
    private void guarded(Runnable what) {
        try {
            what.run();
        } catch (Dead _) {
            return;
        } catch (barograph.record.RecordTrouble _) {
            die(20_000);
        } catch (CompletionException e) {
            if (e.getCause() instanceof barograph.record.RecordTrouble) {
                die(20_000);
            } else if (!(e.getCause() instanceof Dead)) {
                throw e;
            }
        }
    }

    /// Dies, and another one follows.
    void die(long down) {
        if (!dead) {
            dead = true;
            clock.at(clock.now() + down, () -> storm.controller().start());
        }
    }

    private void turns() {
        journal.append(change, new Event.TakenOn("storm"));
        Runner runner = new Runner(journal, storm.site, world(), change, storm::lookout);
        for (int turns = 0; !done; turns++) {
            if (turns > MOST_TURNS) {
                storm.turnsInVain(turns);
                throw new Dead();
            }
            turnedAt = storm.paper.size();
            Step step = runner.turn();
            switch (step) {
                case Step.End _ -> done = true;
                case Step.Rest(Optional<Instant> until, String _, var _) ->
                    pass(until.map(this::millisUntil).orElse(PERSONS_TURN));
                case Step.Watch(var _, Optional<Instant> until, String _) ->
                    pass(Math.min(
                            storm.schedule.lease() / 6,
                            until.map(this::millisUntil).orElse(PERSONS_TURN)));
                case Step.Rehearse _, Step.Predict _, Step.Send _, Step.Check _, Step.Trace _, Step.Note _ -> {}
            }
        }
    }

    private long millisUntil(Instant until) {
        return Math.clamp(Duration.between(storm.time(), until).toMillis(), 100, PERSONS_TURN);
    }

    private void pass(long millis) {
        clock.pass(millis);
        live();
    }

    private void letters() {
        Messenger messenger = new Messenger(
                journal,
                new Letters(storm.site, Place.NOTICES, TOKENS),
                this::deliver,
                new FreshLook(storm.site, (_, _) -> noProbes(), new Hands()),
                storm::time);
        while (true) {
            long size = storm.paper.size();
            Optional<Instant> next = messenger.rounds();
            if (done && next.isEmpty()) {
                return;
            }
            pass(storm.paper.size() > size ? LETTERS_EVERY : QUIET);
        }
    }

    private World world() {
        return new World(
                this::send,
                new Looks(),
                (_, _) -> noProbes(),
                new NoLogs(),
                _ -> new Changes.Found.Same(storm.change),
                new Pseudonyms("a key of the storm, no secret".getBytes(StandardCharsets.UTF_8)),
                storm::time,
                new Hands());
    }

    private static barograph.login.Trial noProbes() {
        throw new IllegalStateException("the site has no probes");
    }

    private void live() {
        if (dead) {
            throw new Dead();
        }
    }

    /// Something is about to be done that others can see.
    private void effect() {
        live();
        if (storm.kills()) {
            throw new Dead();
        }
    }

    private Receipt send(Server server, Order order) {
        effect();
        storm.sends(server.id(), order, turnedAt);
        Receipt receipt = storm.line.send(server, order);
        live();
        storm.answered(server.id(), order, receipt);
        return receipt;
    }

    /// What somebody else has changed, as far as the line lets it be seen.
    private final class Looks implements Inspector {
        @Override
        public Sighting sinceApplied(Server server, ChangeId which, Collection<String> paths, Optional<Edit> edit) {
            live();
            Sighting sighting = storm.line.inspect(server, host -> host.drifted(which, paths));
            live();
            return sighting;
        }

        @Override
        public Sighting sinceSnapshot(Server server, ChangeId which) {
            live();
            Sighting sighting = storm.line.inspect(server, host -> host.driftedSince(which));
            live();
            return sighting;
        }
    }

    private Courier.Delivery deliver(Letter letter) {
        effect();
        Courier.Delivery delivery = storm.mail(letter);
        live();
        return delivery;
    }

    /// The record, as long as this process lives.
    private final class Ears implements Recorder {
        private final Recorder paper;

        Ears(Recorder paper) {
            this.paper = paper;
        }

        @Override
        public Entry append(Draft draft) {
            effect();
            Entry entry = paper.append(draft);
            if (draft.kind().equals("Ended/1")) {
                storm.ends();
            }
            effect();
            return entry;
        }

        @Override
        public List<Entry> about(String subject, long from) {
            live();
            return paper.about(subject, from);
        }

        @Override
        public List<Entry> entries(long from, int limit) {
            live();
            return paper.entries(from, limit);
        }

        @Override
        public long size() {
            live();
            return paper.size();
        }

        @Override
        public String checkpoint() {
            return paper.checkpoint();
        }

        @Override
        public Optional<byte[]> attachment(Commitment commitment) {
            return paper.attachment(commitment);
        }

        @Override
        public void close() {}
    }

    /// Where somebody waits for the outcome it is done at once, one after the other; else in a process of its own.
    private final class Hands extends AbstractExecutorService implements ExecutorService {
        @Override
        public void execute(Runnable what) {
            if (what instanceof CompletableFuture.AsynchronousCompletionTask) {
                what.run();
            } else {
                clock.start(clock.now(), () -> guarded(what));
            }
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }

    static final class NoLogs implements LoginFeed {
        @Override
        public void follow(Server server, Instant since) {}

        @Override
        public Batch take(Server server) {
            return new Batch(List.of(), 0, 0, "", Instant.MIN, Instant.MIN);
        }

        @Override
        public void close() {}
    }
}
