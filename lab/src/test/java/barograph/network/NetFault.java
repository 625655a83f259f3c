package barograph.network;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/// What happens to controller, hosts and network while a change is on its way or under lease.
enum NetFault {
    CONTROLLER_KILLED,
    CUT_BOTH_WAYS,
    CUT_TOWARDS_HOSTS,
    CUT_TOWARDS_CONTROLLER,
    HOSTS_REBOOTED,
    /// One packet of ten is lost, in each direction.
    TENTH_LOST,
    /// One of three.
    THIRD_LOST,
    /// 64 kbit/s each way, with up to four seconds of packets waiting before that.
    NARROW;

    /// A rollout that waits for its last word cannot go on with these.
    static final Set<NetFault> DEADLY = EnumSet.range(CONTROLLER_KILLED, HOSTS_REBOOTED);
    /// A rollout may go on with these.
    static final Set<NetFault> BAD_LINES = EnumSet.range(TENTH_LOST, NARROW);

    /// The deadly ones with one of the three cuts, another one with each seed.
    static Set<NetFault> withOneCut(long seed) {
        List<NetFault> cuts = List.of(CUT_BOTH_WAYS, CUT_TOWARDS_HOSTS, CUT_TOWARDS_CONTROLLER);
        return EnumSet.of(CONTROLLER_KILLED, cuts.get((int) (seed % cuts.size())), HOSTS_REBOOTED);
    }

    void strike(Network network, SplittableRandom random) throws IOException {
        switch (this) {
            case CONTROLLER_KILLED -> network.killController();
            case CUT_BOTH_WAYS -> lose(network, 100, 100);
            case CUT_TOWARDS_HOSTS -> lose(network, 100, 0);
            case CUT_TOWARDS_CONTROLLER -> lose(network, 0, 100);
            case TENTH_LOST -> lose(network, 10, 10);
            case THIRD_LOST -> lose(network, 33, 33);
            case NARROW -> {
                for (NetHost host : network.hosts()) {
                    host.narrow();
                }
            }
            case HOSTS_REBOOTED -> {
                for (NetHost host : network.hosts()) {
                    host.powerOff();
                    LockSupport.parkNanos(random.nextInt(1_000) * 1_000_000L);
                    host.boot();
                }
            }
        }
    }

    private static void lose(Network network, int in, int out) throws IOException {
        for (NetHost host : network.hosts()) {
            host.lose(in, out);
        }
    }

    /// After it the controller, if it lives, can speak to the hosts as before.
    void mend(Network network) throws IOException {
        for (NetHost host : network.hosts()) {
            host.mend();
            host.awaitUp();
        }
    }
}
