package barograph.record;

import java.util.List;
import java.util.Optional;

/// Keeps the record.
///
/// An entry is durable when [#append] returns; several processes may append to one record, and each sees the others'
/// entries on its next read. Safe for use by several threads.
///
/// Every method throws [RecordTrouble] when the store cannot be read or written: the caller must then not go on to
/// the effect that the entry was to precede.
public interface Recorder extends AutoCloseable {
    /// Writes one entry behind the last.
    Entry append(Draft draft);

    /// The entries about one subject, in order, from index `from` on.
    List<Entry> about(String subject, long from);

    /// All entries in order, from index `from` on, at most `limit` of them.
    List<Entry> entries(long from, int limit);

    /// How many entries there are.
    long size();

    /// The signed size and root hash of everything written so far, as a C2SP signed note.
    String checkpoint();

    /// The bytes of an attachment, unless they were erased.
    Optional<byte[]> attachment(Commitment commitment);

    @Override
    void close();
}
