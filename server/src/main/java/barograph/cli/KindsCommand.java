package barograph.cli;

import barograph.folder.KindsFolder;
import barograph.form.Read;
import barograph.site.Kind;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "kinds",
        description = "Say which kinds of servers there are, or try a kind of your own and its sample lines.",
        footer = {"", "Examples:", "  barograph kinds", "  barograph kinds kinds/vsftpd.yaml"})
final class KindsCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Common common;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "A kind's file to try.")
    private @Nullable Path file;

    @Override
    public Integer call() {
        Paper paper = common.paper();
        if (file == null) {
            Workplace.kinds(common.siteFile()).forEach(kind -> list(paper, kind));
            return ExitCode.DONE;
        }
        return switch (KindsFolder.kind(file)) {
            case Read.Bad<Kind> bad -> throw new Trouble(ExitCode.USAGE, Workplace.lines(bad));
            case Read.Good<Kind>(Kind kind) -> {
                list(paper, kind);
                paper.line(tried(kind));
                yield ExitCode.DONE;
            }
        };
    }

    private static String tried(Kind kind) {
        int samples = kind.samples().size();
        return samples == 0
                ? "It has no samples, so nothing shows that its grammar reads its log. Add lines of a real log."
                : "Its grammar reads each of its " + samples + " samples as it should. Save it in the folder kinds/"
                        + " beside site.yaml, and servers may be of the kind " + kind.name() + ".";
    }

    private static void list(Paper paper, Kind kind) {
        paper.line(String.format(
                "%-11s %-16s %s",
                kind.name(),
                kind.title(),
                kind.config().map(config -> "files in " + config.root()).orElse("files where each server says")
                        + kind.log().map(log -> ", logins in " + log.path()).orElse("")));
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("kind", kind.name())
                .put("title", kind.title())
                .put("samples", kind.samples().size());
        kind.config().ifPresent(config -> json.put("root", config.root()));
        kind.log().ifPresent(log -> json.put("log", log.path()));
        paper.json(json);
    }
}
