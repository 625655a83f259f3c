package barograph.storm;

import barograph.change.ChangeId;
import barograph.lease.Receipt;
import barograph.lease.Receipt.State;
import barograph.record.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// What a guard has written down on its host's disk about one change.
record Book(Disk disk, ChangeId change, Map<String, String> paths) {
    static final ChangeId NO_CHANGE = new ChangeId("none");

    private static final Page BLANK = new Page(State.NONE, "", new Receipt.Standing(State.NONE, Duration.ZERO, ""));
    private static final Lease OVER = new Lease(-1, 0);
    private static final Ordered NOTHING = new Ordered(Digest.of(""), Map.of());
    private static final List<String> FILES = List.of("journal", "order", "lease", "tree", "spare", "taken", "under");
    private static final Map<ChangeId, Map<String, String>> PATHS = new ConcurrentHashMap<>();

    Book(Disk disk, ChangeId change) {
        this(disk, change, PATHS.computeIfAbsent(change, Book::paths));
    }

    private static Map<String, String> paths(ChangeId change) {
        String folder = "state/" + change + "/";
        return FILES.stream().collect(Collectors.toUnmodifiableMap(file -> file, folder::concat));
    }

    /// @param digest of the change that was ordered
    record Ordered(Digest digest, Map<String, String> candidate) {}

    record Lease(int boot, long end) {}

    record Page(State state, String why, Receipt answer) {}

    /// The book of the change that was last applied.
    static Book current(Disk disk) {
        return new Book(disk, (ChangeId) disk.get("state/current").orElse(NO_CHANGE));
    }

    private String path(String file) {
        return Objects.requireNonNull(paths.get(file));
    }

    void put(String file, Object content) {
        disk.put(path(file), content);
    }

    void remove(String file) {
        disk.remove(path(file));
    }

    boolean has(String file) {
        return disk.get(path(file)).isPresent();
    }

    Page page() {
        return (Page) disk.get(path("journal")).orElse(BLANK);
    }

    State state() {
        return page().state();
    }

    /// Whether it is on its way, in or out.
    boolean isOpen() {
        State state = state();
        return state == State.APPLYING || state == State.APPLIED || state == State.ROLLING_BACK;
    }

    Lease lease() {
        return (Lease) disk.get(path("lease")).orElse(OVER);
    }

    /// The change that it lies on, as long as it may be in place.
    Optional<ChangeId> under() {
        return disk.get(path("under")).map(ChangeId.class::cast);
    }

    /// The files of before.
    @SuppressWarnings("unchecked")
    Map<String, String> tree() {
        return (Map<String, String>) disk.get(path("tree")).orElse(Map.of());
    }

    Ordered ordered() {
        return (Ordered) disk.get(path("order")).orElse(NOTHING);
    }
}
