package barograph.hindcast;

import barograph.hindcast.Window.Line;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/// Tells lines that were seen before: the same text of the same server at the same time, as when a log was copied
/// while it was rotated, or its files overlap. Logins come in the order of their times; at most [#MOST] of one moment
/// are kept. Single-threaded.
public final class Doubles {
    private static final int MOST = 1 << 14;

    private final Set<Long> prints = new HashSet<>();
    private Instant moment = Instant.MIN;
    private long count;

    /// Whether this line came before; remembers it.
    public boolean met(Line line) {
        if (!line.login().at().equals(moment)) {
            moment = line.login().at();
            prints.clear();
        }
        long print = line.print() * 31 + line.login().server().hashCode();
        boolean fresh = prints.size() >= MOST || prints.add(print);
        count += fresh ? 0 : 1;
        return !fresh;
    }

    /// How many lines came twice.
    public long count() {
        return count;
    }
}
