package barograph.api;

import barograph.record.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What an API tells of a configuration, as a folder of files: one for each object, in one way of writing alone.
///
/// @param files the objects' text by their paths
/// @param ids what the server itself calls its objects; not part of the configuration, since another server calls the
///     same object otherwise, but an object that has to be made again gets its own name back where the API allows it
record Tree(NavigableMap<String, String> files, Map<String, String> ids) {
    Tree {
        files = new TreeMap<>(files);
        ids = Map.copyOf(ids);
    }

    Optional<String> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    Optional<String> id(String path) {
        return Optional.ofNullable(ids.get(path));
    }

    /// The hash of all paths and texts.
    Digest manifest() {
        StringBuilder all = new StringBuilder();
        files.forEach((path, text) ->
                all.append(Digest.of(text).hex()).append(' ').append(path).append('\n'));
        return Digest.of(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// The paths of what the other has otherwise, or alone, or not at all.
    NavigableSet<String> differs(Tree other) {
        NavigableSet<String> paths = new TreeSet<>(files.keySet());
        paths.addAll(other.files.keySet());
        paths.removeIf(path -> file(path).equals(other.file(path)));
        return paths;
    }

    /// The same with some files otherwise; empty ones are gone.
    Tree with(Map<String, Optional<String>> changes) {
        NavigableMap<String, String> after = new TreeMap<>(files);
        changes.forEach((path, text) -> text.ifPresentOrElse(now -> after.put(path, now), () -> after.remove(path)));
        return new Tree(after, ids);
    }

    /// The order in which paths are brought to a goal: what is there or comes first, from the outside in, then what
    /// goes, from the inside out.
    List<String> inOrder(NavigableSet<String> paths) {
        List<String> order = new ArrayList<>();
        paths.stream().filter(files::containsKey).forEach(order::add);
        List<String> gone = new ArrayList<>(paths);
        gone.removeIf(files::containsKey);
        order.addAll(gone.reversed());
        return order;
    }
}
