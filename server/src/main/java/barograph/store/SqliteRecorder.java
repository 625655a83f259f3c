package barograph.store;

import barograph.record.Checkpoint;
import barograph.record.Commitment;
import barograph.record.Draft;
import barograph.record.Entry;
import barograph.record.Erasure;
import barograph.record.Frontier;
import barograph.record.Malformed;
import barograph.record.Note;
import barograph.record.RecordTrouble;
import barograph.record.Salted;
import barograph.record.Selection;
import barograph.record.Signer;
import barograph.record.Tree;
import barograph.record.VerifierKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Keeps the record in one SQLite file ([Database]).
///
/// The entries are the truth. The tree's right edge is kept in memory and brought up to date from the file within
/// each writing transaction, because another process may have appended. A checkpoint is signed over committed
/// entries only, and is stored before anyone sees it: when the file is opened, its entries must still lead to the
/// last one.
///
/// Safe for use by several threads: writes go one after the other, reads likewise, and neither waits for the other.
public final class SqliteRecorder implements Archive {
    private static final String LAST_CHECKPOINT = "checkpoint";

    private final Path file;
    private final Signer signer;
    private final SecureRandom random = new SecureRandom();
    private final Connection writer;
    private final Connection reader;
    private Frontier frontier = Frontier.EMPTY;

    private SqliteRecorder(Path file, Signer signer) {
        this.file = file;
        this.signer = signer;
        this.writer = Database.open(file);
        this.reader = Database.open(file);
    }

    /// Opens a record, or starts one when the file is not there.
    ///
    /// @param signer of the site's own key ([SiteKeys]); its name is the record's origin
    /// @throws RecordTrouble when it cannot be opened, is of a newer Barograph or of another key, or when its
    /// entries do not lead to the checkpoint that was signed last
    public static SqliteRecorder open(Path file, Signer signer) {
        SqliteRecorder recorder = new SqliteRecorder(file, signer);
        try {
            recorder.checkpoint();
            return recorder;
        } catch (RuntimeException e) {
            recorder.close();
            throw e;
        }
    }

    @Override
    public Entry append(Draft draft) {
        List<Salted> blobs = salt(draft);
        List<Commitment> commitments = commitments(draft, blobs);
        byte[] leaf = leaf(draft, commitments);
        return write("write '" + draft.kind() + "' about '" + draft.subject() + "'", tip -> {
            insert(tip.size(), draft, leaf);
            for (Salted blob : blobs) {
                insert(blob);
            }
            Entry entry = Entry.decode(tip.size(), leaf);
            return new Written<>(entry, tip.append(Tree.leafHash(leaf)));
        });
    }

    /// Erases the bytes of an attachment, and writes down that, by whom and why, in one step.
    ///
    /// @param subject that of the entry whose attachment it is
    public Entry erase(Erasure erasure, Instant at, String subject) {
        Draft draft = erasure.draft(at, subject);
        byte[] leaf = leaf(draft, List.of());
        Entry entry = write("erase the attachment " + erasure.hash(), tip -> {
            try (PreparedStatement delete = writer.prepareStatement("DELETE FROM attachments WHERE hash = ?")) {
                delete.setBytes(1, erasure.hash().bytes());
                if (delete.executeUpdate() == 0) {
                    throw new RecordTrouble("There is no attachment " + erasure.hash() + " in " + file
                            + ": nothing was erased. It may have been erased before.");
                }
            }
            insert(tip.size(), draft, leaf);
            return new Written<>(Entry.decode(tip.size(), leaf), tip.append(Tree.leafHash(leaf)));
        });
        read("empty the write-ahead log of", () -> {
            try (PreparedStatement empty = reader.prepareStatement("PRAGMA wal_checkpoint(TRUNCATE)")) {
                return empty.execute(); // the erased bytes may still stand in it
            }
        });
        return entry;
    }

    @Override
    public List<Entry> about(String subject, long from) {
        List<Entry> found = read("read about '" + subject + "' from", () -> {
            String query =
                    "SELECT \"index\", leaf_hash, leaf FROM entries WHERE subject = ? AND \"index\" >= ? ORDER BY 1";
            try (PreparedStatement select = reader.prepareStatement(query)) {
                select.setString(1, subject);
                select.setLong(2, from);
                return entries(select);
            }
        });
        for (Entry entry : found) {
            if (!entry.subject().equals(subject)) {
                throw changed(entry.index(), "it is about '" + entry.subject() + "', not about '" + subject + "'");
            }
        }
        return found;
    }

