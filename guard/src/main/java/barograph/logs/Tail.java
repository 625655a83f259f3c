package barograph.logs;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Follows a log over rotations, and gives out each of its lines once, in the order they were written.
///
/// It knows its place by file and offset, never by an open file, so it goes on at that byte after a lost connection
/// or a restart of the host. It holds through:
/// - a rename, with the new file made at once, later, or never; the old one is read on, as the server may write to it
///   until it is told to open the new one;
/// - a copy of the log that is then emptied (`copytruncate`), and several rotations between two looks;
/// - packing with gzip; a log that is missing for a while; a last line without an end.
///
/// Lines are lost only where nothing is left of them: in a file that was emptied without a copy, deleted, or rotated
/// away before it was read. This is counted ([#gaps]).
///
/// Each step reads at most 1 MiB (packed files: unpacked), so that however fast a log grows, memory does not. Not
/// thread-safe.
final class Tail {
    static final int MOST = 1 << 20;

    /// How far back it begins at most, in bytes as the files lie there.
    static final long REACH = 256L << 20;

    /// How many put-aside files are watched for late lines.
    private static final int MOST_LINGERING = 4;

    /// A file that has not changed for so long is not expected to have got lines while it was packed.
    private static final Duration QUIET = Duration.ofMinutes(1);

    /// How long a log may be missing, as it is in the middle of a rotation, before this is trouble.
    private static final Duration GRACE = Duration.ofSeconds(5);

    /// The coarsest clock of a file system.
    private static final Duration TICK = Duration.ofSeconds(2);

    private static final int MOST_KNOWN = 16;

    /// So many equal bytes at the beginning of two files tell that they are the same.
    private static final int TELLING = 16;

    /// What came of a step.
    ///
    /// @param more whether there is more to read at once
    /// @param trouble why nothing can be read, in words for a person; empty when all is well
    record Step(boolean more, String trouble) {}

    private final Shelf shelf;
    private final Finder finder;
    private final Instant since;
    private final Function<String, Optional<Instant>> writtenAt;
    private final InstantSource clock;

    /// Oldest first; the last is the one that the server writes to, as far as is known.
    private final List<Strand> strands = new ArrayList<>();

    /// How the files began that have been read to their end, so that a packed one is known again.
    private final ArrayDeque<byte[]> finished = new ArrayDeque<>();

    /// The files of which nothing is to be read any more, by identity. A file that was deleted soon gives its identity
    /// to another one.
    private Map<String, Sheet> known = Map.of();
    private Instant lastLook = Instant.MIN;
    private @Nullable Instant missingSince;
    private boolean begun;
    private boolean moved;
    private boolean calm;
    private long gaps;
    private Instant sign = Instant.MIN;

    /// @param since how far back to begin; lines before it may still be given out, some 256 KiB of them
    /// @param writtenAt when a line was written, where it says so
    Tail(Shelf shelf, Instant since, Function<String, Optional<Instant>> writtenAt, InstantSource clock) {
        this.shelf = shelf;
        this.finder = new Finder(shelf);
        this.since = since;
        this.writtenAt = writtenAt;
        this.clock = clock;
    }

    /// Looks once, and reads what is next.
    Step step(Consumer<String> out) {
        Strand strand = next();
        Look look = strand == null || strand.packed()
                ? shelf.look(Shelf.NONE, 0, 0)
                : shelf.look(strand.identity(), strand.offset() - strand.mark().length, MOST + Strand.MARK);
        return switch (look) {
            case Look.Unseen(String why) -> new Step(false, why);
            case Look.Seen seen -> {
                try {
                    moved = false;
                    calm = true;
                    go(strand, seen, out);
                    yield new Step(moved && unread(), moved ? "" : missing(seen));
                } catch (IOException e) {
                    yield new Step(false, String.valueOf(e.getMessage()));
                }
            }
        };
    }

    /// When the log was last written to, by our clock; [Instant#MIN] if that was never seen.
    Instant sign() {
        return sign;
    }

