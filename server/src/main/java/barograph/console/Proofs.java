package barograph.console;

import java.util.ArrayList;
import java.util.List;

/// How the entries that prove a sentence are linked to: entries in a row as one link, so that many stay readable.
///
/// @param links each to the first of its entries
/// @param more how many links are left out because there are too many
public record Proofs(List<Link> links, int more) {
    private static final int MOST = 8;

    public Proofs {
        links = List.copyOf(links);
    }

    /// One link.
    ///
    /// @param words "17" or "17–19"
    public record Link(long first, String words) {}

    /// @param indexes in order, each once
    public static Proofs of(List<Long> indexes) {
        List<Link> links = new ArrayList<>();
        int i = 0;
        while (i < indexes.size()) {
            int next = i + 1;
            while (next < indexes.size() && indexes.get(next) == indexes.get(next - 1) + 1) {
                next++;
            }
            if (next - i >= 3) {
                links.add(new Link(indexes.get(i), indexes.get(i) + "–" + indexes.get(next - 1)));
            } else {
                indexes.subList(i, next).forEach(index -> links.add(new Link(index, String.valueOf(index))));
            }
            i = next;
        }
        return new Proofs(links.subList(0, Math.min(MOST, links.size())), Math.max(0, links.size() - MOST));
    }
}
