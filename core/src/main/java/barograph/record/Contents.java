package barograph.record;

import java.util.Optional;
import java.util.stream.Stream;

/// An export as it lies before the [Verifier]: files by name, each at most once. The names are those of
/// [Layout]; what a file holds is not trusted.
///
/// Every method throws [RecordTrouble] when the disk cannot be read, which says nothing about the record.
public interface Contents {
    /// How many files there are.
    long count();

    /// The names of all files.
    Stream<String> names();

    /// The bytes of a file, if it is there.
    ///
    /// @throws Malformed when it has more than `limit` bytes
    Optional<byte[]> file(String name, int limit);

    /// The hash and size of a file that may be large, if it is there.
    Optional<Measured> measured(String name);

    /// What is wrong with the wrapping of the files, if anything is; asked after all of them have been read.
    Optional<String> flaw();

    /// @param hash over all bytes of the file
    /// @param size in bytes
    record Measured(Digest hash, long size) {}
}