    @Override
    public List<Entry> entries(long from, int limit) {
        return read("read", () -> {
            String query = "SELECT \"index\", leaf_hash, leaf FROM entries WHERE \"index\" >= ? ORDER BY 1 LIMIT ?";
            try (PreparedStatement select = reader.prepareStatement(query)) {
                select.setLong(1, from);
                select.setInt(2, limit);
                return entries(select);
            }
        });
    }

    @Override
    public long size() {
        return read("count the entries of", () -> size(reader));
    }

    @Override
    public String checkpoint() {
        return write("sign the checkpoint", tip -> {
            Optional<Note> last = lastCheckpoint();
            if (last.isPresent() && Checkpoint.open(last.get(), signer.key()).size() == tip.size()) {
                return new Written<>(last.get().toString(), tip);
            }
            Note note = signer.sign(new Checkpoint(signer.key().name(), tip.size(), tip.root()).text());
            String put = "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
            try (PreparedStatement insert = writer.prepareStatement(put)) {
                insert.setString(1, LAST_CHECKPOINT);
                insert.setString(2, note.toString());
                insert.executeUpdate();
            }
            return new Written<>(note.toString(), tip);
        });
    }

    @Override
    public Optional<byte[]> attachment(Commitment commitment) {
        return salted(commitment).map(Salted::content);
    }

