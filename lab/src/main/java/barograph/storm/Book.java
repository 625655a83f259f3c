package barograph.storm;

import barograph.change.ChangeId;
import barograph.lease.Receipt;
import barograph.lease.Receipt.State;
import barograph.record.Digest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What a guard has written down on its host's disk about one change.
record Book(Disk disk, ChangeId change, String folder) {
    static final ChangeId NO_CHANGE = new ChangeId("none");

    private static final Map<ChangeId, String> FOLDERS = new ConcurrentHashMap<>();

    Book(Disk disk, ChangeId change) {
        this(disk, change, FOLDERS.computeIfAbsent(change, each -> "state/" + each + "/"));
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
        return folder + file;
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
        return (Page) disk.get(path("journal"))
                .orElse(new Page(State.NONE, "", new Receipt.Standing(State.NONE, Duration.ZERO, "")));
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
        return (Lease) disk.get(path("lease")).orElse(new Lease(-1, 0));
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
        return (Ordered) disk.get(path("order")).orElse(new Ordered(Digest.of(""), Map.of()));
    }
}
