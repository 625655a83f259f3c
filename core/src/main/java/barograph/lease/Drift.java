package barograph.lease;

import barograph.record.Digest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A file on a host that somebody else changed: a hand, or another tool.
///
/// @param path below the configuration folder
/// @param now hash of its content; absent where it is gone, or is no plain file any more
/// @param owner whose it is now, as far as the host says
/// @param at when it was written, by the host's clock
/// @param diff from what it was to what it is, secrets hidden; for what is no text, or too long, sizes alone
public record Drift(String path, Optional<Digest> now, Optional<String> owner, Optional<Instant> at, String diff) {
    private static final int MOST = 20;
    private static final int ROOM = 8_000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    /// Which file, and who changed it when: `users (root, 2026-11-23 05:00:01 UTC)`.
    public String words() {
        return now.isEmpty() && owner.isEmpty()
                ? path + " (gone)"
                : path + " (" + owner.orElse("owner not known")
                        + at.map(when -> ", " + TIME.format(when)).orElse("") + ")";
    }

    /// The same of several, for the middle of a sentence.
    public static String words(Collection<Drift> drifts) {
        return drifts.stream().map(Drift::words).collect(Collectors.joining(", "));
    }

    /// As much of it as one entry of the record has room for: the first files, and the beginnings of their diffs.
    public static List<Drift> forRecord(List<Drift> drifts) {
        List<Drift> kept = new ArrayList<>();
        int room = ROOM;
        for (Drift drift : drifts.subList(0, Math.min(MOST, drifts.size()))) {
            kept.add(drift.cut(room));
            room = Math.max(0, room - drift.diff.length());
        }
        return kept;
    }

    private Drift cut(int room) {
        return diff.length() <= room
                ? this
                : new Drift(path, now, owner, at, diff.substring(0, diff.lastIndexOf('\n', room) + 1) + "(cut here)\n");
    }

    /// Whether it is the same file with the same content, whoever looked.
    public boolean sameAs(Drift other) {
        return path.equals(other.path) && now.equals(other.now);
    }
}
