package barograph.console;

import barograph.forecast.Calibration;
import barograph.forecast.Calibration.Bin;

/// Draws forecasts against what happened: a perfect forecaster's points lie on the diagonal.
public final class ReliabilityDrawing {
    private static final int SIDE = 300;
    private static final int LEFT = 60;
    private static final int TOP = 40;
    private static final int LARGEST = 14;

    private ReliabilityDrawing() {}

    /// @return a whole SVG image; the area of each point tells how many forecasts it stands for
    public static String of(Calibration calibration, String title) {
        Svg svg = new Svg();
        String width = Integer.toString(LEFT + SIDE + 30);
        String height = Integer.toString(TOP + SIDE + 60);
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "width",
                width,
                "height",
                height,
                "viewBox",
                "0 0 " + width + " " + height,
                "font-family",
                "sans-serif",
                "font-size",
                "12");
        svg.text("title", title + ". " + calibration.words());
        svg.empty("rect", "width", width, "height", height, "fill", "white");
        svg.text("text", title, "x", Integer.toString(LEFT), "y", "22", "font-size", "14");
        axes(svg);
        int most = calibration.bins().stream().mapToInt(Bin::count).max().orElse(1);
        for (Bin bin : calibration.bins()) {
            svg.empty(
                    "circle",
                    "cx",
                    x(bin.forecast()),
                    "cy",
                    y(bin.happened()),
                    "r",
                    Svg.number(3 + (LARGEST - 3) * Math.sqrt((double) bin.count() / most)),
                    "fill",
                    "#1f5fa8",
                    "fill-opacity",
                    "0.7");
            svg.text(
                    "text",
                    Integer.toString(bin.count()),
                    "x",
                    x(bin.forecast()),
                    "y",
                    y(bin.happened()),
                    "dx",
                    "16",
                    "dy",
                    "4");
        }
        return svg.close("svg").toString();
    }

    private static void axes(Svg svg) {
        svg.empty("line", "x1", x(0), "y1", y(0), "x2", x(1), "y2", y(1), "stroke", "#999", "stroke-dasharray", "4 4");
        for (int tick = 0; tick <= 4; tick++) {
            double share = tick / 4.0;
            svg.empty("line", "x1", x(share), "y1", y(0), "x2", x(share), "y2", y(1), "stroke", "#eee");
            svg.empty("line", "x1", x(0), "y1", y(share), "x2", x(1), "y2", y(share), "stroke", "#eee");
            String percent = tick * 25 + "%";
            svg.text("text", percent, "x", x(share), "y", y(0), "dy", "18", "text-anchor", "middle");
            svg.text("text", percent, "x", x(0), "y", y(share), "dx", "-8", "dy", "4", "text-anchor", "end");
        }
        svg.empty("line", "x1", x(0), "y1", y(0), "x2", x(1), "y2", y(0), "stroke", "#333");
        svg.empty("line", "x1", x(0), "y1", y(0), "x2", x(0), "y2", y(1), "stroke", "#333");
        svg.text("text", "forecast", "x", x(0.5), "y", y(0), "dy", "40", "text-anchor", "middle");
        svg.text("text", "did harm", "x", x(0), "y", y(1), "dx", "-52", "dy", "-8");
    }

    private static String x(double share) {
        return Svg.number(LEFT + share * SIDE);
    }

    private static String y(double share) {
        return Svg.number(TOP + (1 - share) * SIDE);
    }
}
