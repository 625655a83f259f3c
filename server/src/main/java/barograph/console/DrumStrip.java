package barograph.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// A strip of the drum's sheet under the logins: one quantity as two lines, for the servers with the change and for
/// those without.
///
/// @param who what it is, in a word or two
/// @param which the rest of its title
/// @param measure what it was over some time, on which side
/// @param unit how a value is written
record DrumStrip(String who, String which, Measure measure, Unit unit) {
    /// How high a strip is, in units of the drawing.
    static final double HEIGHT = 128;

    private static final double ROOM_ABOVE = 26;
    private static final double ROOM_BELOW = 14;
    private static final double LETTER = 12;

    /// What is drawn.
    @FunctionalInterface
    interface Measure {
        /// Empty where too little is known.
        OptionalDouble of(DrumWindow window, boolean changed, int column);
    }

    /// How values are written.
    enum Unit {
        SHARE,
        MILLIS;

        String words(double value) {
            return switch (this) {
                case SHARE -> (value < 0.1 ? number(value * 100) : String.valueOf(Math.round(value * 100))) + "%";
                case MILLIS -> value < 1_000 ? Math.round(value) + " ms" : number(value / 1_000) + " s";
            };
        }

        private static String number(double value) {
            String text = String.format(Locale.ROOT, value < 1 ? "%.2f" : "%.1f", value);
            return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
        }

        /// The end of the scale: a round number at or above a value.
        double round(double value) {
            double least = this == SHARE ? 0.01 : 1;
            double most = this == SHARE ? 1 : Double.MAX_VALUE;
            double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, least))));
            for (double step : new double[] {1, 2, 5, 10}) {
                if (step * power >= value * 0.999) {
                    return Math.min(Math.max(step * power, least), most);
                }
            }
            return most;
        }
    }

    /// A measured value, at the middle of its column.
    private record Point(Instant at, double value) {}

    void draw(Svg svg, DrumPaper paper, DrumWindow window, double top) {
        List<Point> with = points(window, true);
        List<Point> without = points(window, false);
        double highest = Math.max(highest(with), highest(without));
        double scale = unit.round(highest);
        double base = top + HEIGHT - ROOM_BELOW;
        double room = HEIGHT - ROOM_ABOVE - ROOM_BELOW;
        scale(svg, paper, base, room, scale);
        line(svg, paper, without, "line without", base, room / scale);
        line(svg, paper, with, "line with", base, room / scale);
        title(svg, paper, top, with, without);
        if (highest > 0) {
            ends(svg, paper, with, without, base, room / scale);
        }
    }

    private List<Point> points(DrumWindow window, boolean changed) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < window.needle().size(); i++) {
            OptionalDouble value = measure.of(window, changed, i);
            if (value.isPresent()) {
                points.add(new Point(window.begin(i).plus(window.column().dividedBy(2)), value.getAsDouble()));
            }
        }
        return points;
    }

    private static double highest(List<Point> points) {
        return points.stream().mapToDouble(Point::value).max().orElse(0);
    }

    private void scale(Svg svg, DrumPaper paper, double base, double room, double scale) {
        for (double part : new double[] {0, 0.5, 1}) {
            double y = base - part * room;
            String kind = part == 0 ? "base" : "step";
            svg.empty(
                    "path",
                    "class",
                    kind,
                    "d",
                    "M" + Svg.number(paper.left()) + " " + Svg.number(y) + "H" + Svg.number(paper.right()));
            if (part > 0) {
                svg.text(
                        "text",
                        unit.words(scale * part),
                        "class",
                        "scale",
                        "x",
                        Svg.number(paper.left() + 2),
                        "y",
                        Svg.number(y + 10));
            }
        }
    }

    private static void line(Svg svg, DrumPaper paper, List<Point> points, String kind, double base, double unit) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            double y = base - point.value() * unit;
            path.append(path.isEmpty() ? "M" : "L")
                    .append(Svg.number(Math.min(paper.x(point.at(), y), paper.right())))
                    .append(' ')
                    .append(Svg.number(y));
        }
        if (!path.isEmpty()) {
            svg.empty("path", "class", kind, "d", path.toString());
        }
    }

    private void title(Svg svg, DrumPaper paper, double top, List<Point> with, List<Point> without) {
        svg.open("text", "class", "name", "x", Svg.number(paper.left()), "y", Svg.number(top + 15));
        svg.text("tspan", who + " ", "class", "who");
        svg.text("tspan", which);
        svg.close("text");
        if (with.isEmpty() && without.isEmpty()) {
            svg.text(
                    "text",
                    "the logs do not tell",
                    "class",
                    "hint",
                    "x",
                    Svg.number(paper.left() + 40),
                    "y",
                    Svg.number(top + HEIGHT / 2));
        }
    }

    /// What each line is, beside its end; two that end close together are pushed apart.
    private void ends(Svg svg, DrumPaper paper, List<Point> with, List<Point> without, double base, double perUnit) {
        double first = with.isEmpty() ? base : base - with.getLast().value() * perUnit;
        double second = without.isEmpty() ? base : base - without.getLast().value() * perUnit;
        if (!with.isEmpty() && !without.isEmpty() && Math.abs(first - second) < LETTER) {
            double middle = Math.min((first + second) / 2, base - LETTER / 2);
            boolean above = first <= second;
            first = middle + (above ? -LETTER : LETTER) / 2;
            second = middle + (above ? LETTER : -LETTER) / 2;
        }
        if (!with.isEmpty()) {
            end(svg, paper, "with", "with", first);
        }
        if (!without.isEmpty()) {
            end(svg, paper, "without", "without", second);
        }
    }

    private static void end(Svg svg, DrumPaper paper, String words, String kind, double y) {
        svg.text("text", words, "class", "end " + kind, "x", Svg.number(paper.right() + 10), "y", Svg.number(y + 4));
    }
}
