package barograph.store;

import barograph.record.Digest;
import barograph.record.Draft;
import barograph.record.Entry;
import barograph.record.Recorder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/// A process of its own that appends until it is killed or has written `count` entries, and says so of each entry
/// only when it is written: its index, and the hash of its bytes.
///
/// Each line ends with a period, by which one that was cut by the kill is known.
final class Appender {
    private Appender() {}

    /// @param arguments the folder of the record, this writer's name, how many entries (a large number: until
    /// killed)
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        String writer = arguments[1];
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        SiteKeys keys = SiteKeys.read(folder.resolve("keys"));
        try (Recorder recorder = SqliteRecorder.open(folder.resolve("record.db"), keys.signer())) {
            out.println("ready .");
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                Entry entry = recorder.append(draft(writer, i));
                out.println(
                        "entry " + entry.index() + " " + Digest.of(entry.leaf()).hex() + " .");
                if (i % 5 == 4) {
                    out.println("checkpoint " + recorder.checkpoint().replace('\n', '|') + " .");
                }
            }
        }
    }

    /// The `i`-th entry of a writer; it has an attachment.
    static Draft draft(String writer, int i) {
        var body = JsonNodeFactory.instance.objectNode().put("writer", writer).put("n", i);
        byte[] mail = (writer + i).getBytes(StandardCharsets.UTF_8);
        return new Draft(Instant.EPOCH, writer, "Note/1", body, List.of(new Draft.Attachment("m", "text/plain", mail)));
    }

    /// Starts one in another JVM.
    static Process start(Path folder, String writer, int count, String... wrapper) throws IOException {
        List<String> command = new ArrayList<>(List.of(wrapper));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Appender.class.getName(),
                folder.toString(),
                writer,
                Integer.toString(count)));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve(writer + ".err").toFile())
                .start();
    }
}
