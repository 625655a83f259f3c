package barograph.api;

import barograph.site.Config;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A door that shows only the objects that belong to the configuration, by the server's `include` and `exclude`.
final class Chosen implements Door {
    private final Door door;
    private final List<PathMatcher> include;
    private final List<PathMatcher> exclude;

    Chosen(Door door, Config config) {
        this.door = door;
        this.include = matchers(config.include());
        this.exclude = matchers(config.exclude());
    }

    /// As `find -path` reads them: a star matches any text, slashes too.
    private static List<PathMatcher> matchers(List<String> patterns) {
        return patterns.stream()
                .map(pattern -> FileSystems.getDefault()
                        .getPathMatcher("glob:"
                                + pattern.replace("\\", "\\\\")
                                        .replace("{", "\\{")
                                        .replace("*", "**")))
                .toList();
    }

    private boolean isChosen(String path) {
        Path name = Path.of(path);
        return (include.isEmpty() || include.stream().anyMatch(each -> each.matches(name)))
                && exclude.stream().noneMatch(each -> each.matches(name));
    }

    @Override
    public Tree read() throws Trouble {
        Tree all = door.read();
        TreeMap<String, String> files = new TreeMap<>(all.files());
        files.keySet().removeIf(path -> !isChosen(path));
        return new Tree(files, all.ids());
    }

    @Override
    public String laid(String path, Optional<String> before, String written) throws Unfit {
        if (!isChosen(path)) {
            throw new Unfit(path + " is not part of the configuration by include and exclude");
        }
        return door.laid(path, before, written);
    }

    @Override
    public Optional<String> objection(String path, Tree from, Tree to) throws Trouble {
        return door.objection(path, from, to);
    }

    @Override
    public void write(String path, Tree live, Tree goal) throws Trouble {
        door.write(path, live, goal);
    }

    @Override
    public Map<String, String> facts(String path, String text) {
        return door.facts(path, text);
    }

    @Override
    public boolean comesWith(String path, String asked) {
        return door.comesWith(path, asked);
    }

    @Override
    public void health() throws Trouble {
        door.health();
    }

    @Override
    public void close() {
        door.close();
    }
}
