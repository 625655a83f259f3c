package barograph.guard;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/// What happens to a network while a change is on its way or under lease.
enum NetFault {
    CONTROLLER_KILLED,
    CUT_BOTH_WAYS,
    CUT_TOWARDS_HOSTS,
    CUT_TOWARDS_CONTROLLER,
    HOSTS_REBOOTED;

    void strike(Network network, SplittableRandom random) throws IOException {
        switch (this) {
            case CONTROLLER_KILLED -> network.killController();
            case CUT_BOTH_WAYS -> cut(network, true, true);
            case CUT_TOWARDS_HOSTS -> cut(network, true, false);
            case CUT_TOWARDS_CONTROLLER -> cut(network, false, true);
            case HOSTS_REBOOTED -> {
                for (NetHost host : network.hosts()) {
                    host.powerOff();
                    LockSupport.parkNanos(random.nextInt(1_000) * 1_000_000L);
                    host.boot("boot-" + random.nextInt(1, Integer.MAX_VALUE));
                }
            }
        }
    }

    private static void cut(Network network, boolean in, boolean out) throws IOException {
        for (NetHost host : network.hosts()) {
            host.cut(in, out);
        }
    }

    /// After it the controller, if it lives, can speak to the hosts again.
    void mend(Network network) throws IOException {
        for (NetHost host : network.hosts()) {
            host.mend();
            host.awaitUp();
        }
    }

    boolean leavesController() {
        return this != CONTROLLER_KILLED;
    }
}