    /// How many times lines may have been lost.
    long gaps() {
        return gaps;
    }

    /// How many lines were too long and have been cut, in the files that are being read.
    long cut() {
        return strands.stream()
                .map(Strand::lines)
                .distinct()
                .mapToLong(Lines::cut)
                .sum();
    }

    /// The oldest file that is not read to its end, else the one that the server writes to.
    private @Nullable Strand next() {
        return strands.stream().filter(strand -> !strand.atEnd()).findFirst().orElseGet(this::head);
    }

    private @Nullable Strand head() {
        return strands.isEmpty() ? null : strands.getLast();
    }

    private boolean unread() {
        return strands.stream().anyMatch(strand -> !strand.atEnd());
    }

    private void go(@Nullable Strand strand, Look.Seen seen, Consumer<String> out) throws IOException {
        noteSizes(seen, out);
        if (!begun) {
            begin(seen);
            begun = true;
        } else if (strand == null) {
            reopen(seen, new Lines());
        } else if (strands.stream().anyMatch(Strand::isMissed)) {
            return; // it may have got lines before it went: they come first
        } else if ((strands.getLast().least() == 0 && copiedUnread(seen)) || strand != next()) {
            moved = true; // an older file has lines: they come first
        } else if (strand.packed()) {
            unpack(strand, out);
        } else if (seen.stretch().isPresent()) {
            read(strand, seen, seen.stretch().get(), out);
        }
        advance(seen);
        dropFinished(out);
        if (!calm) {
            return; // what is new is told by comparing with the last look at which nothing was lost
        }
        known = olderThanUnread(seen);
        lastLook = seen.now();
    }

    /// The files that have nothing more to tell: those put aside before the oldest one that is still read.
    private Map<String, Sheet> olderThanUnread(Look.Seen seen) {
        Strand oldest = next();
        int place = oldest == null ? -1 : seen.place(oldest.identity());
        return oldest != null && place < 0
                ? known
                : seen.sheets().stream()
                        .skip(place + 1L)
                        .collect(Collectors.toUnmodifiableMap(Sheet::identity, Function.identity()));
    }

    /// Chooses the files that have lines of `since` or later.
    private void begin(Look.Seen seen) throws IOException {
        Instant hostSince = since.plus(Duration.between(clock.instant(), seen.now()));
        ArrayDeque<Sheet> chosen = new ArrayDeque<>();
        long reach = REACH;
        for (Sheet sheet : seen.sheets()) {
            if (!sheet.isLog() && (sheet.changed().isBefore(hostSince) || reach <= 0)) {
                break;
            }
            chosen.addFirst(sheet);
            reach -= sheet.size();
        }
        for (Sheet sheet : chosen) {
            Strand strand = new Strand(sheet, new Lines(), "", finder.first(sheet));
            if (strands.isEmpty() && !sheet.packed()) {
                long place = finder.place(sheet, Math.clamp(-reach, 0, sheet.size()), hostSince, writtenAt);
                strand.beginAt(place);
            }
            strands.add(strand);
        }
        seen.log().filter(log -> log.size() > 0).ifPresent(log -> note(log.changed(), seen.now()));
        moved = true;
    }

    private void read(Strand strand, Look.Seen seen, byte[] stretch, Consumer<String> out) throws IOException {
        int fresh = strand.take(stretch, out);
        if (fresh < 0) {
            lost(strand, seen, out);
        } else if (fresh > 0) {
            moved = true;
            seen.sheet(strand.identity()).ifPresent(sheet -> note(sheet.changed(), seen.now()));
        }
    }

    private void unpack(Strand strand, Consumer<String> out) throws IOException {
        moved = true;
        try {
            strand.unpack(shelf, MOST, out);
        } catch (Unseeable e) {
            throw e;
        } catch (IOException e) {
            gaps++; // damaged: what is behind this place cannot be had
            strands.remove(strand);
            finish(strand, out);
        }
    }

