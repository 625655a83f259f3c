package barograph.pattern;

import java.util.List;

/// A part of a simple pattern.
sealed interface Part {
    /// These characters.
    record Text(String text) implements Part {}

    /// So many characters of a set.
    record Some(CharSet set, int count) implements Part {}

    /// As many characters of a set as there are, and at least so many: 0 or 1.
    record Run(CharSet set, int least) implements Part {}

    /// One after the other.
    record Row(List<Part> parts) implements Part {
        public Row {
            parts = List.copyOf(parts);
        }
    }

    /// One of these, the first that fits.
    record Either(List<Part> ways) implements Part {
        public Either {
            ways = List.copyOf(ways);
        }
    }

    /// What this finds is asked for by a name.
    record Group(String name, Part part) implements Part {}

    /// The line begins here.
    record Begin() implements Part {}

    /// The line ends here.
    record End() implements Part {}
}
