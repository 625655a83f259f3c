package barograph.folder;

import barograph.form.Page;
import barograph.form.Place;
import barograph.form.Problem;
import barograph.form.Read;
import barograph.kinds.Samples;
import barograph.site.Kind;
import barograph.site.KindFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A folder of kinds that a site keeps for itself: one `.yaml` file for each.
public final class KindsFolder {
    private static final int MOST_FILES = 200;

    private KindsFolder() {}

    /// @param builtIn the kinds that are known anyway; one of the same name in the folder takes its place
    /// @return all kinds by their names
    public static Read<Map<String, Kind>> read(Path folder, Map<String, Kind> builtIn) {
        Map<String, Kind> kinds = new LinkedHashMap<>(builtIn);
        Map<String, Path> own = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Path file : files(folder, problems)) {
            switch (kind(file)) {
                case Read.Bad<Kind>(List<Problem> found) -> problems.addAll(found);
                case Read.Good<Kind>(Kind kind) -> {
                    kinds.put(kind.name(), kind);
                    Path other = own.putIfAbsent(kind.name(), file);
                    if (other != null) {
                        problems.add(new Problem(
                                Place.in(file.toString()),
                                "the kind " + kind.name() + " stands in " + other + " too.",
                                "Take one of them out."));
                    }
                }
            }
        }
        return problems.isEmpty() ? new Read.Good<>(Collections.unmodifiableMap(kinds)) : new Read.Bad<>(problems);
    }

    private static List<Path> files(Path folder, List<Problem> problems) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .limit(MOST_FILES)
                    .toList();
        } catch (IOException e) {
            problems.add(new Problem(
                    Place.in(folder.toString()),
                    "the folder of kinds cannot be read: " + PlainFile.reason(e),
                    "Give yourself the right to read it."));
            return List.of();
        }
    }

    /// One kind's file, which must also read its own sample lines as it says.
    public static Read<Kind> kind(Path file) {
        return switch (PlainFile.read(file, "a kind's file", Page.MOST_BYTES)) {
            case Read.Bad<byte[]>(List<Problem> problems) -> new Read.Bad<>(problems);
            case Read.Good<byte[]>(byte[] yaml) -> tried(KindFile.read(file.toString(), yaml));
        };
    }

    private static Read<Kind> tried(Read<Kind> read) {
        if (!(read instanceof Read.Good<Kind>(Kind kind))) {
            return read;
        }
        List<Problem> problems = Samples.problems(kind);
        return problems.isEmpty() ? read : new Read.Bad<>(problems);
    }
}
