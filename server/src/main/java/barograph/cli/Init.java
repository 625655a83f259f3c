package barograph.cli;

import barograph.cli.Paper.Ink;
import barograph.store.SiteKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
        name = "init",
        description = "Write a site to begin with, a sample change, and the site's keys. Overwrites nothing.",
        footer = {"", "Example:", "  mkdir acme-login && cd acme-login && barograph init"})
final class Init implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Common common;

    @Override
    public Integer call() throws IOException {
        Paper paper = common.paper();
        Path file = common.siteFile().toAbsolutePath();
        Path folder = file.getParent() == null ? Path.of(".") : file.getParent();
        write(paper, file, "site.template.yaml");
        write(paper, folder.resolve("changes/example/change.yaml"), "change.template.yaml");
        Files.createDirectories(folder.resolve("changes/example/files"));
        Path keys = Workplace.keys(folder);
        if (Files.exists(keys.resolve(SiteKeys.PUBLIC))) {
            paper.line(Ink.FAINT, "kept  " + keys + " (the site's keys are there already)");
        } else {
            SiteKeys.create(keys, Workplace.siteName(file));
            paper.line(Ink.GOOD, "wrote " + keys + " (the site's keys; only you can read them, back them up)");
        }
        String key = SiteKeys.verifierKey(keys).toString();
        paper.line("");
        paper.line("The record's public key. Give it to every party now, so that nobody can exchange it later:");
        paper.line(Ink.STRONG, "  " + key);
        paper.line("");
        paper.line("Next: put your servers into " + file.getFileName() + ", then run `barograph check`.");
        paper.json(JsonNodeFactory.instance
                .objectNode()
                .put("site", file.toString())
                .put("recordKey", key));
        return ExitCode.DONE;
    }

    private static void write(Paper paper, Path file, String template) throws IOException {
        if (Files.exists(file)) {
            paper.line(Ink.FAINT, "kept  " + file + " (it is there already)");
            return;
        }
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        try (InputStream in = Init.class.getResourceAsStream("/barograph/cli/" + template)) {
            if (in == null) {
                throw new IllegalStateException("the distribution lacks " + template);
            }
            Files.writeString(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        paper.line(Ink.GOOD, "wrote " + file);
    }
}
