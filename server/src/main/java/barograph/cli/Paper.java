package barograph.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;

/// What a command writes on: colored where a terminal shows it, plain where it does not, or lines of JSON.
///
/// Safe for use by several threads; each line is written whole.
public final class Paper {
    private final PrintWriter out;
    private final Ansi ansi;
    private final boolean json;

    /// @param plain no colors, no line that is written over
    /// @param json only JSON is written, one value a line
    public Paper(PrintWriter out, boolean plain, boolean json) {
        this.out = out;
        this.ansi = plain || json ? Ansi.OFF : Ansi.AUTO;
        this.json = json;
    }

    public boolean json() {
        return json;
    }

    /// Whether a line may be written over, as a progress line is.
    public boolean lively() {
        return ansi.enabled();
    }

    /// A line for a person; left out where JSON is wanted.
    public synchronized void line(String text) {
        if (!json) {
            wipe();
            out.println(text);
            out.flush();
        }
    }

    /// A line in one of the house's inks.
    public void line(Ink ink, String text) {
        line(ink(ink, text));
    }

    /// Text in an ink, to be put into a line.
    public String ink(Ink ink, String text) {
        String style = STYLES.getOrDefault(ink, "");
        return style.isEmpty() || !ansi.enabled()
                ? text
                : ansi.new Text("@|" + style + " " + safe(text) + "|@").toString();
    }

    /// picocli reads `@|` and `|@` as marks of its own.
    private static String safe(String text) {
        return text.replace("@|", "@ |").replace("|@", "| @");
    }

    /// A line that the next one writes over; left out where nothing can be written over.
    public synchronized void passing(String text) {
        if (lively()) {
            out.print("\r\u001b[2K" + text);
            out.flush();
        }
    }

    private void wipe() {
        if (lively()) {
            out.print("\r\u001b[2K");
        }
    }

    /// One JSON value on a line of its own; left out where a person reads.
    public synchronized void json(JsonNode value) {
        if (json) {
            out.println(value);
            out.flush();
        }
    }

    /// The inks, by what they say.
    public enum Ink {
        PLAIN,
        FAINT,
        STRONG,
        GOOD,
        WARNING,
        BAD,
        TITLE
    }

    private static final Map<Ink, String> STYLES = Map.of(
            Ink.PLAIN, "",
            Ink.FAINT, "faint",
            Ink.STRONG, "bold",
            Ink.GOOD, "green",
            Ink.WARNING, "yellow",
            Ink.BAD, "bold,red",
            Ink.TITLE, "bold,blue");
}
