package barograph.console;

import barograph.dossier.Picture;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;

/// Draws the logins of a stage as a barograph's drum carries them: on top the needle, which falls as the evidence of
/// harm grows, to the line where the change is taken back; below it the logins of the servers with the change, and of
/// those
/// without, at the same time and to the same scale: who got in above the line, who did not below.
public final class DrumDrawing {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TENTHS =
            DateTimeFormatter.ofPattern("HH:mm:ss.S", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// How far the sheet reaches beyond its ruled part.
    private static final double EDGE = 14;

    private static final int MOST_FLAGS = 4;

    private static final double ARM = 1_700;
    /// A taller sheet has a longer arm, or its time lines would swing too far.
    private static final double TALL_ARM = 2.5;

    private final Picture picture;
    private final DrumWindow window;
    private final Format format;
    private final DrumPaper paper;
    private final List<DrumStrip> strips;
    private final Optional<Spared> spared;
    private final Svg svg = new Svg();

    /// Two formats of the same picture: text does not shrink with the page.
    private enum Format {
        WIDE(960, 540, 150, 8),
        NARROW(372, 540, 70, 3);

        private final double width;
        private final double height;
        private final int columns;
        private final int times;

        Format(double width, double height, int columns, int times) {
            this.width = width;
            this.height = height;
            this.columns = columns;
            this.times = times;
        }
    }

    private DrumDrawing(Picture picture, Format format, List<DrumStrip> strips, Optional<Spared> spared) {
        this.spared = spared;
        this.picture = picture;
        this.format = format;
        this.strips = strips;
        this.window = DrumWindow.of(picture, format.columns);
        this.paper = new DrumPaper(
                format.width,
                format == Format.WIDE ? 24 : 14,
                format.width - (format == Format.WIDE ? 70 : 14),
                EDGE
                        + 16
                        + (format == Format.WIDE
                                ? 18 * Math.min(picture.moments().size(), MOST_FLAGS)
                                : 18),
                format.height + strips.size() * DrumStrip.HEIGHT - 30,
                ARM * (strips.isEmpty() ? 1 : TALL_ARM),
                window.from(),
                window.to());
    }

    /// For a screen of a desk, and for paper.
    public static String wide(Picture picture) {
        return new DrumDrawing(picture, Format.WIDE, List.of(), Optional.empty()).draw();
    }

    /// For a telephone.
    public static String narrow(Picture picture) {
        return new DrumDrawing(picture, Format.NARROW, List.of(), Optional.empty()).draw();
    }

    /// The wide drum with more strips under it, on one sheet. Its moments have no numbers, as no list goes with it.
    static String wide(Picture picture, List<DrumStrip> strips, Optional<Spared> spared) {
        return new DrumDrawing(picture, Format.WIDE, strips, spared).draw();
    }

    /// How wide and how high [#wide(Picture, List, Optional)] is with so many strips.
    static double[] size(int strips) {
        return new double[] {Format.WIDE.width, Format.WIDE.height + strips * DrumStrip.HEIGHT};
    }

    /// Of the drum itself, without the strips under it.
    private double height() {
        return drumBottom() - paper.top();
    }

    private double drumBottom() {
        return paper.bottom() - strips.size() * DrumStrip.HEIGHT;
    }

    /// Where the needle rests, and where it trips.
    private double rest() {
        return paper.top() + 14;
    }

    private double threshold() {
        return paper.top() + height() * 0.33;
    }

    private double divide() {
        return paper.top() + height() * 0.38;
    }

    private double secondDivide() {
        return paper.top() + height() * 0.69;
    }

    private String draw() {
        String id = "drum-" + picture.stage() + "-" + format.name().toLowerCase(Locale.ROOT);
        svg.open(
                "svg",
                "class",
                "drum " + format.name().toLowerCase(Locale.ROOT),
                "viewBox",
                "0 0 " + Svg.number(format.width) + " " + Svg.number(format.height + strips.size() * DrumStrip.HEIGHT),
                "role",
                "img",
                "aria-labelledby",
                id + "-title " + id + "-desc");
        svg.text("title", "The drum of stage " + picture.stage(), "id", id + "-title");
        svg.text("desc", DrumWords.description(picture), "id", id + "-desc");
        ruling();
        spared();
        bands();
        needle();
        for (int i = 0; i < strips.size(); i++) {
            strips.get(i).draw(svg, paper, window, drumBottom() + i * DrumStrip.HEIGHT);
        }
        moments();
        return svg.close("svg").toString();
    }

    private void ruling() {
        svg.empty(
                "rect",
                "class",
                "sheet",
                "x",
                "0.5",
                "y",
                Svg.number(edge()),
                "width",
                Svg.number(format.width - 1),
                "height",
                Svg.number(paper.bottom() - paper.top() + 2 * EDGE),
                "rx",
                "3");
        StringBuilder fine = new StringBuilder();
        for (double y = paper.top(); y <= paper.bottom() + 0.1; y += height() / 40) {
            fine.append("M").append(Svg.number(paper.left() - 6)).append(' ').append(Svg.number(y));
            fine.append("H").append(Svg.number(paper.right() + 6));
        }
        Duration step = paper.step(format.times);
        Duration small = step.dividedBy(5);
        for (Instant at = paper.first(small); !at.isAfter(window.to()); at = at.plus(small)) {
            fine.append(paper.arc(at, paper.top(), paper.bottom()));
        }
        svg.empty("path", "class", "fine", "d", fine.toString());
        StringBuilder strong = new StringBuilder();
        for (Instant at = paper.first(step); !at.isAfter(window.to()); at = at.plus(step)) {
            strong.append(paper.arc(at, paper.top(), paper.bottom()));
        }
        double[] lines = {paper.top(), divide(), secondDivide(), drumBottom()};
        for (double y : DoubleStream.concat(Arrays.stream(lines), strips()).toArray()) {
            strong.append("M").append(Svg.number(paper.left() - 6)).append(' ').append(Svg.number(y));
            strong.append("H").append(Svg.number(paper.right() + 6));
        }
        svg.empty("path", "class", "strong", "d", strong.toString());
        times(step);
    }

    /// What would not have come to pass: washed from a moment on, with its words in the band of the change.
    private void spared() {
        if (spared.isEmpty()) {
            return;
        }
        Spared told = spared.get();
        svg.empty(
                "path",
                "class",
                "spared",
                "d",
                paper.arc(told.from(), divide(), paper.bottom())
                        + "H" + Svg.number(paper.x(window.to(), paper.bottom()))
                        + "L" + paper.point(window.to(), divide()) + "Z");
        svg.text(
                "text",
                told.words(),
                "class",
                "hint red",
                "x",
                Svg.number(paper.right() - 4),
                "y",
                Svg.number(divide() + 13),
                "text-anchor",
                "end");
    }

    /// The time that a rollback would have cut off.
    ///
    /// @param words what it would have spared
    record Spared(Instant from, String words) {}

    /// The lower edge of each strip.
    private DoubleStream strips() {
        return DoubleStream.iterate(drumBottom() + DrumStrip.HEIGHT, y -> y + DrumStrip.HEIGHT)
                .limit(strips.size());
    }

    private void times(Duration step) {
        DateTimeFormatter clock = step.toMillis() < 1_000 ? TENTHS : step.toMillis() < 60_000 ? SECONDS : MINUTES;
        for (Instant at = paper.first(step); !at.isAfter(window.to()); at = at.plus(step)) {
            double x = paper.x(at, paper.bottom());
            if (x > paper.left() + 14 && x < paper.right() - 14) {
                svg.text(
                        "text",
                        clock.format(at),
                        "class",
                        "time",
                        "x",
                        Svg.number(x),
                        "y",
                        Svg.number(paper.bottom() + 27),
                        "text-anchor",
                        "middle");
            }
        }
    }

    private void bands() {
        double highest = Math.max(
                1,
                Math.max(
                        max(window.changed().accepted()), max(window.unchanged().accepted())));
        double deepest = Math.max(
                1,
                Math.max(max(window.changed().failed()), max(window.unchanged().failed())));
        double room = secondDivide() - divide() - 30;
        double unit = room / (highest + Math.max(deepest, highest * 0.15));
        band(
                window.changed(),
                divide(),
                unit,
                highest,
                DrumWords.servers(picture.changed().servers()),
                "with the change");
        band(
                window.unchanged(),
                secondDivide(),
                unit,
                highest,
                DrumWords.servers(picture.unchanged().servers()),
                "without it");
    }

    private void band(Picture.Band band, double top, double unit, double highest, String servers, String which) {
        double base = top + 20 + highest * unit;
        svg.empty("path", "class", "accepted", "d", columns(band.accepted(), base, -unit));
        svg.empty("path", "class", "failed", "d", columns(band.failed(), base, unit));
        svg.empty(
                "path",
                "class",
                "base",
                "d",
                "M" + Svg.number(paper.left()) + " " + Svg.number(base) + "H" + Svg.number(paper.right()));
        svg.open("text", "class", "name", "x", Svg.number(paper.left()), "y", Svg.number(top + 13));
        svg.text("tspan", band.servers().isEmpty() ? "No server " : servers + " ", "class", "who");
        svg.text("tspan", which);
        svg.close("text");
        if (format == Format.WIDE) {
            label("let in", base - 5);
            label("not let in", base + 14);
        }
    }

    /// What a side of the base line means, beside the ruled part.
    private void label(String words, double y) {
        svg.text("text", words, "class", "hint", "x", Svg.number(paper.right() + 10), "y", Svg.number(y));
    }

    /// One column per span, standing on the base line or hanging from it.
    private String columns(List<Long> counts, double base, double unit) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i) > 0) {
                double y = base + counts.get(i) * unit;
                Instant begin = window.begin(i);
                Instant end = begin.plus(window.column().multipliedBy(4).dividedBy(5));
                double left = paper.x(begin, base);
                double width = paper.x(end, base) - left;
                path.append("M").append(Svg.number(left)).append(' ').append(Svg.number(base));
                path.append("V").append(Svg.number(y));
                path.append("h").append(Svg.number(width));
                path.append("V").append(Svg.number(base)).append("Z");
            }
        }
        return path.isEmpty() ? "M0 0" : path.toString();
    }

    private static double max(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private void needle() {
        svg.empty(
                "path",
                "class",
                "threshold",
                "d",
                "M" + Svg.number(paper.left() - 6) + " " + Svg.number(threshold()) + "H"
                        + Svg.number(paper.right() + 6));
        svg.text(
                "text",
                "here it is taken back",
                "class",
                "hint red",
                "x",
                Svg.number(paper.left()),
                "y",
                Svg.number(threshold() - 5));
        svg.open("text", "class", "name", "x", Svg.number(paper.left()), "y", Svg.number(rest() + 22));
        svg.text("tspan", "The needle ", "class", "who");
        if (format == Format.WIDE) {
            svg.text("tspan", "falls as the evidence of harm grows");
        }
        svg.close("text");
        StringBuilder path = new StringBuilder();
        double x = 0;
        double y = 0;
        for (int i = 0; i < window.needle().size() && y < threshold(); i++) {
            Instant at = window.begin(i).plus(window.column().dividedBy(2));
            y = rest() + Math.clamp(window.needle().get(i), 0, 1) * (threshold() - rest());
            x = paper.x(at, y);
            path.append(path.isEmpty() ? "M" : "L")
                    .append(Svg.number(x))
                    .append(' ')
                    .append(Svg.number(y));
        }
        svg.empty("path", "class", "trace", "d", path.toString());
        svg.empty("circle", "class", "nib", "cx", Svg.number(x), "cy", Svg.number(y), "r", "3.5");
    }

    /// The time lines of what happened, each with its number, and its words where there is room. From right to left, so
    /// that a flag stands higher than those whose stems come up under it.
    private void moments() {
        Duration gap = Duration.between(window.from(), window.to()).dividedBy(format == Format.WIDE ? 60 : 20);
        List<DrumWindow.Mark> marks = window.marks(picture, gap).reversed();
        List<double[]> flags = new ArrayList<>();
        for (DrumWindow.Mark mark : marks) {
            double x = paper.x(mark.at(), edge());
            String words = !strips.isEmpty()
                    ? mark.words()
                    : format == Format.WIDE ? mark.numbers() + "  " + mark.words() : mark.numbers();
            double width = words.length() * 7.1 + 8;
            boolean turned = x + width > format.width;
            double from = turned ? x - width : x;
            int row = row(flags, from, width);
            flags.add(new double[] {from, width, row});
            flag(mark, words, x, Math.max(14, edge() - 8 - row * 18), turned);
        }
    }

    private double edge() {
        return paper.top() - EDGE;
    }

    private void flag(DrumWindow.Mark mark, String words, double x, double y, boolean turned) {
        String kind = mark.kind().name().toLowerCase(Locale.ROOT) + " "
                + (mark.words().startsWith("HEALTHY") ? "calm" : "");
        svg.empty("path", "class", "moment " + kind, "d", paper.arc(mark.at(), edge(), paper.bottom()));
        svg.empty(
                "path",
                "class",
                "stem " + kind,
                "d",
                "M" + Svg.number(x) + " " + Svg.number(edge()) + "V" + Svg.number(y - 10));
        svg.text(
                "text",
                words,
                "class",
                "flag",
                "x",
                Svg.number(turned ? x - 4 : x + 4),
                "y",
                Svg.number(y),
                "text-anchor",
                turned ? "end" : "start");
    }

    /// One row above the highest of the flags that this one reaches over.
    private static int row(List<double[]> flags, double from, double width) {
        int row = 0;
        for (double[] flag : flags) {
            if (flag[0] < from + width && from < flag[0] + flag[1]) {
                row = Math.max(row, (int) flag[2] + 1);
            }
        }
        return row;
    }
}
