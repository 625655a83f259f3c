package barograph.watch;

import barograph.site.ServerId;
import barograph.verdict.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the logs say of themselves: can we see?
///
/// Keeps a few numbers per server. A log that nobody speaks of is taken to be well.
final class Sources {
    /// Above this share of lines that look like logins but cannot be read, the rest proves nothing.
    private static final double TOO_MANY_UNREAD = 0.2;

    private static final long FEW_LINES = 20;
    /// How long a log may take, at least, to show what we know happened.
    private static final Duration SHORTEST_GRACE = Duration.ofSeconds(3);

    private final WatchPlan plan;
    private final Map<ServerId, Source> sources = new TreeMap<>();

    Sources(WatchPlan plan) {
        this.plan = plan;
    }

    private static final class Source {
        private boolean spoken;
        private String trouble = "";
        private Instant lastSign = Instant.MIN;
        private Instant readTo = Instant.MAX;
        private Duration longestGap = Duration.ZERO;
        private long lines;
        private long unread;
        /// When a probe got in that the log has not shown yet.
        private @Nullable Instant unshown;
        /// The oldest login since the last look; after the last one of old times, the log has been read to its end.
        private @Nullable Instant oldest;
    }

    void see(ServerId server, String trouble, Instant lastSign, long lines, long unread) {
        Source source = source(server);
        source.spoken = true;
        source.trouble = trouble;
        if (lastSign.isAfter(source.lastSign)) {
            if (!source.lastSign.equals(Instant.MIN)) {
                Duration gap = Duration.between(source.lastSign, lastSign);
                source.longestGap = gap.compareTo(source.longestGap) > 0 ? gap : source.longestGap;
            }
            source.lastSign = lastSign;
        }
        if (source.unshown != null && !lastSign.isBefore(source.unshown.minusSeconds(1))) {
            source.unshown = null;
        }
        source.lines += lines;
        source.unread += unread;
    }

    /// All that a server's log held at this moment has been read.
    void readTo(ServerId server, Instant moment) {
        source(server).readTo = moment;
    }

    /// Up to when the logs of all changed servers have been read, at most `now`: where reading hangs, it is lines that
    /// are missing. A log of which nobody says so is read as it is written.
    Instant readTo(Instant now) {
        return plan.changed().keySet().stream()
                .filter(sources::containsKey)
                .map(server -> source(server).readTo)
                .filter(readTo -> readTo.isBefore(now))
                .min(Comparator.naturalOrder())
                .orElse(now);
    }

    /// A login was read from a server's log.
    void read(ServerId server, Instant at) {
        Source source = source(server);
        source.oldest = source.oldest == null || at.isBefore(source.oldest) ? at : source.oldest;
    }

    /// Whether the logs have been read up to the present: each has given a sign of life, and nothing old has come
    /// since the last look. A log that nobody speaks of is not waited for; one that never gives a sign, as long as
    /// the site is patient.
    ///
    /// @param lastLook when this was asked before; [Instant#MIN] if never
    boolean readToTheEnd(Instant now, Instant lastLook) {
        boolean all = true;
        for (Source source : sources.values()) {
            boolean patient = now.isBefore(plan.judgedFrom().plus(plan.rules().quiet()));
            boolean unseen = source.lastSign.equals(Instant.MIN) && source.trouble.isEmpty() && patient;
            Instant present = lastLook.equals(Instant.MIN) ? now : lastLook.minus(plan.lag());
            boolean old = source.oldest != null && source.oldest.isBefore(present);
            source.oldest = null;
            all &= !source.spoken || !(unseen || old);
        }
        return all;
    }

    /// A probe got in on this server: its log should show it soon.
    void gotIn(ServerId server, Instant at) {
        Source source = source(server);
        if (source.unshown == null && source.lastSign.isBefore(at.minusSeconds(1))) {
            source.unshown = at;
        }
    }

    private Source source(ServerId server) {
        return sources.computeIfAbsent(server, _ -> new Source());
    }

    /// Why nothing can be seen on one of the stage's servers, and what would help; empty if all can be seen.
    Optional<String> blindness(Instant now) {
        return plan.stage().stream()
                .sorted()
                .filter(sources::containsKey)
                .map(server -> why(server, source(server), now))
                .filter(why -> !why.isEmpty())
                .findFirst();
    }

    private String why(ServerId server, Source source, Instant now) {
        if (!source.spoken) {
            return "";
        }
        if (!source.trouble.isEmpty()) {
            return "The log of " + server + " cannot be read: " + source.trouble
                    + ". Logins there can be watched again once it can be.";
        }
        if (deaf(source, now)) {
            return "The log of " + server + " has shown nothing since " + since(source)
                    + ", though probes get in there. Check where the server writes logins, and at which log level.";
        }
        if (Duration.between(from(source), now).compareTo(plan.rules().quiet()) > 0) {
            return "The log of " + server + " has given no sign of life since " + since(source)
                    + ". Check that the server runs, where it writes logins, and at which log level.";
        }
        if (source.lines >= FEW_LINES && source.unread > TOO_MANY_UNREAD * source.lines) {
            return Wording.count(source.unread) + " of " + Wording.count(source.lines) + " lines of the log of "
                    + server + " look like logins but cannot be read. Give this server a log grammar that fits.";
        }
        return "";
    }

    private Instant from(Source source) {
        return source.lastSign.isBefore(plan.at()) ? plan.at() : source.lastSign;
    }

    private static String since(Source source) {
        return source.lastSign.equals(Instant.MIN) ? "the watch began" : Wording.clock(source.lastSign);
    }

    /// Whether an absence of lines tells of people who stay away: not where a log did not even show a probe that
    /// got in.
    boolean silenceCounts(Instant now) {
        return plan.stage().stream()
                .filter(sources::containsKey)
                .map(this::source)
                .noneMatch(source -> source.spoken && (!source.trouble.isEmpty() || deaf(source, now)));
    }

    private boolean deaf(Source source, Instant now) {
        Duration lag = plan.lag().multipliedBy(3);
        Duration gap = source.longestGap.multipliedBy(3).dividedBy(2);
        Duration grace = lag.compareTo(gap) > 0 ? lag : gap;
        grace = grace.compareTo(SHORTEST_GRACE) > 0 ? grace : SHORTEST_GRACE;
        return source.unshown != null && Duration.between(source.unshown, now).compareTo(grace) > 0;
    }
}
