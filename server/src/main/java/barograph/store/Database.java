package barograph.store;

import barograph.record.RecordTrouble;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.sqlite.SQLiteConfig;

/// The SQLite file that a record is kept in: how it is opened, and its tables.
///
/// Write-ahead log with an fsync per commit (`synchronous=FULL`), so that what was committed survives a power cut;
/// readers do not wait for the writer. Several processes of one machine may open it (never over a network drive).
final class Database {
    private static final int SCHEMA = 1;
    private static final String NATIVE_FOLDER = "org.sqlite.tmpdir";

    /// How long a writer waits for another process's commit, which takes milliseconds.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final List<String> TABLES = List.of(
            "CREATE TABLE schema (version INTEGER NOT NULL) STRICT",
            "INSERT INTO schema VALUES (" + SCHEMA + ")",
            // leaf_hash stands before leaf, so that reading all hashes skips the pages of long leaves
            """
            CREATE TABLE entries (
              "index" INTEGER PRIMARY KEY,
              subject TEXT NOT NULL,
              at TEXT NOT NULL,
              kind TEXT NOT NULL,
              leaf_hash BLOB NOT NULL,
              leaf BLOB NOT NULL) STRICT""",
            "CREATE INDEX entries_by_subject ON entries (subject, \"index\")",
            "CREATE TABLE attachments (hash BLOB PRIMARY KEY, salt BLOB NOT NULL, bytes BLOB NOT NULL) STRICT",
            "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
            // against a slip of a hand, not against an attacker: for that there are the signatures
            """
            CREATE TRIGGER entries_stay BEFORE UPDATE ON entries
            BEGIN SELECT RAISE(ABORT, 'what was written stays written'); END""",
            """
            CREATE TRIGGER entries_remain BEFORE DELETE ON entries
            BEGIN SELECT RAISE(ABORT, 'what was written stays written'); END""");

    private Database() {}

    /// A connection to the record, whose tables are made when it is new.
    static Connection open(Path file) {
        Connection connection = connect(file);
        try {
            execute(connection, "BEGIN IMMEDIATE");
            prepare(connection, file);
            execute(connection, "COMMIT");
            return connection;
        } catch (SQLException | RuntimeException e) {
            throw closed(connection, file, e);
        }
    }

    /// Runs one statement. Transactions are begun and ended with it, and not with JDBC's auto-commit, under which
    /// this driver begins the next one right after each commit and so keeps the file locked.
    static void execute(Connection connection, String statement) throws SQLException {
        try (Statement once = connection.createStatement()) {
            once.execute(statement);
        }
    }

    /// How many entries there are.
    static long size(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("SELECT max(\"index\") FROM entries")) {
            rows.next();
            long last = rows.getLong(1);
            return rows.wasNull() ? 0 : last + 1;
        }
    }

    static RecordTrouble changed(Path file, long index, String how) {
        return new RecordTrouble("Entry " + index + " in " + file + " is not what was written: " + how
                + ". The file was changed or is damaged. Keep it as it is, and compare with a backup or an export.");
    }

    private static Connection connect(Path file) {
        try {
            nameFolderForNativeLibrary(file);
            makeFile(file);
            SQLiteConfig config = new SQLiteConfig();
            config.setBusyTimeout((int) PATIENCE.toMillis());
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
            config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true"); // an erased attachment leaves no bytes behind
            return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
        } catch (IOException | SQLException e) {
            throw new RecordTrouble(
                    "Could not open the record " + file + ": " + e.getMessage()
                            + ". Nothing can be recorded, and so nothing is changed on any server. "
                            + "See whether its folder is there, is yours, and has room.",
                    e);
        }
    }

    /// The driver unpacks SQLite's library at each start of the JVM. It does so beside the record, because the
    /// system's folder for temporary files may be mounted `noexec` and is open to others. A killed JVM leaves its
    /// copy: those of the day before are deleted, which does not trouble a process that has one loaded.
    private static void nameFolderForNativeLibrary(Path file) throws IOException {
        if (System.getProperty(NATIVE_FOLDER) != null) {
            return;
        }
        Path folder = file.toAbsolutePath().resolveSibling(".sqlite");
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(folder, "sqlite-*")) {
            for (Path copy : copies) {
                if (Files.getLastModifiedTime(copy).compareTo(yesterday) < 0) {
                    Files.deleteIfExists(copy);
                }
            }
        }
        System.setProperty(NATIVE_FOLDER, folder.toString());
    }

    /// Before SQLite makes the file for everybody to read; it gives its helpers (`-wal`, `-shm`) the same mode.
    private static void makeFile(Path file) throws IOException {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            Files.createFile(file, mode);
        } catch (FileAlreadyExistsException e) {
            return; // by us or by another process: both are fine
        }
    }

    private static void prepare(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (count(statement, "SELECT count(*) FROM sqlite_schema") == 0) {
                for (String table : TABLES) {
                    statement.executeUpdate(table);
                }
                return;
            }
            if (count(statement, "SELECT count(*) FROM sqlite_schema WHERE name = 'schema'") == 0) {
                throw new RecordTrouble(
                        file + " is a database, but not a record. Nothing in it was touched. " + "Name another file.");
            }
            long version = count(statement, "SELECT max(version) FROM schema");
            if (version > SCHEMA) {
                throw new RecordTrouble("The record " + file + " was written by a newer Barograph (schema " + version
                        + "; this one knows " + SCHEMA + "). Nothing in it was touched. Use the newer one.");
            }
        }
    }

    private static long count(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static RecordTrouble closed(Connection connection, Path file, Exception cause) {
        RecordTrouble trouble = cause instanceof RecordTrouble known
                ? known
                : new RecordTrouble("Could not open the record " + file + ": " + cause.getMessage(), cause);
        try {
            connection.close();
        } catch (SQLException e) {
            trouble.addSuppressed(e);
        }
        return trouble;
    }
}
