package barograph.toy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// People who log in, each on a virtual thread, until they are told to stop.
///
/// Who does what comes from the seed; when it happens comes from the machine. What happened is kept, the newest half
/// million attempts of it.
public final class ToyPeople implements AutoCloseable {
    private static final int KEPT = 500_000;
    private static final Duration STALE_DEVICE_TRIES_EVERY = Duration.ofSeconds(5);

    private final List<Door> doors;
    private final Habits habits;
    private final InstantSource clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final Deque<Attempt> attempts = new ArrayDeque<>();

    /// A server as its users know it.
    public record Door(String name, String host, int port) {}

    /// How people behave.
    ///
    /// @param loginsPerSecond of all people together, retries not counted
    /// @param failOver whether somebody who gets no answer tries the next door at once
    /// @param mistypes the share of logins with a mistyped password, 0 to 1
    /// @param retries how often somebody who did not get in tries again
    /// @param retryAfter how long that takes on average
    /// @param patience how long a person waits for an answer
    public record Habits(
            double loginsPerSecond,
            boolean failOver,
            double mistypes,
            int retries,
            Duration retryAfter,
            Duration patience) {
        public Habits {
            if (!(loginsPerSecond > 0) || !(mistypes >= 0 && mistypes <= 1)) {
                throw new IllegalArgumentException("logins per second are above 0, the share of mistypes is 0 to 1");
            }
        }

        public static Habits usual(double loginsPerSecond) {
            return new Habits(loginsPerSecond, true, 0.02, 2, Duration.ofSeconds(3), Duration.ofSeconds(5));
        }
    }

    /// One try at one door.
    ///
    /// @param rightPassword whether the person typed it right
    /// @param answered whether the server answered in time
    public record Attempt(
            Instant at, String door, ToyPerson person, boolean rightPassword, boolean answered, boolean accepted) {
        /// A person who typed the right password and was not let in.
        public boolean lockedOut() {
            return rightPassword && !accepted;
        }

        /// A wrong password that was let in.
        public boolean intruded() {
            return accepted && !rightPassword;
        }
    }

    /// What came of the attempts at one door.
    ///
    /// @param failed not accepted, for whatever reason
    /// @param lockedOut failed although the password was right
    /// @param intruded accepted although the password was wrong
    /// @param firstLockedOut when the first right password failed
    public record Count(long accepted, long failed, long lockedOut, long intruded, Optional<Instant> firstLockedOut) {}

    private ToyPeople(List<Door> doors, Habits habits, InstantSource clock) {
        this.doors = List.copyOf(doors);
        this.habits = habits;
        this.clock = clock;
    }

    /// Lets people begin to log in.
    ///
    /// @param doors in the order in which people go round them
    public static ToyPeople start(
            List<ToyPerson> people, List<Door> doors, Habits habits, long seed, InstantSource clock) {
        ToyPeople toy = new ToyPeople(doors, habits, clock);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < people.size(); i++) {
            Person person = toy.new Person(people.get(i), people.size(), i, random.split());
            toy.threads.add(Thread.ofVirtual().name(people.get(i).name()).start(person::live));
        }
        return toy;
    }

    /// What happened at each door since a moment.
    public Map<String, Count> counts(Instant since) {
        Map<String, Count> counts = new TreeMap<>();
        doors.forEach(door -> counts.put(door.name(), count(door.name(), since)));
        return counts;
    }

    /// What happened at one door since a moment.
    public Count count(String door, Instant since) {
        return count(attempts().stream()
                .filter(attempt -> attempt.door.equals(door) && !attempt.at.isBefore(since))
                .toList());
    }

    private static Count count(List<Attempt> attempts) {
        return new Count(
                attempts.stream().filter(Attempt::accepted).count(),
                attempts.stream().filter(attempt -> !attempt.accepted).count(),
                attempts.stream().filter(Attempt::lockedOut).count(),
                attempts.stream().filter(Attempt::intruded).count(),
                attempts.stream().filter(Attempt::lockedOut).map(Attempt::at).min(Instant::compareTo));
    }

    /// Everything that happened, oldest first.
    public List<Attempt> attempts() {
        synchronized (attempts) {
            return List.copyOf(attempts);
        }
    }

    private void note(Attempt attempt) {
        synchronized (attempts) {
            attempts.add(attempt);
            if (attempts.size() > KEPT) {
                attempts.remove();
            }
        }
    }

    /// Nobody begins anything new; returns when the last one has got an answer.
    @Override
    public void close() {
        stop.countDown();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// One person's day.
    private final class Person {
        private final ToyPerson self;
        private final SplittableRandom random;
        private final double secondsBetween;
        private int nextDoor;

        Person(ToyPerson self, int people, int index, SplittableRandom random) {
            this.self = self;
            this.random = random;
            this.nextDoor = index;
            this.secondsBetween = self.stale() ? seconds(STALE_DEVICE_TRIES_EVERY) : people / habits.loginsPerSecond;
        }

        void live() {
            while (!waits(secondsBetween * -Math.log(1 - random.nextDouble()))) {
                boolean mistypes = random.nextDouble() < habits.mistypes;
                boolean in = login(mistypes);
                for (int retry = 0; !in && !self.stale() && retry < habits.retries; retry++) {
                    if (waits(seconds(habits.retryAfter) * (0.5 + random.nextDouble()))) {
                        return;
                    }
                    in = login(false);
                }
            }
        }

        /// Round robin; where nobody answers the next door is tried, if that is how this place is set up.
        private boolean login(boolean mistypes) {
            int first = nextDoor++;
            int most = habits.failOver ? doors.size() : 1;
            for (int i = 0; i < most; i++) {
                Door door = doors.get(Math.floorMod(first + i, doors.size()));
                ToyLogin.Result result = tryAt(door, mistypes);
                if (result != ToyLogin.Result.UNANSWERED) {
                    return result == ToyLogin.Result.ACCEPTED;
                }
            }
            return false;
        }

        private ToyLogin.Result tryAt(Door door, boolean mistypes) {
            boolean right = !mistypes && !self.stale();
            String typed = right ? self.password() : self.stale() ? "old-" + self.password() : self.password() + "x";
            ToyLogin.Result result = ToyLogin.at(door, self.device(), self.dn(), typed, habits.patience);
            note(new Attempt(
                    clock.instant(),
                    door.name(),
                    self,
                    right,
                    result != ToyLogin.Result.UNANSWERED,
                    result == ToyLogin.Result.ACCEPTED));
            return result;
        }

        /// Whether it is time to stop.
        private boolean waits(double seconds) {
            try {
                return stop.await((long) (seconds * 1e9), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                return true;
            }
        }

        private static double seconds(Duration duration) {
            return duration.toNanos() / 1e9;
        }
    }
}
