package barograph.storm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Simulated time and the processes that live in it. Many may be under way, and one at a time runs: until it waits or
/// ends. So a storm plays the same way each time.
///
/// Times are milliseconds since the storm began. Each process has a (virtual) thread of its own, so that the code
/// that is tried may wait in the middle of whatever it does.
final class Clockwork {
    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
    private final Set<Activity> waiting = new HashSet<>();
    private long now;
    private long scheduled;
    private long end;
    private volatile @Nullable Thread owner;
    private volatile boolean ownersTurn;
    private @Nullable Activity running;
    private @Nullable Throwable failure;
    private boolean over;

    /// @param process to go on with; null where `what` happens in no time
    private record Due(long at, long number, @Nullable Activity process, Runnable what) {}

    private static final class Activity {
        private @Nullable Thread thread;
        private volatile boolean turn;
    }

    /// The storm is over for whoever still waits.
    private static final class Over extends Error {
        private static final long serialVersionUID = 1;

        Over() {
            super(null, null, false, false);
        }
    }

    long now() {
        return now;
    }

    /// Lets something happen that takes no time.
    void at(long time, Runnable what) {
        queue.add(new Due(Math.max(time, now), scheduled++, null, what));
    }

    /// Starts a process, which may wait.
    void start(long time, Runnable what) {
        queue.add(new Due(Math.max(time, now), scheduled++, new Activity(), what));
    }

    /// Waits, if this is a process; else only lets the clock go on.
    void pass(long millis) {
        long until = now + millis;
        if (over) {
            throw new Over();
        }
        Due first = queue.peek();
        if (until <= end && (first == null || first.at() > until)) {
            now = until;
            return;
        }
        Activity me = running;
        if (me == null) {
            throw new IllegalStateException("what takes no time may not wait");
        }
        queue.add(new Due(until, scheduled++, me, () -> {}));
        waiting.add(me);
        handBack();
        while (!me.turn) {
            LockSupport.park(this);
        }
        me.turn = false;
        waiting.remove(me);
        if (over) {
            throw new Over();
        }
    }

    /// Lets everything happen that is due by `last`, and stops whoever waits longer.
    void run(long last) {
        end = last;
        owner = Thread.currentThread();
        while (!queue.isEmpty() && queue.peek().at() <= last && failure == null) {
            Due due = queue.poll();
            now = Math.max(now, due.at());
            happen(due);
        }
    }

    /// Ends all that is still under way.
    void stop() {
        over = true;
        queue.clear();
        for (Activity process : new ArrayList<>(waiting)) {
            resume(process);
        }
        if (failure != null) {
            throw new IllegalStateException("a process failed", failure);
        }
    }

    private void happen(Due due) {
        Activity process = due.process();
        if (process == null) {
            due.what().run();
        } else if (process.thread == null) {
            running = process;
            ownersTurn = false;
            process.thread = Thread.ofVirtual().start(() -> live(due.what()));
            awaitTurn();
        } else {
            resume(process);
        }
    }

    private void resume(Activity process) {
        running = process;
        ownersTurn = false;
        process.turn = true;
        LockSupport.unpark(process.thread);
        awaitTurn();
    }

    private void live(Runnable what) {
        try {
            what.run();
        } catch (Over _) {
            // the storm has ended
        } catch (Throwable e) {
            failure = e;
        } finally {
            handBack();
        }
    }

    private void handBack() {
        running = null;
        ownersTurn = true;
        LockSupport.unpark(owner);
    }

    private void awaitTurn() {
        while (!ownersTurn) {
            LockSupport.park(this);
        }
    }
}