    @Override
    public Optional<Salted> salted(Commitment commitment) {
        Optional<Salted> found = read("read an attachment from", () -> {
            String query = "SELECT salt, bytes FROM attachments WHERE hash = ?";
            try (PreparedStatement select = reader.prepareStatement(query)) {
                select.setBytes(1, commitment.hash().bytes());
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next() ? Optional.of(new Salted(rows.getBytes(1), rows.getBytes(2))) : Optional.empty();
                }
            }
        });
        if (found.isPresent() && !found.get().hash().equals(commitment.hash())) {
            throw new RecordTrouble("The attachment '" + commitment.name() + "' in " + file
                    + " is not the one that was recorded: the file was changed. Keep it, and compare with a backup.");
        }
        return found;
    }

    @Override
    public VerifierKey key() {
        return signer.key();
    }

    @Override
    public Note sign(Selection selection) {
        return signer.sign(selection.text());
    }

    @Override
    public void close() {
        synchronized (writer) {
            synchronized (reader) {
                try (writer;
                        reader) {
                    return;
                } catch (SQLException e) {
                    throw new RecordTrouble("Could not close the record " + file + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private List<Salted> salt(Draft draft) {
        List<Salted> blobs = new ArrayList<>();
        for (Draft.Attachment attachment : draft.attachments()) {
            if (attachment.content().length > Salted.LIMIT) {
                throw tooLarge(draft, "its attachment '" + attachment.name() + "'", attachment.content().length);
            }
            byte[] salt = new byte[Salted.SALT_BYTES];
            random.nextBytes(salt);
            blobs.add(new Salted(salt, attachment.content()));
        }
        return blobs;
    }

    private static List<Commitment> commitments(Draft draft, List<Salted> blobs) {
        List<Commitment> commitments = new ArrayList<>();
        for (int i = 0; i < blobs.size(); i++) {
            Draft.Attachment attachment = draft.attachments().get(i);
            commitments.add(new Commitment(
                    attachment.name(),
                    attachment.type(),
                    attachment.content().length,
                    blobs.get(i).hash()));
        }
        return commitments;
    }

    private byte[] leaf(Draft draft, List<Commitment> commitments) {
        byte[] leaf = Entry.leaf(draft, commitments);
        if (leaf.length > Entry.LIMIT) {
            throw tooLarge(draft, "it", leaf.length);
        }
        return leaf;
    }

    private RecordTrouble tooLarge(Draft draft, String what, long bytes) {
        long limit = what.equals("it") ? Entry.LIMIT : Salted.LIMIT;
        return new RecordTrouble("Could not write '" + draft.kind() + "' about '" + draft.subject() + "' into " + file
                + ": " + what + " has " + bytes + " bytes, and the limit is " + limit
                + ". Nothing was written. Put long content into an attachment, or only its hash into the entry.");
    }

    private void insert(long index, Draft draft, byte[] leaf) throws SQLException {
        try (PreparedStatement insert = writer.prepareStatement("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, index);
            insert.setString(2, draft.subject());
            insert.setString(3, draft.at().toString());
            insert.setString(4, draft.kind());
            insert.setBytes(5, Tree.leafHash(leaf));
            insert.setBytes(6, leaf);
            insert.executeUpdate();
        }
    }

    private void insert(Salted blob) throws SQLException {
        try (PreparedStatement insert = writer.prepareStatement("INSERT INTO attachments VALUES (?, ?, ?)")) {
            insert.setBytes(1, blob.hash().bytes());
            insert.setBytes(2, blob.salt());
            insert.setBytes(3, blob.content());
            insert.executeUpdate();
        }
    }

    private List<Entry> entries(PreparedStatement select) throws SQLException {
        List<Entry> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                byte[] leaf = rows.getBytes(3);
                if (!Arrays.equals(Tree.leafHash(leaf), rows.getBytes(2))) {
                    throw changed(rows.getLong(1), "its bytes do not have the hash that they were written with");
                }
                found.add(Entry.decode(rows.getLong(1), leaf));
            }
        }
        return found;
    }

    private RecordTrouble changed(long index, String how) {
        return new RecordTrouble("Entry " + index + " in " + file + " is not what was written: " + how
                + ". The file was changed or is damaged. Keep it as it is, and compare with a backup or an export.");
    }

    private static long size(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT max(\"index\") FROM entries");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            long last = rows.getLong(1);
            return rows.wasNull() ? 0 : last + 1;
        }
    }

    private Optional<Note> lastCheckpoint() throws SQLException {
        try (PreparedStatement select = writer.prepareStatement("SELECT value FROM meta WHERE name = ?")) {
            select.setString(1, LAST_CHECKPOINT);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(Note.parse(rows.getString(1))) : Optional.empty();
            }
        }
    }

    /// The right edge of what is in the file, within a writing transaction.
    private Frontier tip() throws SQLException {
        long size = size(writer);
        if (size == frontier.size()) {
            return frontier;
        }
        if (size < frontier.size()) {
            throw new RecordTrouble("The record " + file + " has " + size + " entries, and had " + frontier.size()
                    + " before: somebody put an older file in its place. Nothing is written to it. Put the right "
                    + "file back and start again.");
        }
        Optional<Checkpoint> last = lastCheckpoint().map(note -> Checkpoint.open(note, signer.key()));
        Frontier tip = frontier;
        String query = "SELECT \"index\", leaf_hash FROM entries WHERE \"index\" >= ? ORDER BY 1";
        try (PreparedStatement select = writer.prepareStatement(query)) {
            select.setLong(1, tip.size());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (rows.getLong(1) != tip.size()) {
                        throw changed(tip.size(), "it is missing");
                    }
                    tip = tip.append(rows.getBytes(2));
                    check(tip, last);
                }
            }
        }
        if (last.isPresent() && last.get().size() > tip.size()) {
            throw changed(
                    tip.size(),
                    "the last checkpoint covers " + last.get().size() + " entries, so that this "
                            + "and all later ones are missing");
        }
        return tip;
    }

    private void check(Frontier tip, Optional<Checkpoint> last) {
        if (last.isPresent()
                && last.get().size() == tip.size()
                && !last.get().root().equals(tip.root())) {
            throw new RecordTrouble("The entries in " + file + " do not lead to the checkpoint that was signed over "
                    + "the first " + tip.size() + " of them: the file was changed. Nothing is written to it. Keep it "
                    + "as it is, and compare with a backup or an export (barograph record verify).");
        }
    }

    /// What a transaction returns, and the right edge once it is committed.
    private record Written<T>(T result, Frontier tip) {}

    private interface Write<T> {
        Written<T> at(Frontier tip) throws SQLException;
    }

    private interface Read<T> {
        T get() throws SQLException;
    }

    private <T> T write(String what, Write<T> work) {
        synchronized (writer) {
            boolean committed = false;
            try {
                Database.execute(writer, "BEGIN IMMEDIATE"); // locks the file: what tip() sees stays so
                Written<T> written = work.at(tip());
                Database.execute(writer, "COMMIT");
                committed = true;
                frontier = written.tip;
                return written.result;
            } catch (SQLException | Malformed e) {
                throw new RecordTrouble(
                        "Could not " + what + " in " + file + ": " + e.getMessage()
                                + ". It is not recorded, and so what was to follow it must not be done. "
                                + "See whether the disk is full or the file is locked.",
                        e);
            } finally {
                if (!committed) {
                    rollback();
                }
            }
        }
    }

    private void rollback() {
        try {
            Database.execute(writer, "ROLLBACK");
        } catch (SQLException e) {
            throw new RecordTrouble(
                    "Could not take back what was half written to " + file + ": " + e.getMessage()
                            + ". SQLite does so when the file is opened next: start again.",
                    e);
        }
    }

    private <T> T read(String what, Read<T> work) {
        synchronized (reader) {
            try {
                return work.get();
            } catch (SQLException | Malformed e) {
                throw new RecordTrouble(
                        "Could not " + what + " " + file + ": " + e.getMessage()
                                + ". What it says is not known now; nothing further may be done on the strength of it.",
                        e);
            }
        }
    }
}
