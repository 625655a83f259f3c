package barograph.console;

import barograph.dossier.Dossier;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A [Dossier] as one HTML page that needs nothing else: no request goes out, and no script is in it.
///
/// Safe for use by several threads.
public final class DossierPage {
    /// A table with more rows is folded.
    public static final int MOST_ROWS = 16;

    private static final int SHORT = 14;
    private static final String PAGES = "barograph.console.pages";

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /// The templates were compiled with this module; a mistake in one of them stops the build.
    private static final TemplateEngine ENGINE =
            TemplateEngine.createPrecompiled(null, ContentType.Html, DossierPage.class.getClassLoader(), PAGES);

    private DossierPage() {}

    /// The same dossier gives the same page, byte for byte.
    public static String render(Dossier dossier) {
        StringOutput page = new StringOutput();
        ENGINE.render("dossier.jte", dossier, page);
        return page.toString();
    }

    /// The headline without the words that the stamp says already.
    public static String lede(Dossier dossier) {
        String words = dossier.headline().words();
        String stamp = dossier.stamp() + ": ";
        if (!words.startsWith(stamp)) {
            return words;
        }
        String rest = words.substring(stamp.length());
        boolean name = !rest.split(" ", 2)[0].chars().allMatch(Character::isLetter);
        return name ? rest : rest.substring(0, 1).toUpperCase(Locale.ROOT) + rest.substring(1);
    }

    /// A moment in full, in UTC.
    public static String moment(Instant at) {
        return MOMENT.format(at) + " UTC";
    }

    /// How a cell of a table is set.
    public static String cell(String words) {
        return words.startsWith("sha256:") ? "hash" : words.length() <= SHORT ? "short" : "long";
    }

    /// The stamp's ink.
    public static String tone(Dossier dossier) {
        return switch (dossier.state()) {
            case CONFIRMED -> "good";
            case ROLLED_BACK, NEEDS_A_PERSON -> "bad";
            case WITHDRAWN -> "plain";
            case PROPOSED, REHEARSED, READY, APPLYING, WATCHING, AWAITING_CONFIRMATION, ROLLING_BACK -> "open";
        };
    }

    /// How a line of a diff is shaded.
    public static String shade(String line) {
        if (line.startsWith("+++") || line.startsWith("---") || line.startsWith("@@")) {
            return "hunk";
        }
        return line.startsWith("+") ? "add" : line.startsWith("-") ? "del" : "same";
    }
}
