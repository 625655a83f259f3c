package barograph.store;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.record.Checkpoint;
import barograph.record.Digest;
import barograph.record.Entry;
import barograph.record.Note;
import barograph.record.Prover;
import barograph.record.Recorder;
import barograph.record.Verification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// What the writers of one record were told: which entries are written, and which checkpoints were signed. The record
/// must bear it out for ever. Safe for use by several threads.
final class Acknowledged {
    /// The index of each entry, and the hash of its bytes.
    private final Map<Long, String> entries = new HashMap<>();

    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private final SiteKeys keys;

    Acknowledged(SiteKeys keys) {
        this.keys = keys;
    }

    synchronized int size() {
        return entries.size();
    }

    synchronized int checkpoints() {
        return checkpoints.size();
    }

    synchronized void entry(long index, Digest bytes) {
        assertThat(entries.put(index, bytes.hex()))
                .as("who else was told to have written entry " + index)
                .isNull();
    }

    synchronized void checkpoint(String note) {
        checkpoints.add(Checkpoint.open(Note.parse(note), keys.signer().key()));
    }

    /// Reads what a writer says, line by line, until it ends or `enough`.
    void listen(Process writer, BooleanSupplier enough) {
        BufferedReader out = writer.inputReader(StandardCharsets.UTF_8);
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                String[] words = line.split(" ", -1);
                if (!words[words.length - 1].equals(".")) {
                    continue; // the kill cut this line, so that nobody was told
                }
                switch (words[0]) {
                    case "entry" -> entry(Long.parseLong(words[1]), new Digest(words[2]));
                    case "checkpoint" ->
                        checkpoint(line.substring("checkpoint ".length(), line.length() - 2)
                                .replace('|', '\n'));
                    default -> assertThat(line).isEqualTo("ready .");
                }
                if (enough.getAsBoolean()) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether the record, as it is now, has all that was acknowledged with the same bytes, and whether every
    /// checkpoint that was given out is proven to be one of this record's earlier sizes.
    synchronized void check(SqliteRecorder recorder, Path folder, String when) {
        List<Entry> found = recorder.entries(0, Integer.MAX_VALUE);
        entries.forEach((index, bytes) -> {
            assertThat(found).as("%s: entry %d", when, index).hasSizeGreaterThan(Math.toIntExact(index));
            Entry entry = found.get(Math.toIntExact(index));
            assertThat(Digest.of(entry.leaf()).hex())
                    .as("%s: the bytes of entry %d", when, index)
                    .isEqualTo(bytes);
            entry.attachments()
                    .forEach(each -> assertThat(recorder.attachment(each))
                            .as("%s: the attachment of entry %d", when, index)
                            .isPresent());
        });
        consistent(recorder, when);
        Path export = Exports.write(folder.resolve("export.zip"), Exports.export(recorder, Optional.empty()));
        assertThat(Bundle.verify(export, recorder.key(), checkpoints)).as(when).isInstanceOf(Verification.Intact.class);
    }

    private void consistent(Recorder recorder, String when) {
        Prover prover = Prover.of(recorder);
        Digest root = Checkpoint.parse(Note.parse(recorder.checkpoint()).text()).root();
        for (Checkpoint each : checkpoints) {
            assertThat(each.size() == 0 || prover.since(each.size()).leads(each.root(), root))
                    .as("%s: the checkpoint of size %d is of this record", when, each.size())
                    .isTrue();
        }
    }
}
