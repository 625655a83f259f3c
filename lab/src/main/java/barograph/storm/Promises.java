package barograph.storm;

import barograph.change.ChangeId;
import barograph.lease.Receipt.State;
import barograph.site.ServerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What `docs/promises.md` promises of hosts, checked from outside: it looks at files and clocks, not at what a guard
/// says of itself.
final class Promises {
    /// How much later than its lease a host may have its old files back.
    private static final long GRACE = 5_000;

    private final Clockwork clock;
    private final List<String> broken = new ArrayList<>();
    private final Map<ServerId, Long> leasedUntil = new HashMap<>();
    private final Map<ServerId, Set<String>> written = new TreeMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Set<String> restored = new HashSet<>();

    Promises(Clockwork clock) {
        this.clock = clock;
    }

    List<String> broken() {
        return List.copyOf(broken);
    }

    void isBroken(String promise, String how) {
        broken.add(promise + " after " + clock.now() + " ms: " + how);
    }

    /// A host was told to keep the change for so long from now.
    void leased(Host host, long millis) {
        leasedUntil.put(host.id(), clock.now() + millis);
        clock.at(clock.now() + millis + GRACE + 1, () -> overdue(host));
    }

    /// A host keeps its change for good: no lease binds it any more, also while it is taken back later.
    void kept(Host host) {
        leasedUntil.remove(host.id());
    }

    /// A host is up again: every lease of before is over.
    void booted(Host host) {
        leasedUntil.put(host.id(), clock.now());
        clock.at(clock.now() + GRACE + 1, () -> overdue(host));
    }

    /// P1 and P2: the old files are back in time. Where a full disk has no room for what a hand wrote, which may not be
    /// lost for it, the time begins when there is room.
    private void overdue(Host host) {
        long over = leasedUntil.getOrDefault(host.id(), clock.now());
        if (!host.isUp() || clock.now() - over <= GRACE) {
            return;
        }
        for (ChangeId change : unconfirmed(host)) {
            long room = host.roomForHandEdits();
            if (clock.now() - room <= GRACE) {
                clock.at(room + GRACE + 1, () -> overdue(host));
            } else if (host.isAwayFrom(change)) {
                isBroken(
                        "P1",
                        host.id() + " still has files of " + change + " " + (clock.now() - over)
                                + " ms after its lease: " + host.live());
            }
        }
    }

    private static List<ChangeId> unconfirmed(Host host) {
        List<ChangeId> open = new ArrayList<>();
        host.changes().forEach((change, state) -> {
            if (state == State.APPLYING || state == State.APPLIED || state == State.ROLLING_BACK) {
                open.add(change);
            }
        });
        return open;
    }

    /// A change begins anew on a host, from another snapshot.
    void begins(Host host, ChangeId change) {
        restored.remove(host.id() + " " + change);
    }

    boolean wasOn(Host host, ChangeId change) {
        return taken.contains(host.id() + " " + change);
    }

    /// P3: a host has its old files back, and is to keep them.
    void restored(Host host, ChangeId change) {
        restored.add(host.id() + " " + change);
    }

    /// P7: nobody else has an unconfirmed change here; and what was once taken back does not come again.
    void alone(Host host, ChangeId change) {
        taken.add(host.id() + " " + change);
        if (restored.contains(host.id() + " " + change)) {
            isBroken("P3", host.id() + " takes " + change + " on again, which was rolled back");
        }
        unconfirmed(host).stream()
                .filter(other -> !other.equals(change))
                .forEach(other ->
                        isBroken("P7", host.id() + " takes " + change + " on while " + other + " is under way"));
    }

    /// P3: whatever was killed, a guard that has run again leaves no mixture.
    void check(Host host) {
        ChangeId change = host.current();
        State state = host.state(change);
        if ((state == State.ROLLED_BACK || state == State.SNAPPED) && host.isMixedWith(change)) {
            isBroken("P3", host.id() + " is " + state + " and has files of " + change + ": " + host.live());
        }
        if (host.isLeased() && !host.ailments.diskFull && !host.has(change)) {
            isBroken("P3", host.id() + " is APPLIED and lacks files of " + change + ": " + host.live());
        }
    }

    /// A hand wrote something on a host.
    void written(Host host, String content) {
        written.computeIfAbsent(host.id(), _ -> new HashSet<>()).add(content);
    }

    /// A hand wrote over what was there: that one is gone by its own will.
    void overwritten(Host host, String content) {
        written.getOrDefault(host.id(), new HashSet<>()).remove(content);
    }

    /// P6: what hands wrote is in place, kept aside, or in the snapshot of a change that was confirmed since.
    void nothingLost(Host host) {
        for (String content : written.getOrDefault(host.id(), Set.of())) {
            boolean live = host.live().containsValue(content);
            if (!live && !host.kept().contains(content) && !host.hasInSnapshot(content)) {
                isBroken("P6", host.id() + " has lost '" + content + "'");
            }
        }
    }
}
