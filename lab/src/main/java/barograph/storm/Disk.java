package barograph.storm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// Two file systems of a host, one with the configuration (`root/…`), one with the guard's own files (`state/…`).
///
/// Each write is whole or not at all. A power failure loses what was not synced in the last [#FLUSHED_AFTER]: of each
/// file the last writes, of different files independently.
final class Disk {
    /// The kernel writes back by itself what is older.
    private static final long FLUSHED_AFTER = 30_000;

    private static final String ROOT = "root/";

    private final Clockwork clock;
    private final Map<String, Object> files = new HashMap<>();
    private Optional<Map<String, String>> live = Optional.empty();
    private final Map<String, List<Write>> unsynced = new LinkedHashMap<>();

    /// @param before what the write replaced
    private record Write(long at, Optional<Object> before) {}

    Disk(Clockwork clock) {
        this.clock = clock;
    }

    void put(String path, Object content) {
        changes(path);
        note(path, Optional.ofNullable(files.put(path, content)));
    }

    void remove(String path) {
        changes(path);
        Object before = files.remove(path);
        if (before != null) {
            note(path, Optional.of(before));
        }
    }

    private void note(String path, Optional<Object> before) {
        unsynced.computeIfAbsent(path, _ -> new ArrayList<>()).add(new Write(clock.now(), before));
    }

    Optional<Object> get(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /// The configuration: all files below `root/`, without its name.
    Map<String, String> live() {
        if (live.isEmpty()) {
            Map<String, String> tree = new TreeMap<>();
            files.forEach((path, content) -> {
                if (path.startsWith(ROOT)) {
                    tree.put(path.substring(ROOT.length()), content.toString());
                }
            });
            live = Optional.of(Collections.unmodifiableMap(tree));
        }
        return live.get();
    }

    private void changes(String path) {
        if (path.startsWith(ROOT)) {
            live = Optional.empty();
        }
    }

    /// Makes all of one file system durable.
    void sync(String fileSystem) {
        unsynced.keySet().removeIf(path -> path.startsWith(fileSystem));
    }

    void powerCut(Random random) {
        live = Optional.empty();
        unsynced.forEach((path, writes) -> {
            writes.removeIf(write -> write.at() < clock.now() - FLUSHED_AFTER);
            int kept = random.nextInt(writes.size() + 1);
            if (kept < writes.size()) {
                Optional<Object> before = writes.get(kept).before();
                if (before.isPresent()) {
                    files.put(path, before.get());
                } else {
                    files.remove(path);
                }
            }
        });
        unsynced.clear();
    }
}
