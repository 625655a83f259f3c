package barograph.change;

import barograph.form.Read;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/// What is to be different in a server's configuration folder.
public sealed interface Edit {
    /// New files laid over the folder, and files taken out of it.
    record Overlay(List<Put> puts, List<String> removals) implements Edit {
        public Overlay {
            puts = List.copyOf(puts);
            removals = List.copyOf(removals);
        }
    }

    /// A unified diff, applied with `patch -p1` in the folder.
    record Patch(String text) implements Edit {
        /// Takes a diff in, if it is one that can be applied: text alone, with paths that stay below the folder.
        ///
        /// @param fileName what the file is called in problems
        public static Read<Edit> read(String fileName, byte[] content) {
            return PatchText.read(fileName, content);
        }
    }

    /// One file of an overlay. A file that is there already keeps its owner and mode; a new one gets the mode given
    /// here and the owner of the folder that it goes into.
    ///
    /// @param path relative to the configuration root, with `/`, never upward
    /// @param mode permission bits for a new file, such as 0640 (octal)
    @SuppressWarnings("ArrayRecordComponent") // equals and hashCode below look at the content
    record Put(String path, int mode, byte[] content) {
        public Put {
            if (path.startsWith("/") || Arrays.asList(path.split("/", -1)).contains("..")) {
                throw new IllegalArgumentException("'" + path + "' leads out of the configuration root");
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Put(String p, int m, byte[] c)
                    && path.equals(p)
                    && mode == m
                    && Arrays.equals(content, c);
        }

        @Override
        public int hashCode() {
            return Objects.hash(path, mode, Arrays.hashCode(content));
        }
    }

    /// The paths that it touches, in order, relative to the configuration root.
    default Collection<String> paths() {
        TreeSet<String> paths = new TreeSet<>();
        switch (this) {
            case Overlay(List<Put> puts, List<String> removals) -> {
                puts.forEach(put -> paths.add(put.path()));
                paths.addAll(removals);
            }
            case Patch(String text) ->
                new PatchText(text).files().forEach(file -> {
                    file.before().ifPresent(paths::add);
                    file.after().ifPresent(paths::add);
                });
        }
        return paths;
    }
}
