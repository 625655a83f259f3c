package barograph.cli;

import barograph.cli.Paper.Ink;
import barograph.console.HindcastDrawing;
import barograph.console.HindcastWords;
import barograph.hindcast.Hindcast.Summary;
import barograph.hindcast.Hindcast.Turn;
import barograph.login.Login;
import barograph.rollout.EventJson;
import barograph.site.ServerId;
import barograph.verdict.Verdict;
import barograph.verdict.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tells what a hindcast found: each turn of the verdict, and what it comes to.
final class HindcastTale {
    private static final long SIGN_EVERY = 100_000;
    /// With a larger part of lines that could not be read, the rest proves little.
    private static final double TOO_MANY_UNREAD = 0.2;

    private final Paper paper;
    private final boolean quiet;
    private long logins;

    HindcastTale(Paper paper, boolean quiet) {
        this.paper = paper;
        this.quiet = quiet;
    }

    /// Gives a sign of life now and then.
    void pass(Login login) {
        logins += login.server().equals(OldLogs.BEFORE) ? 0 : 1;
        if (logins % SIGN_EVERY == 0) {
            paper.passing(Wording.count(logins) + " logins read, now at " + login.at() + " …");
        }
    }

    /// @return the exit code that it stands for
    int tell(Retrospect.Found found, OldLogs.Heap heap, String leftOut) {
        Summary summary = found.summary();
        if (!quiet) {
            summary.turns().forEach(turn -> tell(found, turn));
            heap(heap, leftOut);
        }
        boolean blurred = heap.unread() > TOO_MANY_UNREAD * (heap.unread() + logins);
        if (blurred) {
            paper.line(
                    Ink.WARNING,
                    Wording.count(heap.unread()) + " lines look like logins but could not be read, so much was not"
                            + " seen. Is --grammar the right one?");
        }
        paper.line(summary.harm().isPresent() ? Ink.BAD : Ink.STRONG, HindcastWords.sentence(found.plan(), summary));
        paper.json(json(found, heap));
        if (summary.harm().isPresent()) {
            return ExitCode.HARMFUL;
        }
        boolean healthy = summary.turns().getLast().verdict() instanceof Verdict.Healthy;
        return healthy && !blurred ? ExitCode.DONE : ExitCode.PERSON;
    }

    private void tell(Retrospect.Found found, Turn turn) {
        paper.line(
                ink(turn.verdict()),
                turn.at() + "  " + turn.verdict().word() + ". " + turn.verdict().because());
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("at", turn.at().toString()).put("verdict", turn.verdict().word());
        var servers = node.putArray("servers");
        found.plan().stage().stream().sorted().map(ServerId::value).forEach(servers::add);
        var segments = node.putArray("segments");
        turn.segments().forEach(segments::add);
        node.put("because", turn.verdict().because())
                .put("unitsSeen", turn.counts().units())
                .put("failedLogins", turn.counts().failedLogins())
                .put("eValue", turn.eValue());
        node.set("detail", EventJson.tree(turn.verdict()));
        paper.json(node);
    }

    /// What was odd about the logs; nothing where all was well.
    private void heap(OldLogs.Heap heap, String leftOut) {
        if (heap.unread() > 0) {
            paper.line(
                    Ink.FAINT,
                    Wording.count(heap.unread()) + " of " + Wording.count(heap.lines())
                            + " lines look like logins but could not be read.");
        }
        if (heap.outOfOrder() + heap.doubled() > 0) {
            paper.line(
                    Ink.FAINT,
                    Wording.count(heap.outOfOrder()) + " logins stood out of order ("
                            + Wording.count(heap.late()) + " too late to put right), "
                            + Wording.count(heap.doubled()) + " lines came twice and count once.");
        }
        if (!leftOut.isEmpty()) {
            paper.line(
                    Ink.WARNING,
                    "Left out, because they are on neither side: " + leftOut + ". Name them under --changed or"
                            + " --unchanged if they belong there.");
        }
    }

    private static ObjectNode json(Retrospect.Found found, OldLogs.Heap heap) {
        Summary summary = found.summary();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("summary", true).put("harmful", summary.harm().isPresent());
        node.put("verdict", summary.turns().getLast().verdict().word());
        summary.harm()
                .ifPresentOrElse(
                        turn -> node.put("at", turn.at().toString())
                                .put("secondsAfterChange", secondsAfterChange(found, turn))
                                .put("failedLoginsUntil", turn.counts().failedLogins())
                                .put("failedLoginsSpared", summary.failedLoginsAfterHarm()),
                        () -> node.putNull("at")
                                .putNull("secondsAfterChange")
                                .put("failedLoginsUntil", summary.counts().failedLogins())
                                .put("failedLoginsSpared", 0));
        return node.put("linesRead", heap.lines())
                .put("linesNotUnderstood", heap.unread())
                .put("linesOutOfOrder", heap.outOfOrder())
                .put("linesDoubled", heap.doubled())
                .put("logins", summary.counts().logins())
                .put("failedLogins", summary.counts().failedLogins())
                .put("looks", summary.looks());
    }

    private static double secondsAfterChange(Retrospect.Found found, Turn turn) {
        return Duration.between(found.plan().at(), turn.at()).toMillis() / 1000.0;
    }

    static void draw(Path file, Retrospect.Found found) {
        try {
            Files.writeString(file, HindcastDrawing.draw(found.plan(), found.hindcast()));
        } catch (IOException e) {
            throw new Trouble(
                    ExitCode.USAGE,
                    "The picture could not be written to " + file + ": " + e.getMessage()
                            + ". Name a file in a folder that is there under --svg.");
        }
    }

    private static Ink ink(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Healthy _ -> Ink.GOOD;
            case Verdict.Harmful _ -> Ink.BAD;
            case Verdict.Undecided _ -> Ink.FAINT;
            case Verdict.Blind _ -> Ink.WARNING;
        };
    }
}
