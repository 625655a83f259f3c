package barograph.kinds;

import barograph.site.BootHook;
import barograph.site.Commands;
import barograph.site.Config;
import barograph.site.Kind;
import barograph.site.LogSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The kinds as a page for people, in Markdown: `docs/kinds.md` is written by it.
public final class KindsPage {
    private static final String HEAD = """
            # Kinds of login servers

            What each kind brings, as its file in `guard/src/main/resources/barograph/kinds/` says it; this page is made from those files. A server's entry in `site.yaml`
            may override any of it, and a site may bring kinds of its own: [own-kind.md](own-kind.md).

            """;

    private KindsPage() {}

    public static String markdown(Collection<Kind> kinds) {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("| kind | servers | configuration | logins in | probes |\n|---|---|---|---|---|\n");
        for (Kind kind : kinds) {
            page.append("| [`%s`](#%s) | %s | %s | %s | %s |%n"
                    .formatted(
                            kind.name(),
                            anchor(kind),
                            kind.title(),
                            kind.config().map(config -> code(config.root())).orElse("said by each server"),
                            kind.log().map(log -> code(log.path())).orElse("said by each server"),
                            codes(kind.speaks())));
        }
        kinds.forEach(kind -> chapter(page, kind));
        return page.toString();
    }

    private static void chapter(StringBuilder page, Kind kind) {
        page.append("\n## ").append(kind.title()).append("\n\n");
        kind.config().ifPresent(config -> point(page, "Files", files(config)));
        Commands commands = kind.commands();
        point(page, "Reload", (reload(commands) + " " + kind.reloadNote()).strip());
        point(page, "Restart", kind.restartNote());
        point(
                page,
                "Checked before it goes in",
                commands.validate().isPresent() ? "by the server's own check." : "not.");
        point(
                page,
                "Proof that it is in force",
                commands.loaded().isPresent() ? "the running server is asked." : "none; a probe is the proof.");
        if (commands.bootHook() instanceof BootHook.None) {
            point(page, "After a reboot", "nothing calls the guard.");
        }
        kind.log().ifPresent(log -> point(page, "Logins", logins(log, kind)));
        if (kind.log().isEmpty() && !kind.logNote().isEmpty()) {
            point(page, "Logins", kind.logNote());
        }
        point(
                page,
                "Port",
                kind.port().isPresent() ? Integer.toString(kind.port().getAsInt()) : "said by each server");
        point(page, "Secrets", secrets(kind));
        if (!kind.looks().isEmpty()) {
            point(
                    page,
                    "Looks",
                    kind.looks().size()
                            + " rules of experience read the diff of a change ([rehearsal.md](rehearsal.md)).");
        }
    }

    private static String files(Config config) {
        String all = "everything below " + code(config.root());
        String only = config.include().isEmpty() ? "" : ", only " + codes(config.include());
        return all + only + (config.exclude().isEmpty() ? "." : ", without " + codes(config.exclude()) + ".");
    }

    private static String reload(Commands commands) {
        if (commands.reload().isEmpty()) {
            return commands.restart().isEmpty() ? "no command is needed or known." : "";
        }
        String covers = commands.reloadCovers().isEmpty()
                ? "takes over everything."
                : "takes over " + codes(commands.reloadCovers()) + "; any other file needs a restart.";
        String gap = commands.reloadGap().isZero()
                ? ""
                : " A second one within " + commands.reloadGap().toSeconds() + " s is ignored by the server, so the"
                        + " guard waits.";
        return covers + gap;
    }

    private static String logins(LogSource log, Kind kind) {
        String grammar = log.lines()
                .map(lines -> lines.lines().size() + " sorts of lines")
                .orElse("a grammar in code: " + code(log.grammar()));
        return "in " + code(log.path()) + ", read by " + grammar + ", tried with "
                + kind.samples().size() + " samples. " + kind.logNote();
    }

    private static String secrets(Kind kind) {
        return kind.secrets().isEmpty()
                ? "none are known in its files."
                : "hidden in every diff, wherever a pattern of the kind finds one ("
                        + kind.secrets().size() + ").";
    }

    private static void point(StringBuilder page, String name, String text) {
        page.append("- **").append(name).append("**: ").append(text.strip()).append('\n');
    }

    private static String anchor(Kind kind) {
        return kind.title()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9 -]", "")
                .replace(' ', '-');
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String codes(List<String> texts) {
        return texts.isEmpty() ? "none" : texts.stream().map(KindsPage::code).collect(Collectors.joining(", "));
    }
}
