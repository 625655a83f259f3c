package barograph.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// A strip of the drum's sheet under the logins: one quantity as two lines, for the servers with the change and for
/// those without.
///
/// @param who what it is, in a word or two
/// @param which the rest of its title
/// @param measure what it was over some time, on which side
/// @param unit what it is measured in
record DrumStrip(String who, String which, Measure measure, DrumScale.Unit unit) {
    /// How high a strip is, in units of the drawing.
    static final double HEIGHT = 128;

    private static final double ROOM_ABOVE = 26;
    private static final double ROOM_BELOW = 14;
    private static final double LETTER = 12;
    /// A line that ends this near to the edge is taken to go on to it.
    private static final double EDGE = 50;

    /// What is drawn.
    @FunctionalInterface
    interface Measure {
        /// Empty where too little is known.
        OptionalDouble of(DrumWindow window, boolean changed, int column);
    }

    /// A measured value, at the middle of its column.
    private record Point(Instant at, double value) {}

    /// Where the values of a strip stand on the paper.
    private record Place(DrumPaper paper, double base, DrumScale scale) {
        private static final double ROOM = HEIGHT - ROOM_ABOVE - ROOM_BELOW;

        double y(double value) {
            return base - scale.part(value) * ROOM;
        }

        double x(Point point) {
            return Math.min(paper.x(point.at(), y(point.value())), paper.right());
        }

        boolean atTheEdge(Point point) {
            return x(point) > paper.right() - EDGE;
        }
    }

    void draw(Svg svg, DrumPaper paper, DrumWindow window, double top) {
        List<Point> with = points(window, true);
        List<Point> without = points(window, false);
        List<Double> values =
                Stream.concat(with.stream(), without.stream()).map(Point::value).toList();
        Place place = new Place(paper, top + HEIGHT - ROOM_BELOW, DrumScale.of(values, unit));
        steps(svg, place);
        line(svg, place, without, "line without");
        line(svg, place, with, "line with");
        scale(svg, place);
        title(svg, paper, top);
        ends(svg, place, with, without);
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

    private static void steps(Svg svg, Place place) {
        DrumScale scale = place.scale();
        for (double value : new double[] {scale.low(), scale.middle(), scale.high()}) {
            svg.empty(
                    "path",
                    "class",
                    value == scale.low() ? "base" : "step",
                    "d",
                    "M" + Svg.number(place.paper().left()) + " " + Svg.number(place.y(value)) + "H"
                            + Svg.number(place.paper().right()));
        }
    }

    private static void scale(Svg svg, Place place) {
        DrumScale scale = place.scale();
        for (double value : new double[] {scale.low(), scale.middle(), scale.high()}) {
            svg.text(
                    "text",
                    scale.words(value),
                    "class",
                    "scale",
                    "x",
                    Svg.number(place.paper().left() + 2),
                    "y",
                    Svg.number(place.y(value) + (value == scale.low() ? -3 : 10)));
        }
    }

    private static void line(Svg svg, Place place, List<Point> points, String kind) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            path.append(path.isEmpty() ? "M" : "L")
                    .append(Svg.number(place.x(point)))
                    .append(' ')
                    .append(Svg.number(place.y(point.value())));
        }
        if (!path.isEmpty()) {
            svg.empty("path", "class", kind, "d", path.toString());
        }
    }

    private void title(Svg svg, DrumPaper paper, double top) {
        svg.open("text", "class", "name", "x", Svg.number(paper.left()), "y", Svg.number(top + 15));
        svg.text("tspan", who + " ", "class", "who");
        svg.text("tspan", which);
        svg.close("text");
    }

    /// What each line is, beside its end; two that end close together are pushed apart.
    private static void ends(Svg svg, Place place, List<Point> with, List<Point> without) {
        if (with.isEmpty() || without.isEmpty()) {
            end(svg, place, with, "with", 0);
            end(svg, place, without, "without", 0);
            return;
        }
        double apart =
                place.y(without.getLast().value()) - place.y(with.getLast().value());
        boolean near =
                Math.abs(apart) < LETTER && place.atTheEdge(with.getLast()) == place.atTheEdge(without.getLast());
        double push = near ? (LETTER - Math.abs(apart)) / 2 * (apart < 0 ? -1 : 1) : 0;
        end(svg, place, with, "with", -push);
        end(svg, place, without, "without", push);
    }

    private static void end(Svg svg, Place place, List<Point> points, String words, double push) {
        if (points.isEmpty()) {
            return;
        }
        Point last = points.getLast();
        double x = place.atTheEdge(last) ? place.paper().right() + 10 : place.x(last) + 7;
        svg.text(
                "text",
                words,
                "class",
                "end " + words,
                "x",
                Svg.number(x),
                "y",
                Svg.number(place.y(last.value()) + push + 4));
    }
}
