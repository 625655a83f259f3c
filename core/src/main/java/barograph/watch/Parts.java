package barograph.watch;

import barograph.verdict.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Which sheets of which [Part]s have come: each counts once, and one that is missing is missed.
final class Parts {
    /// With more than this missing, no more are remembered.
    private static final int MOST_MISSING = 1000;

    private final List<Known> parts = new ArrayList<>();

    private static final class Known {
        private final TreeSet<Long> missing = new TreeSet<>();
        private long last;
        private Instant until = Instant.MIN;
    }

    /// @return whether it is new
    boolean take(Sheet sheet) {
        while (parts.size() < sheet.parts()) {
            parts.add(new Known());
        }
        Known known = parts.get(sheet.part());
        if (sheet.number() <= known.last) {
            return known.missing.remove(sheet.number());
        }
        long skipped = known.last + 1;
        while (skipped < sheet.number() && known.missing.size() < MOST_MISSING) {
            known.missing.add(skipped);
            skipped++;
        }
        known.last = sheet.number();
        known.until = sheet.until();
        return true;
    }

    /// Whether each part has counted past a moment.
    boolean past(Instant moment) {
        return parts.stream().allMatch(known -> known.missing.isEmpty() && known.until.isAfter(moment));
    }

    /// Why not all that was counted is known; empty if it is.
    ///
    /// @param patience how long a part may be silent
    Optional<String> blindness(Instant now, Instant from, Duration patience) {
        for (int part = 0; part < parts.size(); part++) {
            Known known = parts.get(part);
            if (!known.missing.isEmpty()) {
                return Optional.of(Wording.count(known.missing.size()) + " of " + Wording.count(known.last)
                        + " sheets of counts of " + name(part)
                        + " never came. Send them again, or start the watch anew.");
            }
            Instant heard = known.until.isBefore(from) ? from : known.until;
            if (Duration.between(heard, now).compareTo(patience) > 0) {
                return Optional.of("No counts have come from " + name(part) + " since " + Wording.clock(heard)
                        + ". Check that the process that counts there runs.");
            }
        }
        return Optional.empty();
    }

    private String name(int part) {
        return "part " + (part + 1) + " of " + parts.size();
    }
}