    /// Notes which files are still there, and how long they are. A look in the middle of a rotation may miss one, three
    /// in a row do not.
    private void noteSizes(Look.Seen seen, Consumer<String> out) throws IOException {
        int after = -1;
        for (Strand strand : List.copyOf(strands).reversed()) {
            Optional<Sheet> sheet = seen.sheet(strand.identity());
            int place = seen.place(strand.identity());
            boolean another = strand != head()
                    && sheet.isPresent()
                    && (sheet.get().isLog() || place < after || sheet.get().size() < strand.least());
            sheet.ifPresent(strand::seen);
            if (another || (sheet.isEmpty() && strand.missed() >= 3)) {
                lost(strand, seen, out);
            } else {
                after = Math.max(after, place);
            }
        }
    }

    /// A file is gone, or has another content by now: goes on in its copy, or else with what has come since.
    private void lost(Strand strand, Look.Seen seen, Consumer<String> out) throws IOException {
        moved = true;
        calm = false;
        boolean head = strand == head();
        boolean complete =
                strand.atEnd() && strand.changed().isBefore(seen.now().minus(QUIET));
        Optional<Sheet> copy =
                strand.first().length == 0 || (!head && complete) ? Optional.empty() : copy(strand, seen);
        if (copy.isPresent()) {
            boolean emptied = seen.sheet(strand.identity()).isPresent();
            strand.moveTo(copy.get(), emptied, finder.endsWith(copy.get(), strand));
        } else if (head) {
            gaps += strand.offset() > 0 ? 1 : 0;
            strands.removeLast();
            remember(strand);
            Optional<Sheet> same = seen.sheet(strand.identity());
            if (same.isPresent()) {
                strands.add(new Strand(same.get(), new Lines(), "", finder.first(same.get())));
                copiedUnread(seen);
            } else {
                reopen(seen, strand.offset() == 0 ? strand.lines() : new Lines());
            }
        } else {
            int place = strands.indexOf(strand);
            strands.remove(place);
            finish(strand, out);
            strands.addAll(place, strand.offset() == 0 ? putAside(seen, strand.lines()) : List.of());
        }
    }

    private Optional<Sheet> copy(Strand strand, Look.Seen seen) throws IOException {
        // A copy is written later than what it was copied from, and packing keeps the time.
        Instant earliest = strand.changed().minus(TICK);
        for (Sheet sheet : seen.sheets()) {
            // Some editors replace a log by its copy; a few bytes are too little to tell that from a new log.
            boolean telling = !sheet.isLog() || strand.mark().length == Strand.MARK;
            boolean possible = telling && !isRead(sheet) && !sheet.changed().isBefore(earliest);
            if (possible && (finder.endsWith(sheet, strand) || finder.isCopy(sheet, strand))) {
                return Optional.of(sheet);
            }
        }
        return Optional.empty();
    }

    /// Begins anew: with all that was put aside since the last look and never read, then the log.
    ///
    /// @param lines for the first of them, as a line may have begun in the file before
    private void reopen(Look.Seen seen, Lines lines) throws IOException {
        List<Strand> found = putAside(seen, lines);
        Lines rest = found.isEmpty() ? lines : new Lines();
        if (seen.log().isPresent()) {
            Sheet log = seen.log().get();
            found.add(new Strand(log, rest, "", finder.first(log)));
        }
        strands.addAll(found);
        moved |= !found.isEmpty();
    }

    /// What was put aside since the last look and never read, oldest first.
    ///
    /// @param lines for the first of them, as a line may have begun in the file before
    private List<Strand> putAside(Look.Seen seen, Lines lines) throws IOException {
        List<Strand> found = new ArrayList<>();
        for (Sheet sheet : seen.sheets().reversed()) {
            Lines its = found.isEmpty() ? lines : new Lines();
            fresh(sheet).ifPresent(first -> found.add(new Strand(sheet, its, "", first)));
        }
        return found;
    }

