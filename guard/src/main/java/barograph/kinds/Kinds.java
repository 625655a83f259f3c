package barograph.kinds;

import barograph.form.Place;
import barograph.form.Problem;
import barograph.form.Read;
import barograph.site.Kind;
import barograph.site.KindFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The kinds of server that are known: those that Barograph brings, and those of a folder that a site keeps.
public final class Kinds {
    /// A new one is its file in `barograph/kinds` among the resources, and its name here.
    private static final List<String> BUILT_IN = List.of("freeradius", "slapd", "files");

    private Kinds() {}

    /// @return by their names
    public static Map<String, Kind> builtIn() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        for (String name : BUILT_IN) {
            switch (KindFile.read(name + ".yaml", resource(name + ".yaml"))) {
                case Read.Good<Kind>(Kind kind) -> kinds.put(kind.name(), kind);
                case Read.Bad<Kind>(List<Problem> problems) ->
                    throw new IllegalStateException("the built-in kind " + name + " is bad: " + problems);
            }
        }
        return Collections.unmodifiableMap(kinds);
    }

    /// The built-in kinds together with those of a folder: one `NAME.yaml` for each. One of the same name replaces the
    /// built-in kind.
    public static Read<Map<String, Kind>> with(Path folder) {
        Map<String, Kind> kinds = new LinkedHashMap<>(builtIn());
        List<Problem> problems = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Kinds::isYaml).sorted().toList()) {
                switch (KindFile.read(file.toString(), bytes(file))) {
                    case Read.Good<Kind>(Kind kind) -> kinds.put(kind.name(), kind);
                    case Read.Bad<Kind>(List<Problem> found) -> problems.addAll(found);
                }
            }
        } catch (IOException e) {
            problems.add(new Problem(
                    Place.in(folder.toString()),
                    "the folder of kinds cannot be read (" + e.getClass().getSimpleName() + ").",
                    "Make it readable, or do without it."));
        }
        return problems.isEmpty() ? new Read.Good<>(Collections.unmodifiableMap(kinds)) : new Read.Bad<>(problems);
    }

    private static boolean isYaml(Path file) {
        return file.getFileName().toString().endsWith(".yaml");
    }

    private static byte[] resource(String name) {
        try (InputStream in = Kinds.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the kind " + name + " is not among the resources");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
