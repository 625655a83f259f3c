package barograph.watch;

/// On which side of the comparison a server stands.
enum Side {
    CHANGED(0),
    UNCHANGED(1);

    /// The side's place in tables that keep both.
    final int column;

    Side(int column) {
        this.column = column;
    }

    Side other() {
        return this == CHANGED ? UNCHANGED : CHANGED;
    }
}
