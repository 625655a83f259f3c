package barograph.dossier;

import barograph.record.Commitment;
import barograph.record.Digest;
import barograph.record.Entry;
import barograph.record.Tree;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// An entry of the record as the dossier shows it, so that it can be checked by hand.
///
/// @param leafHash SHA-256 of a zero byte and the entry's bytes (RFC 6962)
/// @param bytes how long the entry is
/// @param text the entry itself, byte for byte; empty where it cannot be shown
/// @param withheld why the text is not shown; empty where it is
/// @param way from the leaf to the root of the record, from the bottom up; empty where it is not known
public record Exhibit(
        long index,
        Instant at,
        String kind,
        Digest leafHash,
        int bytes,
        String text,
        String withheld,
        List<Commitment> attachments,
        List<Sibling> way) {
    static final int LONGEST_TEXT = 16_384;

    public Exhibit {
        attachments = List.copyOf(attachments);
        way = List.copyOf(way);
    }

    /// One hash on the way to the root.
    ///
    /// @param left whether it stands left of what was reached so far
    public record Sibling(boolean left, Digest hash) {}

    static Exhibit of(Entry entry, List<Digest> path, long size) {
        String text = new String(entry.leaf(), StandardCharsets.UTF_8);
        String withheld = withheld(entry, text);
        return new Exhibit(
                entry.index(),
                entry.at(),
                entry.kind(),
                Digest.wrap(Tree.leafHash(entry.leaf())),
                entry.leaf().length,
                withheld.isEmpty() ? text : "",
                withheld,
                entry.attachments(),
                way(entry.index(), size, path));
    }

    private static String withheld(Entry entry, String text) {
        if (entry.leaf().length > LONGEST_TEXT) {
            return "It is too long to show here; the exported record has it.";
        }
        if (entry.kind().startsWith("Notice") && text.contains("://")) {
            return "It holds a web address that may be a secret; the exported record has it.";
        }
        return Legible.shows(text) ? "" : "It holds characters that do not show; the exported record has it.";
    }

    /// Which hash stands on which side (RFC 9162 section 2.1.3.2).
    ///
    /// @param size how many entries the tree has
    static List<Sibling> way(long index, long size, List<Digest> path) {
        List<Sibling> way = new ArrayList<>();
        long node = index;
        long last = size - 1;
        for (Digest hash : path) {
            boolean left = (node & 1) == 1 || node == last;
            way.add(new Sibling(left, hash));
            while (left && (node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
            node >>= 1;
            last >>= 1;
        }
        return way;
    }
}
