package barograph.hindcast;

import barograph.login.Pseudonym;
import java.util.Arrays;

/// People and devices that have not been met yet: what a trace tells of each from before it began counts once.
///
/// Memory: 8 bytes a slot, at most [#MOST_SLOTS] (16 MB). When that is full, nobody is a stranger any more: then they
/// count from the first login on that is seen. Single-threaded.
public final class Strangers {
    static final int MOST_SLOTS = 1 << 21;

    private long[] met = new long[1 << 10];
    private int known;
    private long overlooked;

    /// Whether this is the first time that they are met; false, too, when the table is full.
    public boolean first(Pseudonym user, Pseudonym source) {
        long key = (user.value() ^ Long.rotateLeft(source.value(), 32)) * 0x9E3779B97F4A7C15L + source.value();
        return add(key == 0 ? 1 : key);
    }

    private boolean add(long key) {
        int slot = slot(key);
        if (met[slot] == key) {
            return false;
        }
        if (known >= met.length / 4 * 3) {
            if (met.length >= MOST_SLOTS) {
                overlooked++;
                return false;
            }
            grow();
            slot = slot(key);
        }
        met[slot] = key;
        known++;
        return true;
    }

    private int slot(long key) {
        int slot = (int) (key ^ (key >>> 32)) & (met.length - 1);
        while (met[slot] != 0 && met[slot] != key) {
            slot = (slot + 1) & (met.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] old = met;
        met = new long[old.length * 2];
        Arrays.stream(old).filter(key -> key != 0).forEach(key -> met[slot(key)] = key);
    }

    /// How many lines came of people who could not be remembered; of those, nothing from before is known.
    public long overlooked() {
        return overlooked;
    }
}
