package barograph.watch;

/// What a login is good for, by when it began on which server.
enum Phase {
    /// Before the change: it tells what is normal.
    BEFORE,
    /// Before this stage's change, on a server that got the change in an earlier stage: it tells who comes, not what
    /// is normal.
    CHANGED_BEFORE,
    /// During the restart of its server, which is not judged.
    SETTLING,
    /// It is evidence.
    JUDGED
}
