package barograph.console;

import barograph.dossier.Dossier;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/// A [Dossier] as one HTML page that needs nothing else: no request goes out, and no script is in it.
///
/// Safe for use by several threads.
public final class DossierPage {
    private static final String PAGES = "barograph.console.pages";

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
