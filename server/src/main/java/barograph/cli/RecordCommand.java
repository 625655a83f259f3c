package barograph.cli;

import barograph.cli.Paper.Ink;
import barograph.record.Checkpoint;
import barograph.record.Entry;
import barograph.record.Malformed;
import barograph.record.Note;
import barograph.record.Prover;
import barograph.record.Recorder;
import barograph.record.Verification;
import barograph.record.VerifierKey;
import barograph.store.Bundle;
import barograph.store.Export;
import barograph.store.SiteKeys;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "record",
        description = "The tamper-evident record: export it, and verify an export without Barograph's site.",
        subcommands = {RecordCommand.Verify.class, RecordCommand.Prove.class, RecordCommand.ExportBundle.class})
final class RecordCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new Trouble(ExitCode.USAGE, "Say what to do with the record: barograph record export, verify, or prove.");
    }

    @Command(
            name = "verify",
            description = "Check an export offline: every entry, its order, its attachments, and the signed root.",
            footer = {
                "",
                "Example:",
                "  barograph record verify acme-login.zip --key record.vkey",
                "",
                "Take the key from where you got it before the change, not from the export: whoever made a false",
                "record could have put a false key beside it."
            })
    static final class Verify implements Callable<Integer> {
        @Mixin
        @SuppressWarnings("NullAway.Init")
        private Common common;

        @Parameters(paramLabel = "BUNDLE", description = "The export (a zip file).")
        @SuppressWarnings("NullAway.Init")
        private Path bundle;

        @Option(names = "--key", paramLabel = "FILE", description = "The record's public key (record.vkey).")
        private @Nullable Path key;

        @Option(
                names = "--held",
                paramLabel = "CHECKPOINT",
                description =
                        "A checkpoint of this record that came earlier, say in a notice (a file; may be repeated).")
        private List<Path> held = List.of();

        @Override
        public Integer call() throws IOException {
            Paper paper = common.paper();
            if (!Files.isReadable(bundle)) {
                throw new Trouble(ExitCode.USAGE, "There is no readable file " + bundle + " to verify.");
            }
            VerifierKey known = key == null
                    ? Bundle.keyIn(bundle)
                    : VerifierKey.parse(Files.readString(key).strip());
            List<Checkpoint> earlier = new ArrayList<>();
            for (Path file : held) {
                earlier.add(checkpoint(file, known));
            }
            Verification verification = Bundle.verify(bundle, known, earlier);
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            int code = switch (verification) {
                case Verification.Intact intact -> {
                    paper.line(
                            Ink.GOOD, "INTACT. " + intact.entries() + " entries, nothing altered, added or removed.");
                    paper.line("The root is signed by " + known.name() + ".");
                    earlier.forEach(old -> paper.line("It continues the record of " + old.size()
                            + " entries whose checkpoint you held: nothing before was rewritten."));
                    if (key == null) {
                        paper.line(
                                Ink.WARNING,
                                "The key came with the export itself. Give the one you already had with --key"
                                        + " to rule out a record made up as a whole.");
                    }
                    node.put("valid", true).put("entries", intact.entries());
                    yield ExitCode.DONE;
                }
                case Verification.Broken broken -> {
                    paper.line(
                            Ink.BAD, "BROKEN at entry " + broken.index() + " (" + broken.kind() + "): " + broken.why());
                    node.put("valid", false)
                            .put("index", broken.index())
                            .put("kind", broken.kind())
                            .put("why", broken.why());
                    yield ExitCode.HARMFUL;
                }
            };
            paper.json(node);
            return code;
        }

        private static Checkpoint checkpoint(Path file, VerifierKey key) throws IOException {
            try {
                return Checkpoint.open(Note.parse(Files.readString(file)), key);
            } catch (Malformed e) {
                throw new Trouble(
                        ExitCode.USAGE,
                        file + " is no checkpoint that " + key.name() + " has signed: " + e.getMessage()
                                + " Save the attachment checkpoint.txt of a notice just as it is.");
            }
        }
    }

    @Command(
            name = "prove",
            description = "Prove that an entry is in the record, with a file that anyone can check.",
            footer = {
                "",
                "Example:",
                "  barograph record prove 17 > 17.tlog-proof",
                "",
                "The file is a tlog-proof (https://c2sp.org/tlog-proof); the VERIFY.md of an export says how to check it",
                "with openssl and sha256sum alone."
            })
    static final class Prove implements Callable<Integer> {
        @Mixin
        @SuppressWarnings("NullAway.Init")
        private Common common;

        @Parameters(paramLabel = "INDEX", description = "The entry's index, from 0.")
        private long index;

        @Override
        public Integer call() {
            try (Workplace workplace = common.open()) {
                Recorder recorder = workplace.recorder();
                List<Entry> found = index < 0 ? List.of() : recorder.entries(index, 1);
                if (found.isEmpty()) {
                    throw new Trouble(
                            ExitCode.USAGE,
                            "The record has no entry " + index + ": its entries are 0 to " + (recorder.size() - 1)
                                    + ". `barograph explain` tells the index of each.");
                }
                String proof = Prover.of(recorder).prove(found.getFirst()).toString();
                Paper paper = common.paper();
                proof.lines().forEach(paper::line);
                paper.json(JsonNodeFactory.instance
                        .objectNode()
                        .put("index", index)
                        .put("proof", proof));
                return ExitCode.DONE;
            }
        }
    }

    @Command(
            name = "export",
            description = "Write the record as one zip file that anyone can verify offline.",
            footer = {"", "Example:", "  barograph record export --output acme-login.zip"})
    static final class ExportBundle implements Callable<Integer> {
        @Mixin
        @SuppressWarnings("NullAway.Init")
        private Common common;

        @Option(names = "--output", paramLabel = "FILE", description = "Where to write it (default: SITE-record.zip).")
        private @Nullable Path output;

        @Override
        public Integer call() throws IOException {
            try (Workplace workplace = common.open()) {
                Path file = output == null ? Path.of(workplace.site().name() + "-record.zip") : output;
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                    Export.write(workplace.recorder(), Optional.empty(), out);
                }
                Paper paper = common.paper();
                paper.line(
                        Ink.GOOD, "Wrote " + file + " (" + workplace.recorder().size() + " entries).");
                paper.line("Check it with `barograph record verify " + file + " --key "
                        + workplace.folder().resolve("keys").resolve(SiteKeys.PUBLIC)
                        + "`, or by the steps in its"
                        + " VERIFY.md.");
                paper.json(JsonNodeFactory.instance
                        .objectNode()
                        .put("export", file.toString())
                        .put("entries", workplace.recorder().size()));
                return ExitCode.DONE;
            }
        }
    }
}
