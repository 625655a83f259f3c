package barograph.hindcast;

import barograph.login.Login;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.PriorityQueue;

/// Puts the logins of one log into the order of their times, as far as a bounded window allows: at most
/// [#MOST_LOGINS] of them, at most [#LONGEST] apart. What comes later than that is handed on late, and counted.
/// Single-threaded.
public final class Window {
    /// At most so many logins wait for earlier ones.
    public static final int MOST_LOGINS = 4_096;
    /// No login waits for one that is so much earlier.
    public static final Duration LONGEST = Duration.ofSeconds(30);

    private final PriorityQueue<Line> lines = new PriorityQueue<>();
    private Instant newest = Instant.MIN;
    private Instant handed = Instant.MIN;
    private long number;
    private long outOfOrder;
    private long late;

    /// A login, with its place in the log and a print of the line that told it.
    public record Line(Login login, long number, long print) implements Comparable<Line> {
        @Override
        public int compareTo(Line other) {
            int byTime = login.at().compareTo(other.login.at());
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /// Takes in the next login of the log.
    ///
    /// @param print a hash of the line that told it: the same line twice has the same
    public void add(Login login, long print) {
        Instant at = login.at();
        outOfOrder += at.isBefore(newest) ? 1 : 0;
        newest = at.isAfter(newest) ? at : newest;
        lines.add(new Line(login, number++, print));
    }

    /// The earliest login that waits, once none earlier can be expected.
    ///
    /// @param over whether the log has been read to its end
    public Optional<Line> next(boolean over) {
        Line first = lines.peek();
        boolean ready = first != null
                && (over
                        || lines.size() >= MOST_LOGINS
                        || !newest.isBefore(first.login().at().plus(LONGEST)));
        return ready ? Optional.of(first) : Optional.empty();
    }

    /// Hands over what [#next] showed.
    public Line take() {
        Line first = lines.remove();
        late += first.login().at().isBefore(handed) ? 1 : 0;
        handed = first.login().at().isAfter(handed) ? first.login().at() : handed;
        return first;
    }

    /// How many logins stood in the log after one of a later time.
    public long outOfOrder() {
        return outOfOrder;
    }

    /// How many of those came too late to be put in order.
    public long late() {
        return late;
    }
}
