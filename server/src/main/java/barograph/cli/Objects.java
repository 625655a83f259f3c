package barograph.cli;

import barograph.change.Diff;
import barograph.change.Edit;
import barograph.site.Server;
import barograph.site.ServerId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
        name = "objects",
        description =
                "Show what a server that is configured over an API holds, as the files that a change may lay over.",
        footer = {
            "",
            "Examples:",
            "  barograph objects keycloak-1",
            "  barograph objects keycloak-1 clients/portal.json"
        })
final class Objects implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Common common;

    @Parameters(paramLabel = "SERVER", index = "0", description = "The server's name in site.yaml.")
    @SuppressWarnings("NullAway.Init")
    private String server;

    @Parameters(
            paramLabel = "PATH",
            index = "1",
            arity = "0..1",
            description = "One of its files, to be shown; secrets are hidden.")
    private @Nullable String path;

    @Override
    public Integer call() {
        try (Workplace workplace = common.open()) {
            Paper paper = common.paper();
            Server found = server(workplace);
            SortedMap<String, String> files;
            try {
                files = workplace.apis().files(found);
            } catch (IllegalStateException e) {
                throw new Trouble(ExitCode.PERSON, server + " could not be read. " + e.getMessage() + ".");
            }
            if (path == null) {
                files.keySet().forEach(paper::line);
            } else {
                show(paper, found, path, Optional.ofNullable(files.get(path)));
            }
            return ExitCode.DONE;
        }
    }

    private Server server(Workplace workplace) {
        try {
            return workplace
                    .site()
                    .server(new ServerId(server))
                    .filter(found -> !found.hasDeadMan())
                    .orElseThrow(() -> new Trouble(
                            ExitCode.USAGE, "No server " + server + " is configured over an API in site.yaml."));
        } catch (IllegalArgumentException e) {
            throw new Trouble(ExitCode.USAGE, e.getMessage() + ".");
        }
    }

    private static void show(Paper paper, Server server, String path, Optional<String> text) {
        String content = text.orElseThrow(() ->
                new Trouble(ExitCode.USAGE, "There is no " + path + ". See `barograph objects " + server.id() + "`."));
        Edit all = new Edit.Overlay(
                List.of(new Edit.Put(path, 0600, content.getBytes(StandardCharsets.UTF_8))), List.of());
        Diff.of(all, _ -> Optional.empty(), server.secrets())
                .text()
                .lines()
                .skip(3) // the diff's own head
                .map(line -> line.substring(1))
                .forEach(paper::line);
        paper.json(JsonNodeFactory.instance.objectNode().put("path", path).put("bytes", content.length()));
    }
}
