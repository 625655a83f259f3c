package barograph.form;

import java.util.Comparator;

/// Where in a file something is written.
///
/// @param line from 1; 0 where the whole file is meant
/// @param column in characters, from 1; 0 where the whole file is meant
/// @param path the way to it through the file's keys: `servers.radius-1.at`; empty for the whole
public record Place(String file, int line, int column, String path) implements Comparable<Place> {
    private static final Comparator<Place> IN_ORDER =
            Comparator.comparingInt(Place::line).thenComparingInt(Place::column);

    /// The file as a whole.
    public static Place in(String file) {
        return new Place(file, 0, 0, "");
    }

    /// The order in which a reader comes across them. Two places of one word are alike to it.
    @Override
    public int compareTo(Place other) {
        return IN_ORDER.compare(this, other);
    }

    /// `change.yaml:14:10  lease`
    @Override
    public String toString() {
        return Shown.escaped(file) + (line == 0 ? "" : ":" + line + ":" + column) + (path.isEmpty() ? "" : "  " + path);
    }
}
