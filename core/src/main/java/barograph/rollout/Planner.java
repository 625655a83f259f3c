package barograph.rollout;

import barograph.change.Change;
import barograph.change.Edit;
import barograph.lease.Order.Activation;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.ShellPattern;
import barograph.site.Site;
import barograph.site.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Decides how a change will go out.
public final class Planner {
    private Planner() {}

    /// @throws IllegalArgumentException when the change has no server but backups
    public static Plan plan(Change change, Site site) {
        List<Server> servers = change.request().servers().stream()
                .flatMap(id -> site.server(id).stream())
                .toList();
        Map<Stage, Map<ServerId, Activation>> waves = new TreeMap<>();
        Map<ServerId, Activation> backups = new TreeMap<>();
        for (Server server : servers) {
            Activation how = activation(server, change.edit());
            if (server.stage().equals(Stage.BACKUP)) {
                backups.put(server.id(), how);
            } else {
                waves.computeIfAbsent(server.stage(), _ -> new TreeMap<>()).put(server.id(), how);
            }
        }
        if (waves.isEmpty()) {
            throw new IllegalArgumentException(
                    "the change names no server but backups: add a server of stage canary or rest to its servers");
        }
        Set<String> kinds = servers.stream().map(Server::kind).collect(Collectors.toSet());
        Set<ServerId> bystanders = site.servers().stream()
                .filter(server ->
                        kinds.contains(server.kind()) && !server.stage().equals(Stage.BACKUP))
                .map(Server::id)
                .filter(id -> !change.request().servers().contains(id))
                .collect(Collectors.toSet());
        return new Plan(
                backups,
                waves.entrySet().stream()
                        .map(wave -> new Wave(wave.getKey(), wave.getValue()))
                        .toList(),
                bystanders,
                change.request().lease(),
                change.request().watch(),
                site.gates(),
                change.request().confirm().map(confirm -> new Plan.Confirmer(confirm.by(), confirm.within())));
    }

    /// Whether a reload takes all touched files over, or a restart is needed.
    static Activation activation(Server server, Edit edit) {
        Optional<String> reload = server.commands().reload();
        if (reload.isEmpty()) {
            return Activation.RESTART;
        }
        List<Pattern> covers =
                server.commands().reloadCovers().stream().map(ShellPattern::of).toList();
        boolean all = covers.isEmpty()
                || edit.paths().stream()
                        .allMatch(path -> covers.stream()
                                .anyMatch(cover -> cover.matcher(path).matches()));
        return all ? Activation.RELOAD : Activation.RESTART;
    }
}
