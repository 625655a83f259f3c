package barograph.cli;

import barograph.change.ChangeId;

/// placeholder
final class Post implements AutoCloseable {
    static Post open(Workplace workplace, ChangeId change) {
        return new Post();
    }

    @Override
    public void close() {}
}
