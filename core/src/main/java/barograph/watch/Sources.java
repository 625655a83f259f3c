package barograph.watch;

import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the logs say of themselves: can we see?
final class Sources {
    /// Above this share of lines that look like logins but cannot be read, the rest proves nothing.
    private static final double TOO_MANY_UNREAD = 0.2;

    private static final long FEW_LINES = 20;

    private final WatchPlan plan;
    private final Map<ServerId, Source> sources = new TreeMap<>();

    Sources(WatchPlan plan) {
        this.plan = plan;
    }

    private static final class Source {
        String trouble = "";
        Instant lastSign = Instant.MIN;
        long lines;
        long unread;
    }

    void see(ServerId server, String trouble, Instant lastSign, long lines, long unread) {
        Source source = sources.computeIfAbsent(server, _ -> new Source());
        source.trouble = trouble;
        source.lastSign = lastSign.isAfter(source.lastSign) ? lastSign : source.lastSign;
        source.lines += lines;
        source.unread += unread;
    }

    /// Why nothing can be seen on one of the stage's servers, and what would help; empty if all can be seen.
    Optional<String> blindness(Instant now) {
        for (ServerId server : plan.stage()) {
            Source source = sources.get(server);
            if (source != null) {
                String why = why(server, source, now);
                if (!why.isEmpty()) {
                    return Optional.of(why);
                }
            }
        }
        return Optional.empty();
    }

    private String why(ServerId server, Source source, Instant now) {
        if (!source.trouble.isEmpty()) {
            return "The log of " + server + " cannot be read: " + source.trouble
                    + ". Logins there can be watched again once it can.";
        }
        if (quietFor(source, now).compareTo(plan.rules().quiet()) > 0) {
            return "The log of " + server + " has given no sign of life since "
                    + (source.lastSign.equals(Instant.MIN) ? "the watch began" : Telling.clock(source.lastSign))
                    + ". Check that the server still writes logins there, and at which log level.";
        }
        if (source.lines >= FEW_LINES && source.unread > TOO_MANY_UNREAD * source.lines) {
            return source.unread + " of " + source.lines + " lines of the log of " + server
                    + " look like logins but cannot be read. Give this server a log grammar that fits.";
        }
        return "";
    }

    private Duration quietFor(Source source, Instant now) {
        Instant since = source.lastSign.isBefore(plan.at()) ? plan.at() : source.lastSign;
        return Duration.between(since, now);
    }

    /// Whether a log should have shown by `at` what we know happened on its server.
    boolean missed(ServerId server, Instant at) {
        Source source = sources.get(server);
        return source != null && source.lastSign.isBefore(at.minusSeconds(2));
    }
}
