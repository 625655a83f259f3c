package barograph.api;

import barograph.api.Door.Trouble;
import barograph.change.ChangeId;
import barograph.change.Diff;
import barograph.change.Edit;
import barograph.lease.Drift;
import barograph.lease.Receipt.State;
import barograph.record.Digest;
import barograph.runner.Inspector;
import barograph.secrets.SecretTrouble;
import barograph.secrets.Secrets;
import barograph.site.Server;
import java.nio.file.Path;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.function.Predicate;

/// Looks for what somebody else has changed over the API, against what the controller keeps. The APIs do not tell who
/// it
/// was and when, so that neither is told here.
public final class ApiInspector implements Inspector {
    private final Path folder;
    private final Doors doors;

    /// @param folder the controller's own
    public ApiInspector(Path folder, Secrets secrets) {
        this.folder = folder;
        this.doors = new Doors(secrets);
    }

    @Override
    public Sighting sinceApplied(Server server, ChangeId change, Collection<String> paths, Optional<Edit> edit) {
        Journal journal = new Journal(folder, server.id());
        State state = journal.page(change).state();
        return state == State.APPLIED
                ? look(server, journal.tree(change, Journal.LANDED), paths::contains)
                : new Sighting.Blind("The change is " + state);
    }

    @Override
    public Sighting sinceSnapshot(Server server, ChangeId change) {
        return look(server, new Journal(folder, server.id()).tree(change, Journal.BEFORE), _ -> true);
    }

    private Sighting look(Server server, Optional<Tree> then, Predicate<String> looked) {
        if (then.isEmpty()) {
            return new Sighting.Blind("The controller's journal has no snapshot of " + server.id());
        }
        try (Door door = doors.open(server)) {
            Tree now = door.read();
            NavigableSet<String> paths = then.get().differs(now);
            paths.removeIf(looked.negate());
            return new Sighting.Seen(paths.stream()
                    .map(path -> drift(path, then.get(), now, server))
                    .toList());
        } catch (Trouble e) {
            return new Sighting.Unreachable(String.valueOf(e.getMessage()));
        } catch (SecretTrouble e) {
            return new Sighting.Blind(String.valueOf(e.getMessage()));
        }
    }

    private static Drift drift(String path, Tree then, Tree now, Server server) {
        Diff diff = ApiGuards.diff(one(path, then), one(path, now), server);
        return new Drift(
                path, now.file(path).map(text -> Digest.of(text)), Optional.empty(), Optional.empty(), diff.text());
    }

    private static Tree one(String path, Tree tree) {
        return new Tree(
                tree.file(path)
                        .map(text -> new java.util.TreeMap<>(java.util.Map.of(path, text)))
                        .orElseGet(java.util.TreeMap::new),
                java.util.Map.of());
    }
}
