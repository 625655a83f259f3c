package barograph.guard;

import barograph.api.ApiInspector;
import barograph.change.ChangeId;
import barograph.change.Edit;
import barograph.runner.Inspector;
import barograph.site.Server;
import java.util.Collection;
import java.util.Optional;

/// Looks at every server's configuration: by files on its host, else over its API.
public record Inspectors(ShellInspector hosts, ApiInspector apis) implements Inspector {
    @Override
    public Sighting sinceApplied(Server server, ChangeId change, Collection<String> paths, Optional<Edit> edit) {
        return of(server).sinceApplied(server, change, paths, edit);
    }

    @Override
    public Sighting sinceSnapshot(Server server, ChangeId change) {
        return of(server).sinceSnapshot(server, change);
    }

    private Inspector of(Server server) {
        return server.hasDeadMan() ? hosts : apis;
    }
}
