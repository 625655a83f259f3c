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
/// The entries are the truth. A checkpoint is signed over committed entries only, and is stored before anyone sees
/// it: when the file is opened, its entries must still lead to the last one ([Pen]).
///
/// Safe for use by several threads: writes go one after the other, reads likewise, and neither waits for the other.
public final class SqliteRecorder implements Archive {
    private final Path file;
    private final Signer signer;
    private final SecureRandom random = new SecureRandom();
    private final Pen pen;
    private final Connection reader;

    private SqliteRecorder(Path file, Signer signer) {
        this.file = file;
        this.signer = signer;
        this.pen = new Pen(file, signer.key());
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
        byte[] leaf = leaf(draft, commitments(draft, blobs));
        return pen.write("write '" + draft.kind() + "' about '" + draft.subject() + "'", (edge, connection) -> {
            for (Salted blob : blobs) {
                insert(blob, connection);
            }
            return insert(draft, leaf, edge, connection);
        });
    }

    /// Erases the bytes of an attachment, and writes down that, by whom and why, in one step.
    ///
    /// @param subject that of the entry whose attachment it is
    /// @throws RecordTrouble also when there is no such attachment (any more)
    public Entry erase(Erasure erasure, Instant at, String subject) {
        Draft draft = erasure.draft(at, subject);
        byte[] leaf = leaf(draft, List.of());
        Entry entry = pen.write("erase the attachment " + erasure.hash(), (edge, connection) -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM attachments WHERE hash = ?")) {
                delete.setBytes(1, erasure.hash().bytes());
                if (delete.executeUpdate() == 0) {
                    throw new RecordTrouble("There is no attachment " + erasure.hash() + " in " + file
                            + ": nothing was erased. It may have been erased before.");
                }
            }
            return insert(draft, leaf, edge, connection);
        });
        read("empty the write-ahead log of", () -> {
            Database.execute(reader, "PRAGMA wal_checkpoint(TRUNCATE)"); // the erased bytes may still stand in it
            return entry;
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
                throw Database.changed(file, entry.index(), "it stands under '" + subject + "', which it is not about");
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
        return read("count the entries of", () -> Database.size(reader));
    }

    @Override
    public String checkpoint() {
        return pen.write("sign the checkpoint", (edge, _) -> {
            Optional<Note> last = pen.lastCheckpoint();
            if (last.isPresent() && Checkpoint.parse(last.get().text()).size() == edge.size()) {
                return new Pen.Written<>(last.get().toString(), edge);
            }
            Note note = signer.sign(new Checkpoint(key().name(), edge.size(), edge.root()).text());
            pen.keepCheckpoint(note);
            return new Pen.Written<>(note.toString(), edge);
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
        try (pen;
                reader) {
            return;
        } catch (SQLException e) {
            throw new RecordTrouble("Could not close the record " + file + ": " + e.getMessage(), e);
        }
    }

    private List<Salted> salt(Draft draft) {
        List<Salted> blobs = new ArrayList<>();
        for (Draft.Attachment attachment : draft.attachments()) {
            if (attachment.content().length > Salted.LIMIT) {
                throw tooLarge(
                        draft, "its attachment '" + attachment.name() + "'", attachment.content().length, Salted.LIMIT);
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
            throw tooLarge(draft, "it", leaf.length, Entry.LIMIT);
        }
        return leaf;
    }

    private RecordTrouble tooLarge(Draft draft, String what, long bytes, long limit) {
        return new RecordTrouble("Could not write '" + draft.kind() + "' about '" + draft.subject() + "' into " + file
                + ": " + what + " has " + bytes + " bytes, and the limit is " + limit
                + ". Nothing was written. Put long content into an attachment, or only its hash into the entry.");
    }

    private static Pen.Written<Entry> insert(Draft draft, byte[] leaf, Frontier edge, Connection connection)
            throws SQLException {
        byte[] hash = Tree.leafHash(leaf);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, edge.size());
            insert.setString(2, draft.subject());
            insert.setString(3, draft.at().toString());
            insert.setString(4, draft.kind());
            insert.setBytes(5, hash);
            insert.setBytes(6, leaf);
            insert.executeUpdate();
        }
        return new Pen.Written<>(Entry.decode(edge.size(), leaf), edge.append(hash));
    }

    private static void insert(Salted blob, Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO attachments VALUES (?, ?, ?)")) {
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
                    throw Database.changed(file, rows.getLong(1), "its bytes do not have the hash that they had");
                }
                found.add(Entry.decode(rows.getLong(1), leaf));
            }
        }
        return found;
    }

    private interface Reading<T> {
        T get() throws SQLException;
    }

    /// @param what for a message, if it fails
    private <T> T read(String what, Reading<T> reading) {
        synchronized (reader) {
            try {
                return reading.get();
            } catch (SQLException | Malformed e) {
                throw new RecordTrouble(
                        "Could not " + what + " " + file + ": " + e.getMessage()
                                + ". What it says is not known now; nothing further may be done on the strength of it.",
                        e);
            }
        }
    }
}
