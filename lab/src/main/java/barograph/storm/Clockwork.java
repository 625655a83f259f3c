package barograph.storm;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Simulated time and the processes that live in it. Many may be under way, and one at a time runs: until it waits or
/// ends. So a storm plays the same way each time.
///
/// Times are milliseconds since the storm began. Each process that waits has a (virtual) thread of its own, so that the
/// code that is tried may wait in the middle of whatever it does. Whoever waits or ends lets happen what is due next
/// and hands over to the process that goes on then: the storm's own thread only begins and ends all of it.
final class Clockwork {
    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
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
        Due next = next();
        if (next == null || next.process() != me) {
            handOver(next);
            while (!me.turn) {
                LockSupport.park(this);
            }
            me.turn = false;
        }
        running = me;
        if (over) {
            throw new Over();
        }
    }

    /// Lets everything happen that is due by `last`, and stops whoever waits longer.
    void run(long last) {
        end = last;
        begin(next());
    }

    /// Ends all that is still under way.
    void stop() {
        over = true;
        while (!queue.isEmpty()) {
            Due due = queue.poll();
            if (due.process() != null && due.process().thread != null) { // it waits
                begin(due);
            }
        }
        if (failure != null) {
            throw new IllegalStateException("a process failed", failure);
        }
    }

    /// Lets happen what takes no time, until a process is to go on.
    ///
    /// @return null when nothing more is to happen
    private @Nullable Due next() {
        running = null;
        while (!over && failure == null && !queue.isEmpty() && queue.peek().at() <= end) {
            Due due = queue.poll();
            now = Math.max(now, due.at());
            if (due.process() != null) {
                return due;
            }
            try {
                due.what().run();
            } catch (Throwable e) {
                failure = e; // it is nobody's fault in whose time it happens
            }
        }
        return null;
    }

    /// On the storm's own thread: until nothing more is to happen.
    private void begin(@Nullable Due due) {
        owner = Thread.currentThread();
        ownersTurn = false;
        handOver(due);
        while (!ownersTurn) {
            LockSupport.park(this);
        }
    }

    private void handOver(@Nullable Due due) {
        Activity process = due == null ? null : due.process();
        if (due == null || process == null) {
            ownersTurn = true;
            LockSupport.unpark(owner);
        } else if (process.thread == null) {
            process.thread = Thread.ofVirtual().unstarted(() -> live(due));
            process.thread.start();
        } else {
            process.turn = true;
            LockSupport.unpark(process.thread);
        }
    }

    /// A thread that is free takes the next process that begins.
    private void live(Due first) {
        Due due = first;
        while (due != null && due.process() != null) {
            running = due.process();
            try {
                due.what().run();
            } catch (Over _) {
                // the storm has ended
            } catch (Throwable e) {
                failure = e;
            }
            due = next();
            Activity process = due == null ? null : due.process();
            if (process == null || process.thread != null) {
                handOver(due);
                return;
            }
            process.thread = Thread.currentThread();
        }
    }
}
