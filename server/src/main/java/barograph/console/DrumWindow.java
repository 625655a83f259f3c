package barograph.console;

import barograph.dossier.Picture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The part of a picture that is drawn, in as many columns as the drawing has room for.
///
/// @param from when the first column begins
/// @param column how long each column is
record DrumWindow(Instant from, Duration column, Picture.Band changed, Picture.Band unchanged, List<Double> needle) {
    /// Where the change was there for less than this share of the trace, only its surroundings are drawn.
    private static final double WORTH_A_CLOSER_LOOK = 0.15;

    private static final int FEWEST_BUCKETS = 40;

    static DrumWindow of(Picture picture, int columns) {
        Duration whole = Duration.between(picture.start(), picture.end());
        Duration stay = Duration.between(picture.begin(), picture.over());
        int first = 0;
        int last = picture.buckets();
        if (stay.toMillis() < whole.toMillis() * WORTH_A_CLOSER_LOOK && stay.isPositive()) {
            Duration around = stay.multipliedBy(2);
            Duration least = picture.bucket().multipliedBy(FEWEST_BUCKETS / 2);
            Duration margin = around.compareTo(least) < 0 ? least : around;
            first = clamp(picture, picture.begin().minus(margin));
            last = clamp(picture, picture.over().plus(margin));
        }
        int size = Math.max(1, Math.ceilDiv(last - first, columns));
        return new DrumWindow(
                picture.start().plus(picture.bucket().multipliedBy(first)),
                picture.bucket().multipliedBy(size),
                join(picture.changed(), first, last, size),
                join(picture.unchanged(), first, last, size),
                highest(picture.needle(), first, last, size));
    }

    private static int clamp(Picture picture, Instant at) {
        long bucket = Duration.between(picture.start(), at).dividedBy(picture.bucket());
        return Math.clamp(bucket, 0, picture.buckets());
    }

    private static Picture.Band join(Picture.Band band, int first, int last, int size) {
        return new Picture.Band(
                band.servers(), sums(band.accepted(), first, last, size), sums(band.failed(), first, last, size));
    }

    private static List<Long> sums(List<Long> counts, int first, int last, int size) {
        List<Long> sums = new ArrayList<>();
        for (int i = first; i < last; i += size) {
            sums.add(counts.subList(i, Math.min(i + size, last)).stream()
                    .mapToLong(Long::longValue)
                    .sum());
        }
        return sums;
    }

    private static List<Double> highest(List<Double> needle, int first, int last, int size) {
        List<Double> highest = new ArrayList<>();
        for (int i = first; i < last; i += size) {
            highest.add(needle.subList(i, Math.min(i + size, last)).stream()
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(0));
        }
        return highest;
    }

    Instant begin(int index) {
        return from.plus(column.multipliedBy(index));
    }

    Instant to() {
        return begin(needle.size());
    }

    /// One or more moments that stand at the same place.
    ///
    /// @param numbers their places in the list under the picture, from 1
    record Mark(Instant at, Picture.Moment.Kind kind, String numbers, String words) {}

    /// The moments that fall into the window; those of one kind that are less than `gap` apart stand together.
    List<Mark> marks(Picture picture, Duration gap) {
        List<Mark> marks = new ArrayList<>();
        List<Picture.Moment> moments = picture.moments();
        int i = 0;
        while (i < moments.size()) {
            Picture.Moment first = moments.get(i);
            int next = i + 1;
            while (next < moments.size()
                    && moments.get(next).kind() == first.kind()
                    && moments.get(next).at().isBefore(first.at().plus(gap))) {
                next++;
            }
            if (!first.at().isBefore(from) && !first.at().isAfter(to())) {
                String more = next - i > 1 ? " (and " + (next - i - 1) + " more)" : "";
                String numbers = next - i > 1 ? (i + 1) + "–" + next : String.valueOf(i + 1);
                marks.add(new Mark(first.at(), first.kind(), numbers, first.words() + more));
            }
            i = next;
        }
        return marks;
    }
}
