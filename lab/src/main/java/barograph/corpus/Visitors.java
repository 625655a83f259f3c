package barograph.corpus;

import barograph.runner.Prober;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec;
import barograph.site.Secret;
import barograph.site.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// People who log in on some servers until it is closed, by the protocols' own clients; now and then one mistypes.
final class Visitors implements AutoCloseable {
    private static final int AT_ONCE = 3;
    private static final long PAUSE_MILLIS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    /// The share of people who mistype, 1 in so many.
    private static final int MISTYPED = 40;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong logins = new AtomicLong();
    private final List<Crowd> crowds;
    private final Prober prober;
    private final SplittableRandom random;

    Visitors(List<Crowd> crowds, Prober prober, long seed) {
        this.crowds = crowds;
        this.prober = prober;
        this.random = new SplittableRandom(seed);
    }

    /// From now on they come to these servers.
    void come(List<Server> servers) {
        for (Server server : servers) {
            for (int i = 0; i < AT_ONCE; i++) {
                SplittableRandom own = random.split();
                threads.add(Thread.ofVirtual().start(() -> visit(server, own)));
            }
        }
    }

    private void visit(Server server, SplittableRandom own) {
        do {
            Crowd crowd = crowds.get(own.nextInt(crowds.size()));
            int person = 1 + own.nextInt(Crowd.PEOPLE);
            boolean mistyped = !crowd.via().equals("ssh-key") && own.nextInt(MISTYPED) == 0;
            if (prober.probe(login(crowd, person, mistyped), server).outcome().accepted()) {
                logins.incrementAndGet();
            }
        } while (!stops());
    }

    /// One person's login as a probe.
    static ProbeSpec login(Crowd crowd, int person, boolean mistyped) {
        Map<String, Secret> options = new HashMap<>();
        Map<String, String> own = crowd.loginOf(person);
        own.forEach((name, value) -> {
            if (!name.equals("via") && !name.equals("user") && !name.equals("reply")) {
                options.put(name, Secret.of(value));
            }
        });
        return new ProbeSpec(
                new ProbeId("visit"),
                crowd.via(),
                own.getOrDefault("user", crowd.person(person)),
                new Secret.Plain(crowd.password(person) + (mistyped ? "x" : "")),
                Optional.empty(),
                ProbeSpec.Expect.ACCEPT,
                PATIENCE,
                options);
    }

    /// How many have got in.
    long logins() {
        return logins.get();
    }

    private boolean stops() {
        try {
            return stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

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
}
