package barograph.site;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Everything that one `site.yaml` describes.
///
/// @param replays logins of real people that a rehearsal tries again
/// @param lease how long a host keeps an unconfirmed configuration without hearing from the controller
public record Site(
        String name,
        List<Party> parties,
        List<Server> servers,
        List<ProbeSpec> probes,
        Duration lease,
        WatchRules watch,
        GateRules gates,
        Optional<NoticeRules> notices,
        List<ReplaySpec> replays) {
    public Site {
        parties = List.copyOf(parties);
        servers = List.copyOf(servers);
        probes = List.copyOf(probes);
        replays = List.copyOf(replays);
    }

    /// One that replays nothing.
    public Site(
            String name,
            List<Party> parties,
            List<Server> servers,
            List<ProbeSpec> probes,
            Duration lease,
            WatchRules watch,
            GateRules gates,
            Optional<NoticeRules> notices) {
        this(name, parties, servers, probes, lease, watch, gates, notices, List.of());
    }

    public Optional<Server> server(ServerId id) {
        for (Server server : servers) {
            if (server.id().equals(id)) {
                return Optional.of(server);
            }
        }
        return Optional.empty();
    }

    public Optional<Party> party(PartyId id) {
        return parties.stream().filter(party -> party.id().equals(id)).findFirst();
    }

    public Optional<Person> person(PersonId id) {
        return parties.stream()
                .map(Party::people)
                .flatMap(Collection::stream)
                .filter(person -> person.id().equals(id))
                .findFirst();
    }

    /// The servers that rehearse a change and serve nobody meanwhile.
    public List<Server> backups() {
        return servers.stream()
                .filter(server -> server.stage().equals(Stage.BACKUP))
                .toList();
    }
}
