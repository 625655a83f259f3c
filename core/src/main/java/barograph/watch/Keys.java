package barograph.watch;

import barograph.login.Login;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/// Who could log in before, and who was counted when: decides which line of a log is a piece of evidence.
///
/// A key is a person or device together with where it comes from. A line is a **unit** if the key's last outcome
/// was an acceptance and its last unit is at least `unit` old, decided before the line's own outcome is looked at.
/// So twenty retries are one failure, a device with a stale password is none, and strangers sprayed by an attack
/// are none. It is an **arrival** if the key could ever log in, at most once per `unit`, whatever its outcome:
/// people who fail still arrive. The line after a unit that failed is its **retry**: whether that fails, too, tells who
/// mistyped from who cannot get in.
///
/// Memory: 17 bytes a slot, at most [#MOST_SLOTS]. A key has [#REACH] slots to live in; when all are taken and the
/// table may not grow, the one counted longest ago is let go ([#letGo]). Lines that come out of order are judged by
/// what is known of their key so far. Single-threaded.
final class Keys {
    static final int MOST_SLOTS = 1 << 21;
    private static final int REACH = 8;
    private static final int NEVER = Integer.MIN_VALUE;
    private static final int NO_SLOT = -1;
    private static final byte ACCEPTED = 1;
    private static final byte EVER_ACCEPTED = 2;
    /// The last line was a unit that failed, on an unchanged or on a changed server.
    private static final byte FAILED = 4;

    private static final byte FAILED_ON_CHANGED = 8;

    private final Instant epoch;
    private final int unit;
    private long[] hashes = new long[1 << 10];
    private int[] lastUnits = new int[1 << 10];
    private int[] lastArrivals = new int[1 << 10];
    private byte[] outcomes = new byte[1 << 10];
    private int known;
    private long letGo;

    /// @param epoch times are kept in hundredths of a second from here, 248 days either way
    Keys(Instant epoch, Duration unit) {
        this.epoch = epoch;
        this.unit = (int) Math.max(1, unit.toMillis() / 10);
    }

    /// What a line is good for.
    ///
    /// @param retry whether it is the first try after a unit that failed, on the same side
    /// @param couldBefore whether this key could ever log in before
    record Grain(boolean unit, boolean retry, boolean arrival, boolean couldBefore) {
        static final Grain NONE = new Grain(false, false, false, false);
    }

    /// @param changed whether it is a login on a changed server
    /// @param since a try after this moment is not the retry of one before it: the server was changed in between
    Grain add(Login login, boolean changed, Instant since) {
        long hash = hash(login);
        if (hash == 0) {
            return Grain.NONE;
        }
        int slot = slotOf(hash);
        int at = hundredths(login.at());
        boolean accepted = login.outcome().accepted();
        byte before = outcomes[slot];
        boolean could = (before & EVER_ACCEPTED) != 0;
        boolean unitNow = (before & ACCEPTED) != 0 && old(lastUnits[slot], at);
        byte failed = changed ? FAILED_ON_CHANGED : FAILED;
        boolean retryNow = (before & failed) != 0 && !old(lastUnits[slot], at) && lastUnits[slot] >= hundredths(since);
        boolean arrivalNow = (could || accepted) && old(lastArrivals[slot], at);
        if (unitNow) {
            lastUnits[slot] = at;
        }
        if (arrivalNow) {
            lastArrivals[slot] = at;
        }
        outcomes[slot] =
                (byte) ((accepted ? ACCEPTED : unitNow ? failed : 0) | (could || accepted ? EVER_ACCEPTED : 0));
        return new Grain(unitNow, retryNow, arrivalNow, could);
    }

    /// Writes down all that is known.
    void save(DataOutput out) throws IOException {
        out.writeInt(hashes.length);
        out.writeInt(known);
        out.writeLong(letGo);
        for (int slot = 0; slot < hashes.length; slot++) {
            if (hashes[slot] != 0) {
                out.writeInt(slot);
                out.writeLong(hashes[slot]);
                out.writeInt(lastUnits[slot]);
                out.writeInt(lastArrivals[slot]);
                out.writeByte(outcomes[slot]);
            }
        }
        out.writeInt(NO_SLOT);
    }

    /// @throws IOException where it is not whole
    static Keys load(Instant epoch, Duration unit, DataInput in) throws IOException {
        Keys keys = new Keys(epoch, unit);
        int size = in.readInt();
        if (size < 1 || size > MOST_SLOTS || Integer.bitCount(size) != 1) {
            throw new IOException("a table of " + size + " keys");
        }
        keys.hashes = new long[size];
        keys.lastUnits = new int[size];
        keys.lastArrivals = new int[size];
        keys.outcomes = new byte[size];
        keys.known = in.readInt();
        keys.letGo = in.readLong();
        for (int slot = in.readInt(); slot != NO_SLOT; slot = in.readInt()) {
            if (slot < 0 || slot >= size) {
                throw new IOException("key " + slot + " of " + size);
            }
            keys.hashes[slot] = in.readLong();
            keys.lastUnits[slot] = in.readInt();
            keys.lastArrivals[slot] = in.readInt();
            keys.outcomes[slot] = in.readByte();
        }
        return keys;
    }

    /// How many keys were forgotten for want of room.
    long letGo() {
        return letGo;
    }

    private boolean old(int last, int at) {
        return last == NEVER || Math.abs((long) at - last) >= unit;
    }

    private int hundredths(Instant at) {
        long value = Duration.between(epoch, at).toMillis() / 10;
        return Math.clamp(value, NEVER + 1, Integer.MAX_VALUE);
    }

    /// 0 where the log does not tell who it was.
    static long hash(Login login) {
        long user = login.user().value();
        long source = login.source().value();
        if (user == 0 && source == 0) {
            return 0;
        }
        long mixed = (user ^ Long.rotateLeft(source, 32)) * 0x9E3779B97F4A7C15L + source;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        mixed ^= mixed >>> 32;
        return mixed == 0 ? 1 : mixed;
    }

    private int slotOf(long hash) {
        while (true) {
            int free = -1;
            int oldest = -1;
            for (int i = 0; i < REACH; i++) {
                int slot = (int) (hash + i) & (hashes.length - 1);
                if (hashes[slot] == hash) {
                    return slot;
                }
                if (hashes[slot] == 0 && free < 0) {
                    free = slot;
                }
                if (oldest < 0 || lastArrivals[slot] < lastArrivals[oldest]) {
                    oldest = slot;
                }
            }
            if (free >= 0 && known < hashes.length / 2) {
                known++;
                return take(free, hash);
            }
            if (hashes.length == MOST_SLOTS) {
                known += free >= 0 ? 1 : 0;
                letGo += free >= 0 ? 0 : 1;
                return take(free >= 0 ? free : oldest, hash);
            }
            grow();
        }
    }

    private int take(int slot, long hash) {
        hashes[slot] = hash;
        lastUnits[slot] = NEVER;
        lastArrivals[slot] = NEVER;
        outcomes[slot] = 0;
        return slot;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldUnits = lastUnits;
        int[] oldArrivals = lastArrivals;
        byte[] oldOutcomes = outcomes;
        hashes = new long[oldHashes.length * 2];
        lastUnits = new int[hashes.length];
        lastArrivals = new int[hashes.length];
        outcomes = new byte[hashes.length];
        known = 0;
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                int slot = slotOf(oldHashes[i]);
                lastUnits[slot] = oldUnits[i];
                lastArrivals[slot] = oldArrivals[i];
                outcomes[slot] = oldOutcomes[i];
            }
        }
    }
}