    /// A log of which nothing was read yet may have been filled, copied and emptied since the last look: then its
    /// copies come first.
    private boolean copiedUnread(Look.Seen seen) throws IOException {
        Strand head = head();
        boolean there = head != null && seen.sheet(head.identity()).isPresent();
        if (head == null || !there || head.offset() > 0) {
            return false;
        }
        List<Strand> copies = new ArrayList<>();
        for (Sheet sheet : seen.sheets().reversed()) {
            if (sheet.identity().equals(head.identity())) {
                break;
            }
            fresh(sheet).ifPresent(first -> copies.add(new Strand(sheet, head.lines(), head.identity(), first)));
        }
        strands.addAll(strands.size() - 1, copies);
        return !copies.isEmpty();
    }

    /// How a file begins that was put aside since the last look and never read; empty for all others.
    private Optional<byte[]> fresh(Sheet sheet) throws IOException {
        Sheet before = known.get(sheet.identity());
        boolean same = before != null
                && before.size() == sheet.size()
                && before.changed().equals(sheet.changed());
        boolean old = same || lastLook.equals(Instant.MIN) || sheet.changed().isBefore(lastLook.minus(TICK));
        if (sheet.isLog() || old || isRead(sheet)) {
            return Optional.empty();
        }
        byte[] first = finder.first(sheet);
        return wasRead(first) ? Optional.empty() : Optional.of(first);
    }

    private boolean isRead(Sheet sheet) {
        return strands.stream().anyMatch(strand -> strand.identity().equals(sheet.identity()));
    }

    private boolean wasRead(byte[] first) {
        return first.length == 0
                || finished.stream().anyMatch(other -> alike(first, other))
                || strands.stream().anyMatch(strand -> alike(first, strand.first()));
    }

    private static boolean alike(byte[] one, byte[] other) {
        int both = Math.min(one.length, other.length);
        return (both >= TELLING || one.length == other.length) && Arrays.equals(one, 0, both, other, 0, both);
    }

    /// Goes on from a file that was put aside to the younger ones, once it is read.
    private void advance(Look.Seen seen) throws IOException {
        Strand head = head();
        if (head == null || !head.atEnd()) {
            return;
        }
        List<Sheet> younger = new ArrayList<>();
        for (Sheet sheet : seen.sheets()) {
            if (sheet.identity().equals(head.identity())) {
                break;
            }
            if (!isRead(sheet)) {
                younger.addFirst(sheet);
            }
        }
        if (seen.sheet(head.identity()).isEmpty()) {
            return;
        }
        for (Sheet sheet : younger) {
            strands.add(strands.getLast().next(sheet, finder.first(sheet)));
            moved = true;
        }
    }

    /// Lets go of the files that are read and cannot grow, and of the oldest of too many that could.
    private void dropFinished(Consumer<String> out) {
        int lingering = strands.size() - 1;
        Iterator<Strand> oldest = strands.iterator();
        while (oldest.hasNext()) {
            Strand strand = oldest.next();
            boolean closed = strand.packed() || strand.isCopy() || lingering > MOST_LINGERING;
            if (oldest.hasNext() && strand.atEnd() && closed) {
                oldest.remove();
                finish(strand, out);
                lingering--;
            }
        }
    }

    private void finish(Strand strand, Consumer<String> out) {
        if (!strand.isCopy()) {
            strand.lines().finish(out);
        }
        remember(strand);
    }

    private void remember(Strand strand) {
        finished.addLast(strand.first());
        if (finished.size() > MOST_KNOWN) {
            finished.removeFirst();
        }
    }

    private void note(Instant changed, Instant hostNow) {
        Instant at = clock.instant().minus(Duration.between(changed, hostNow));
        sign = at.isAfter(sign) ? at : sign;
    }

    private String missing(Look.Seen seen) {
        if (seen.log().isPresent()) {
            missingSince = null;
            return "";
        }
        Instant from = missingSince == null ? seen.now() : missingSince;
        missingSince = from;
        boolean brief = !strands.isEmpty() && seen.now().isBefore(from.plus(GRACE));
        return brief ? "" : "there is no such file";
    }

    @Override
    public String toString() {
        return strands.toString();
    }
}
