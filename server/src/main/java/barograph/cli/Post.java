package barograph.cli;

import barograph.change.ChangeId;
import java.util.Optional;

/// stand-in
public final class Post implements AutoCloseable {
    public static Post open(Workplace workplace, ChangeId change) {
        return new Post();
    }

    public static boolean owes(Workplace workplace, ChangeId change) {
        return workplace.journal().of(change).isEmpty();
    }

    static Optional<String> check(Workplace workplace) {
        return Optional.of(workplace.site().name());
    }

    @Override
    public void close() {}
}
