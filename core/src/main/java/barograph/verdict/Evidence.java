package barograph.verdict;

import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All that a verdict rests on, at one moment.
///
/// @param now when it was gathered
/// @param scene who is compared with whom, since when
/// @param charges what speaks against the change beyond doubt, the strongest first
/// @param suspicion the strongest evidence that is still on its way; empty where nothing was counted yet
/// @param blindness why nothing can be seen, and what would help; empty when all can be seen
/// @param counted what was counted of all logins
/// @param health whether harm is ruled out
public record Evidence(
        Instant now,
        Scene scene,
        List<Charge> charges,
        Optional<Suspicion> suspicion,
        Optional<String> blindness,
        Counted counted,
        Health health) {
    public Evidence {
        charges = List.copyOf(charges);
    }

    /// Who is compared with whom.
    ///
    /// @param stage the servers whose change is judged
    /// @param changed all servers that have the change
    /// @param controlled whether unchanged servers are seen; otherwise the changed ones' own history is
    /// @param since from when on logins count
    /// @param bakedAt before this moment nothing is called healthy
    /// @param unit the least time between two logins of one person or device that count as two
    /// @param falseRollback the chance, over the whole watch, of ever calling a harmless change harmful
    public record Scene(
            Set<ServerId> stage,
            Set<ServerId> changed,
            boolean controlled,
            Instant since,
            Instant bakedAt,
            Duration unit,
            double falseRollback) {
        public Scene {
            stage = Set.copyOf(stage);
            changed = Set.copyOf(changed);
        }
    }

    /// Evidence that has not reached its threshold.
    ///
    /// @param reach how far it is on its way, on a logarithmic scale, 0 to 1
    public record Suspicion(Signal signal, double reach) {}

    /// What was counted since the change: units and failures.
    ///
    /// @param usual the share expected to fail without the change
    public record Counted(FailureScale.Tally changed, FailureScale.Tally unchanged, double usual) {}

    /// Whether harm is ruled out.
    ///
    /// @param proven whether it is, for all logins and for each segment that is seen often enough
    /// @param below how large a rise is ruled out
    /// @param unitsNeeded about how many more units are needed
    /// @param unseen segments with logins before the change of which none came since
    public record Health(boolean proven, double below, long unitsNeeded, List<String> unseen) {
        public Health {
            unseen = List.copyOf(unseen);
        }
    }
}
