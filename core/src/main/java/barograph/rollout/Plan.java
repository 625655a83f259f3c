package barograph.rollout;

import barograph.lease.Order.Activation;
import barograph.site.GateRules;
import barograph.site.PartyId;
import barograph.site.ServerId;
import barograph.site.WatchRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// How a change will go out: decided when it is proposed, and not altered afterwards.
///
/// @param backups who rehearses it
/// @param waves in the order in which they go out; at least one
/// @param bystanders servers of the same kind that never get it, to compare with
/// @param confirm who has the last word, and within which time of the last stage's good verdict
public record Plan(
        Map<ServerId, Activation> backups,
        List<Wave> waves,
        Set<ServerId> bystanders,
        Duration lease,
        WatchRules watch,
        GateRules gates,
        Optional<Confirmer> confirm) {
    public Plan {
        backups = Map.copyOf(backups);
        waves = List.copyOf(waves);
        bystanders = Set.copyOf(bystanders);
        if (waves.isEmpty()) {
            throw new IllegalArgumentException("a plan has at least one wave");
        }
    }

    /// Every server that gets the change.
    public Set<ServerId> servers() {
        Set<ServerId> servers = new TreeSet<>();
        waves.forEach(wave -> servers.addAll(wave.servers().keySet()));
        return servers;
    }

    /// Who has the last word.
    public record Confirmer(PartyId by, Duration within) {}
}
