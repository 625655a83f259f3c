package barograph.store;

import barograph.record.Checkpoint;
import barograph.record.Frontier;
import barograph.record.Malformed;
import barograph.record.Note;
import barograph.record.RecordTrouble;
import barograph.record.VerifierKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// The one hand of this process that writes to the record. It locks the file, looks at what other processes have
/// appended, and only then writes.
///
/// It keeps the right edge of the tree in memory and trusts the file alone: when a commit fails, whatever became of
/// it is read again. Safe for use by several threads, which take turns.
final class Pen implements AutoCloseable {
    private static final String LAST_CHECKPOINT = "checkpoint";

    private final Path file;
    private final VerifierKey key;
    private final Connection connection;
    private Frontier frontier = Frontier.EMPTY;

    /// @param key which the last checkpoint must be signed by
    Pen(Path file, VerifierKey key) {
        this.file = file;
        this.key = key;
        this.connection = Database.open(file);
    }

    /// What a transaction returns, and the right edge once it is committed.
    record Written<T>(T result, Frontier edge) {}

    /// What is to be done in one transaction.
    interface Writing<T> {
        /// @param edge of everything that was written before
        Written<T> at(Frontier edge, Connection connection) throws SQLException;
    }

    /// Writes all or nothing; what was written is durable when this returns.
    ///
    /// @param what for a message, if it fails: "write 'Applied/1' about 'x'"
    <T> T write(String what, Writing<T> writing) {
        synchronized (connection) {
            try {
                Database.execute(connection, "BEGIN IMMEDIATE"); // from here on no other process can append
                Written<T> written = writing.at(edge(), connection);
                Database.execute(connection, "COMMIT");
                frontier = written.edge;
                return written.result;
            } catch (SQLException | Malformed e) {
                throw takenBack(new RecordTrouble(
                        "Could not " + what + " in " + file + ": " + e.getMessage()
                                + ". It is not recorded, and so what was to follow it must not be done. "
                                + "See whether the disk is full, or another process holds the file.",
                        e));
            } catch (RuntimeException e) {
                throw takenBack(e);
            }
        }
    }

    /// The checkpoint that was signed last, within a transaction.
    Optional<Note> lastCheckpoint() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT value FROM meta WHERE name = ?")) {
            select.setString(1, LAST_CHECKPOINT);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(Note.parse(rows.getString(1))) : Optional.empty();
            }
        }
    }

    /// Keeps a checkpoint before anyone sees it, within a transaction.
    void keepCheckpoint(Note note) throws SQLException {
        String put = "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        try (PreparedStatement insert = connection.prepareStatement(put)) {
            insert.setString(1, LAST_CHECKPOINT);
            insert.setString(2, note.toString());
            insert.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        synchronized (connection) {
            connection.close();
        }
    }

    /// SQLite takes a transaction back by itself when the disk is full, and says then that there is none. Were one
    /// still open, the next BEGIN would fail and come here again.
    private <E extends RuntimeException> E takenBack(E trouble) {
        try {
            Database.execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            trouble.addSuppressed(e);
        }
        return trouble;
    }

    /// The right edge of what is in the file now.
    private Frontier edge() throws SQLException {
        long size = Database.size(connection);
        if (size < frontier.size()) {
            throw new RecordTrouble("The record " + file + " has " + size + " entries, and had " + frontier.size()
                    + " before: somebody put an older file in its place. Nothing is written to it. Put the right "
                    + "file back and start again.");
        }
        if (size == frontier.size() && size > 0) {
            return frontier;
        }
        Optional<Checkpoint> last = lastCheckpoint().map(this::verified);
        Frontier edge = readOn(last);
        if (last.isPresent() && last.get().size() > edge.size()) {
            throw Database.changed(
                    file,
                    edge.size(),
                    "the last checkpoint covers " + last.get().size() + " entries, so that this and all later ones "
                            + "are missing");
        }
        return edge;
    }

    private Checkpoint verified(Note note) {
        try {
            return Checkpoint.open(note, key);
        } catch (Malformed e) {
            throw new RecordTrouble(
                    "The record " + file + " belongs to another key than yours: " + e.getMessage()
                            + ". Nothing is written to it. Put the right keys back, or name another file.",
                    e);
        }
    }

    private Frontier readOn(Optional<Checkpoint> last) throws SQLException {
        Frontier edge = frontier;
        String query = "SELECT \"index\", leaf_hash FROM entries WHERE \"index\" >= ? ORDER BY 1";
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setLong(1, edge.size());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (rows.getLong(1) != edge.size()) {
                        throw Database.changed(file, edge.size(), "it is missing");
                    }
                    edge = edge.append(rows.getBytes(2));
                    compare(edge, last);
                }
            }
        }
        return edge;
    }

    private void compare(Frontier edge, Optional<Checkpoint> last) {
        if (last.isPresent()
                && last.get().size() == edge.size()
                && !last.get().root().equals(edge.root())) {
            throw new RecordTrouble("The entries in " + file + " do not lead to the checkpoint that was signed over "
                    + "the first " + edge.size() + " of them: the file was changed. Nothing is written to it. Keep it "
                    + "as it is, and compare with a backup or an export (barograph record verify).");
        }
    }
}
