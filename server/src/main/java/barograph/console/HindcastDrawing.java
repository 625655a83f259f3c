package barograph.console;

import barograph.dossier.Picture;
import barograph.hindcast.Hindcast;
import barograph.hindcast.Hindcast.Summary;
import barograph.hindcast.Hindcast.Turn;
import barograph.hindcast.Tempo;
import barograph.verdict.Verdict;
import barograph.verdict.Wording;
import barograph.watch.Drum;
import barograph.watch.WatchPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The picture of a hindcast, as one SVG file that asks for nothing from anywhere and shows in light and in dark: what
/// it comes to in words, the drum, and under it the shares that failed and how long logins took, with the change and
/// without.
public final class HindcastDrawing {
    private static final double EDGE = 24;
    private static final double LINE = 21;
    private static final int LETTERS = 108;
    private static final int FEWEST_LOGINS = 3;
    /// Of the time after the change at most this many times as much is drawn as of the time before.
    private static final int MOST_AFTER = 5;

    private static final String STYLE = """
            .sheet-of-hindcast {
              --paper: #f3eee0; --sheet: #fbf8ef; --ink: #23252b; --faint: #625d50;
              --fine: #d9e2d2; --strong: #b4c6b0; --pen: #34358a; --penwash: #7f80b9; --red: #a1242b; --green: #2c6540;
              --serif: Charter, "Bitstream Charter", "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, serif;
              background: var(--paper); font-family: var(--serif);
            }
            @media (prefers-color-scheme: dark) {
              .sheet-of-hindcast {
                --paper: #14161a; --sheet: #1b1e22; --ink: #e7e1d1; --faint: #a59e8c;
                --fine: #262d2b; --strong: #3b4843; --pen: #aeabf7; --penwash: #7876c4; --red: #ff8d84; --green: #8bd0a0;
              }
            }
            .ground { fill: var(--paper); }
            .title { fill: var(--ink); font-size: 25px; font-weight: 600; }
            .title.bad { fill: var(--red); } .title.good { fill: var(--green); }
            .said { fill: var(--ink); font-size: 15px; } .said.small { fill: var(--faint); font-size: 13px; }
            .drum .sheet { fill: var(--sheet); stroke: var(--strong); }
            .drum .fine { fill: none; stroke: var(--fine); stroke-width: .7; }
            .drum .strong { fill: none; stroke: var(--strong); stroke-width: .9; }
            .drum text { fill: var(--ink); font-size: 12.5px; }
            .drum .time, .drum .hint, .drum .scale, .drum .end { fill: var(--faint); font-size: 11.5px; }
            .drum .name, .drum .hint, .drum .scale {
              paint-order: stroke; stroke: var(--sheet); stroke-width: 4px; stroke-linejoin: round;
            }
            .drum .name { fill: var(--faint); } .drum .name .who { fill: var(--ink); font-weight: 600; }
            .drum .accepted { fill: var(--penwash); } .drum .failed { fill: var(--red); }
            .drum .base { stroke: var(--faint); stroke-width: .8; fill: none; }
            .drum .spared { fill: var(--red); opacity: .055; }
            .drum .step { stroke: var(--strong); stroke-width: .8; fill: none; }
            .drum .threshold { stroke: var(--red); stroke-width: 1.4; stroke-dasharray: 7 4; fill: none; }
            .drum .red { fill: var(--red); }
            .drum .trace { fill: none; stroke: var(--pen); stroke-width: 2.2; stroke-linejoin: round; stroke-linecap: round; }
            .drum .nib { fill: var(--pen); }
            .drum .moment, .drum .stem { fill: none; stroke: var(--ink); stroke-width: 1.3; }
            .drum .moment.applied, .drum .stem.applied { stroke: var(--pen); }
            .drum .moment.verdict, .drum .stem.verdict { stroke: var(--red); stroke-dasharray: 2 2.5; }
            .drum .moment.calm, .drum .stem.calm { stroke: var(--green); }
            .drum .flag { font-weight: 600; }
            .drum .line { fill: none; stroke-linejoin: round; stroke-width: 1.8; }
            .drum .line.with { stroke: var(--pen); } .drum .end.with { fill: var(--pen); font-weight: 600; }
            .drum .line.without { stroke: var(--faint); stroke-width: 1.4; stroke-dasharray: 4 2.5; }
            """;

    private HindcastDrawing() {}

