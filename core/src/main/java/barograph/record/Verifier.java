package barograph.record;

import barograph.record.Verification.Broken;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks an export against the record's public key, and finds the entry that was changed, removed, added or moved.
///
/// The signature covers the root hash; the root hash covers the list of all entries' hashes; each entry, compared
/// with its hash, is right or is the culprit. Where the list itself was changed, the proofs of the entries tell
/// which side is right. Nothing in the export is believed before that, its instructions included. Of the entries,
/// 256 are in memory at a time.
///
/// What it cannot tell: whether the times are true, and whether whoever has the key wrote a second record. Against
/// that helps a checkpoint that somebody else has kept: each notice carries one.
public final class Verifier {
    private static final int KEY_LIMIT = 10_000;
    private static final Pattern TILE =
            Pattern.compile("tile/(entries|[0-6])/((?:x[0-9]{3}/){0,4}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");
    private static final Pattern PROOF = Pattern.compile("proofs/(0|[1-9][0-9]{0,17})\\.tlog-proof");

    private final Contents contents;
    private final VerifierKey key;
    private final Note note;
    private final Checkpoint signed;
    private final Optional<Selection> selection;

    private Verifier(Contents contents, VerifierKey key) {
        this.contents = contents;
        this.key = key;
        this.note = note();
        this.signed = Checkpoint.open(note, key);
        this.selection = contents.file(Layout.SELECTION, Selection.LIMIT)
                .map(text -> Selection.open(new String(text, StandardCharsets.UTF_8), key, signed));
    }

    /// @param contents the export
    /// @param key the record's public key, from somewhere else than the export
    /// @param held checkpoints of this record that came earlier and another way, verified with the same key
    public static Verification verify(Contents contents, VerifierKey key, List<Checkpoint> held) {
        try {
            return new Verifier(contents, key).verify(held);
        } catch (Malformed e) {
            return nowhere(e.getMessage());
        }
    }

    private Verification verify(List<Checkpoint> held) {
        HashList list = new HashList(contents, signed, held);
        EntryCheck entries = new EntryCheck(contents, note.toString(), signed, list, selection);
        return list.read()
                .or(entries::run)
                .or(list::higherTile)
                .or(() -> unless(list.isSigned(), "The list of hashes does not lead to the signed root."))
                .or(this::instructions)
                .or(() -> nothingElse(list.files() + entries.files(), entries.attachments()))
                .or(() -> contents.flaw().map(Verifier::nowhere))
                .<Verification>map(broken -> broken)
                .orElseGet(() -> new Verification.Intact(signed, entries.entries(), entries.holes()));
    }

    private Note note() {
        byte[] given = needed(Layout.KEY, KEY_LIMIT);
        if (!new String(given, StandardCharsets.UTF_8).equals(key + "\n")) {
            throw new Malformed(Layout.KEY + " is not the key that is verified with, '" + key + "'.");
        }
        Note found = Note.parse(needed(Layout.CHECKPOINT, Note.LIMIT));
        if (!Checkpoint.parse(found.text()).text().equals(found.text())) {
            throw new Malformed("The checkpoint has more lines than origin, size and root hash.");
        }
        return found;
    }

    private Optional<Broken> instructions() {
        byte[] expected = Instructions.text(signed, selection).getBytes(StandardCharsets.UTF_8);
        byte[] found = needed(Layout.INSTRUCTIONS, 2 * expected.length);
        return unless(
                Arrays.equals(found, expected),
                Layout.INSTRUCTIONS + " is not what Barograph writes for this record: do not follow it. "
                        + "Everything else in the export is what was signed.");
    }

    private Optional<Broken> nothingElse(long read, Set<Digest> attachments) {
        long fixed = selection.isPresent() ? 4 : 3;
        if (contents.count() == read + fixed) {
            return Optional.empty();
        }
        String extra = contents.names()
                .filter(name -> !belongs(name, attachments))
                .sorted()
                .findFirst()
                .orElse("a file");
        return Optional.of(
                nowhere("'" + extra + "' is no part of the export: it was put in later, and is not signed."));
    }

    private boolean belongs(String name, Set<Digest> attachments) {
        if (Set.of(Layout.INSTRUCTIONS, Layout.KEY, Layout.CHECKPOINT).contains(name)
                || (name.equals(Layout.SELECTION) && selection.isPresent())) {
            return true;
        }
        Matcher proof = PROOF.matcher(name);
        Matcher tile = TILE.matcher(name);
        if (proof.matches()) {
            return hasProof(Long.parseLong(proof.group(1)));
        }
        return tile.matches()
                ? isTile(tile, name)
                : attachments.stream().map(Layout::attachment).anyMatch(name::equals);
    }

    private boolean hasProof(long index) {
        return selection
                .map(chosen -> Collections.binarySearch(chosen.indexes(), index) >= 0)
                .orElse(index < signed.size() && signed.size() <= Layout.MOST_PROOFS);
    }

    private boolean isTile(Matcher tile, String name) {
        long number = Long.parseLong(tile.group(2).replace("x", "").replace("/", ""));
        if (tile.group(1).equals("entries")) {
            return selection.isEmpty()
                    && number < Tile.count(signed.size())
                    && Tile.of(number, signed.size()).entryFile().equals(name);
        }
        int level = Integer.parseInt(tile.group(1));
        long hashes = Tile.hashes(level, signed.size());
        return number < Tile.count(hashes)
                && Tile.of(number, hashes).hashFile(level).equals(name);
    }

    private byte[] needed(String name, int limit) {
        return contents.file(name, limit).orElseThrow(() -> new Malformed(name + " is missing."));
    }

    private static Optional<Broken> unless(boolean right, String why) {
        return right ? Optional.empty() : Optional.of(nowhere(why));
    }

    private static Broken nowhere(String why) {
        return new Broken(Broken.NOWHERE, "", why);
    }
}
