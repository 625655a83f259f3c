package barograph.logs;

/// The place where a log lies, with what its rotations have put aside; all that a [Tail] needs of a host.
///
/// A look changes nothing and keeps nothing: whoever looks says where to read, so that after a lost connection the
/// next look goes on exactly there. Safe for use by several threads.
interface Shelf {
    /// Asks to read nothing.
    String NONE = "-";

    /// Looks at the place, and reads a stretch of one file there. Blocks for as long as the host takes, within its
    /// limits; trouble is an answer.
    ///
    /// @param identity the file to read, whatever its name is by now; or [#NONE]
    /// @param from the first byte to read
    /// @param most how many bytes to read at most, up to 8 MiB
    Look look(String identity, long from, int most);
}