    /// The whole file.
    public static String draw(WatchPlan plan, Hindcast hindcast) {
        Summary summary = hindcast.summary();
        Drum drawn = worthDrawing(hindcast.drum(), plan, summary);
        Picture picture = Picture.of("hindcast", 0, drawn, moments(plan, summary));
        List<DrumStrip> strips = strips(hindcast.tempo(), picture);
        List<String> said = said(plan, summary);
        double[] drum = DrumDrawing.size(strips.size());
        double head = EDGE + 34 + said.size() * LINE;
        double height = head + drum[1] + EDGE + 16;
        Svg svg = new Svg();
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "class",
                "sheet-of-hindcast",
                "viewBox",
                "0 0 " + Svg.number(drum[0]) + " " + Svg.number(height),
                "role",
                "img",
                "aria-label",
                HindcastWords.title(plan, summary) + ". " + HindcastWords.sentence(plan, summary));
        svg.text("style", STYLE);
        svg.empty("rect", "class", "ground", "width", "100%", "height", "100%");
        String mood = summary.harm().isPresent() ? "bad" : healthy(summary) ? "good" : "";
        line(svg, HindcastWords.title(plan, summary), "title " + mood, EDGE + 20);
        for (int i = 0; i < said.size(); i++) {
            line(svg, said.get(i), "said", EDGE + 46 + i * LINE);
        }
        svg.open("g", "transform", "translate(0 " + Svg.number(head) + ")");
        svg.raw(DrumDrawing.wide(picture, strips, spared(summary))
                .replaceFirst(
                        "<svg ", "<svg width=\"" + Svg.number(drum[0]) + "\" height=\"" + Svg.number(drum[1]) + "\" "));
        svg.close("g");
        line(svg, foot(plan, picture), "said small", head + drum[1] + 16);
        return svg.close("svg").raw("\n").toString();
    }

    /// Long after the change and its last verdict nothing is drawn, so that what was before still shows.
    private static Drum worthDrawing(Drum drum, WatchPlan plan, Summary summary) {
        Duration before = Duration.between(drum.start(), plan.at());
        Duration verdict = Duration.between(plan.at(), summary.turns().getLast().at());
        Duration after = before.multipliedBy(MOST_AFTER);
        Duration longest = verdict.multipliedBy(2).compareTo(after) > 0 ? verdict.multipliedBy(2) : after;
        int buckets = (int) Math.min(drum.needle().size(), before.plus(longest).dividedBy(drum.bucket()));
        return new Drum(
                drum.start(),
                drum.bucket(),
                drum.tracks().stream()
                        .map(track -> new Drum.Track(
                                track.server(),
                                track.changed(),
                                track.accepted().subList(0, buckets),
                                track.failed().subList(0, buckets)))
                        .toList(),
                drum.needle().subList(0, buckets));
    }

    private static void line(Svg svg, String words, String kind, double y) {
        svg.text("text", words, "class", kind, "x", Svg.number(EDGE), "y", Svg.number(y));
    }

    private static boolean healthy(Summary summary) {
        return summary.turns().getLast().verdict() instanceof Verdict.Healthy;
    }

    private static List<String> said(WatchPlan plan, Summary summary) {
        Turn told = summary.harm().orElseGet(() -> summary.turns().getLast());
        List<String> lines = new ArrayList<>(HindcastWords.lines(told.verdict().because(), LETTERS));
        lines.addAll(HindcastWords.lines(HindcastWords.sentence(plan, summary), LETTERS));
        return lines;
    }

    private static String foot(WatchPlan plan, Picture picture) {
        return "Change on " + Wording.servers(plan.stage()) + " at " + plan.at() + " · logins from "
                + DrumWords.clock(picture.start()) + " to " + DrumWords.clock(picture.end())
                + " UTC · Barograph hindcast";
    }

    private static List<Picture.Moment> moments(WatchPlan plan, Summary summary) {
        List<Picture.Moment> moments = new ArrayList<>();
        moments.add(new Picture.Moment(
                plan.at(), Picture.Moment.Kind.APPLIED, Wording.servers(plan.stage()) + ": the change", 0));
        for (Turn turn : summary.turns()) {
            if (!(turn.verdict() instanceof Verdict.Undecided)) {
                moments.add(new Picture.Moment(
                        turn.at(),
                        Picture.Moment.Kind.VERDICT,
                        turn.verdict().word() + ", " + HindcastWords.after(plan, turn) + " later",
                        0));
            }
        }
        return moments;
    }

    private static Optional<DrumDrawing.Spared> spared(Summary summary) {
        long spared = summary.failedLoginsAfterHarm();
        return summary.harm()
                .map(turn -> new DrumDrawing.Spared(
                        turn.at(), spared == 0 ? "" : Wording.count(spared) + " logins failed after the verdict"));
    }

    private static List<DrumStrip> strips(Tempo tempo, Picture picture) {
        List<DrumStrip> strips = new ArrayList<>();
        strips.add(new DrumStrip(
                "Not let in", "as a share of all logins", HindcastDrawing::failureShare, DrumScale.Unit.SHARE));
        Instant start = picture.start();
        boolean timed = tempo.medianMillis(true, start, picture.end()).isPresent();
        if (timed) {
            strips.add(new DrumStrip(
                    "Time taken",
                    "by the middle one of the logins let in",
                    (window, changed, column) ->
                            tempo.medianMillis(changed, window.begin(column), window.begin(column + 1)),
                    DrumScale.Unit.MILLIS));
        }
        return strips;
    }

    private static OptionalDouble failureShare(DrumWindow window, boolean changed, int column) {
        Picture.Band band = changed ? window.changed() : window.unchanged();
        long failed = band.failed().get(column);
        long all = failed + band.accepted().get(column);
        return all < FEWEST_LOGINS ? OptionalDouble.empty() : OptionalDouble.of((double) failed / all);
    }
}
