package barograph.api;

import barograph.change.ChangeId;
import barograph.lease.Receipt.State;
import barograph.record.Digest;
import barograph.site.ServerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What the controller keeps on its disk about one server: how far each change has come, and the configuration before
/// it.
///
/// Nobody but the controller's user can read it, since it holds secrets. What is written is on the disk, whole, before
/// the
/// call returns. Who writes holds the server's lock.
final class Journal {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int ENDED_KEPT = 10;
    private static final String OWNER_FILE = "rw-------";
    private static final String OWNER_FOLDER = "rwx------";

    /// Trees that are kept of a change: before it, as it is to be, and as the server then told it.
    static final String BEFORE = "before";
    static final String WANTED = "wanted";
    static final String LANDED = "landed";

    private final Path home;

    /// @param folder the controller's own
    Journal(Path folder, ServerId server) {
        this.home = folder.resolve(server.value());
    }

    Path home() {
        return home;
    }

    /// The change that was applied last.
    Optional<Page> current() {
        return read(home.resolve("current"))
                .map(bytes -> page(new ChangeId(new String(bytes, StandardCharsets.UTF_8).strip())));
    }

    void current(ChangeId change) {
        write(home.resolve("current"), change.value());
    }

    Page page(ChangeId change) {
        return read(of(change).resolve("journal.json"))
                .map(bytes -> page(change, JSON.readTree(bytes)))
                .orElseGet(() -> Page.none(change));
    }

    private static Page page(ChangeId change, JsonNode json) {
        List<String> kept = new ArrayList<>();
        json.path("kept").forEach(each -> kept.add(each.asString()));
        return new Page(
                change,
                State.valueOf(json.path("state").asString()),
                json.path("because").asString(),
                json.path("digest").asString(),
                json.path("boot").asString(),
                json.path("leaseEnd").asLong(),
                json.path("downtime").asLong(),
                json.path("exact").asBoolean(),
                json.path("healthy").asBoolean(),
                kept);
    }

    void write(Page page) {
        ObjectNode json = JSON.createObjectNode()
                .put("state", page.state().name())
                .put("because", page.because())
                .put("digest", page.digest())
                .put("boot", page.boot())
                .put("leaseEnd", page.leaseEnd())
                .put("downtime", page.downtime())
                .put("exact", page.exact())
                .put("healthy", page.healthy());
        page.kept().forEach(json.putArray("kept")::add);
        write(of(page.change()).resolve("journal.json"), json.toString());
    }

    Optional<Tree> tree(ChangeId change, String which) {
        return read(of(change).resolve(which + ".json")).map(bytes -> {
            JsonNode json = JSON.readTree(bytes);
            NavigableMap<String, String> files = new TreeMap<>();
            json.path("files")
                    .properties()
                    .forEach(file -> files.put(file.getKey(), file.getValue().asString()));
            Map<String, String> ids = new HashMap<>();
            json.path("ids")
                    .properties()
                    .forEach(id -> ids.put(id.getKey(), id.getValue().asString()));
            return new Tree(files, ids);
        });
    }

    void write(ChangeId change, String which, Tree tree) {
        ObjectNode json = JSON.createObjectNode();
        ObjectNode files = json.putObject("files");
        tree.files().forEach(files::put);
        ObjectNode ids = json.putObject("ids");
        tree.ids().forEach(ids::put);
        write(of(change).resolve(which + ".json"), json.toString());
    }

    /// A change begins anew; what was kept aside stays.
    void clear(ChangeId change) {
        try {
            for (String name : List.of("journal", LANDED, WANTED, BEFORE)) { // without the first, the rest says nothing
                Files.deleteIfExists(of(change).resolve(name + ".json"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Keeps what somebody else has put on the server.
    ///
    /// @return where
    String keep(ChangeId change, String path, String text) {
        Path file = of(change)
                .resolve("kept")
                .resolve(Digest.of(text).hex().substring(0, 12))
                .resolve(path);
        write(file, text);
        return file.toString();
    }

    /// Forgets what ended, but for the last ones, the current one, and those that have something of somebody else's.
    void prune() {
        Path changes = home.resolve("changes");
        Optional<ChangeId> now = current().map(Page::change);
        try (Stream<Path> all = Files.list(changes)) {
            all.filter(each -> !Files.exists(each.resolve("kept")))
                    .filter(each ->
                            now.filter(change -> each.equals(of(change))).isEmpty())
                    .sorted(Comparator.comparing(Journal::time).reversed())
                    .skip(ENDED_KEPT)
                    .forEach(Journal::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileTime time(Path folder) {
        try {
            return Files.getLastModifiedTime(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path of(ChangeId change) {
        return home.resolve("changes").resolve(change.value());
    }

    private static Optional<byte[]> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Path folder = folder(file);
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_FILE)));
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path folder(Path file) throws IOException {
        Path folder = java.util.Objects.requireNonNull(file.getParent(), "a file lies in a folder");
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_FOLDER)));
        return folder;
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
