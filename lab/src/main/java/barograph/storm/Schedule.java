package barograph.storm;

import barograph.site.ServerId;
import barograph.site.WatchRules.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// All that is decided before a storm: what the change is like, what people do, and what goes wrong when.
///
/// The same schedule always plays the same way.
///
/// @param seed of the small delays
/// @param lease how long a host keeps the change unconfirmed, in milliseconds
/// @param harmfulAfter so long after the change on a stage the logins prove harm; negative: never
/// @param healthyAfter so long after it they prove health; negative: never
/// @param blind whether they show nothing in between
/// @param undecided what the site does without a verdict
/// @param confirmed whether the customer has the last word
/// @param answersAfter how long people take to decide or confirm; negative: they never do
record Schedule(
        long seed,
        long lease,
        long harmfulAfter,
        long healthyAfter,
        boolean blind,
        Policy undecided,
        boolean confirmed,
        long answersAfter,
        List<Trouble> troubles) {
    private static final long MINUTE = 60_000;
    /// About as many as the longest order has.
    private static final int COMMANDS = 16;
    /// In which most is done; a third of the troubles begin then.
    private static final long BEGINNING = 5_000;
    /// Troubles begin within this time.
    private static final long HOURS = 6 * 60 * MINUTE;
    /// How many leases a stage is watched at most.
    private static final long LEASES = 20;

    Schedule {
        troubles = List.copyOf(troubles);
    }

    static Schedule drawn(long seed) {
        Random random = new Random(seed);
        List<Trouble> troubles = new ArrayList<>();
        int count = random.nextInt(7);
        long busy = random.nextInt(3) == 0 ? HOURS : 10 * MINUTE;
        for (int i = 0; i < count; i++) {
            troubles.add(trouble(random, busy));
        }
        long lease = List.of(10_000L, 60_000L, 10 * MINUTE).get(random.nextInt(3));
        boolean harmful = random.nextInt(3) == 0;
        boolean proven = random.nextInt(4) > 0;
        return new Schedule(
                seed,
                lease,
                harmful ? random.nextLong(1000, LEASES * lease) : -1,
                proven ? random.nextLong(lease, LEASES * lease) : -1,
                random.nextBoolean(),
                List.of(Policy.ASK, Policy.CONTINUE, Policy.ROLL_BACK).get(random.nextInt(3)),
                random.nextBoolean(),
                random.nextInt(4) == 0 ? -1 : random.nextLong(1000, LEASES * lease),
                troubles);
    }

    /// How long a stage is watched at most, and a confirmation waited for.
    long atMost() {
        return LEASES * lease;
    }

    private static Trouble trouble(Random random, long busy) {
        ServerId server = Place.SERVERS.get(random.nextInt(Place.SERVERS.size()));
        long at = random.nextInt(3) == 0 ? random.nextLong(BEGINNING) : random.nextLong(busy);
        long until = at + (long) Math.exp(random.nextDouble() * Math.log(40 * MINUTE));
        return switch (random.nextInt(19)) {
            case 0, 1 -> new Trouble.Crash(1 + random.nextInt(90), random.nextLong(1000, 30 * MINUTE));
            case 2 -> new Trouble.SecondController(at);
            case 3, 4 -> new Trouble.Cut(server, at, until, random.nextBoolean());
            case 5 -> new Trouble.Late(server, at, until, random.nextLong(100, 20 * MINUTE));
            case 6 -> new Trouble.Twice(server, at, until);
            case 7, 8 -> new Trouble.PowerCut(server, at, random.nextLong(1000, 10 * MINUTE));
            case 9, 10 ->
                new Trouble.Kill(
                        server, at, 1 + random.nextInt(COMMANDS), random.nextBoolean(), random.nextLong(40 * MINUTE));
            case 11 -> new Trouble.FullDisk(server, at, until);
            case 12 -> new Trouble.HandEdit(server, at, random.nextBoolean());
            case 13 -> new Trouble.Stranger(server, at);
            case 14 -> new Trouble.SlowReload(server, at, until, random.nextLong(100, 5 * MINUTE));
            case 15 -> new Trouble.Down(server, at, until, random.nextBoolean());
            case 16 -> new Trouble.ClockStep(at, random.nextLong(-2 * 60 * MINUTE, 2 * 60 * MINUTE));
            case 17 ->
                random.nextBoolean()
                        ? new Trouble.FullRecord(at, until)
                        : new Trouble.MailDown(at, until, random.nextBoolean());
            default -> new Trouble.CallBack(at);
        };
    }

    /// The same without one of its troubles.
    Schedule without(int trouble) {
        List<Trouble> left = new ArrayList<>(troubles);
        left.remove(trouble);
        return with(left);
    }

    Schedule with(List<Trouble> others) {
        return new Schedule(seed, lease, harmfulAfter, healthyAfter, blind, undecided, confirmed, answersAfter, others);
    }
}
