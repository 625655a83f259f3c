package barograph.rehearsal;

import barograph.expectations.Finding;
import barograph.site.ServerId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the backup server had to say.
///
/// @param backup who rehearsed
/// @param probes how many probes were tried under each configuration
/// @param differences what is different under the new configuration beyond what differs between two runs of the old
/// @param trouble why it could not be carried through, or could not be undone; empty when it was
/// @param byteExact whether the backup is again exactly what it was before
/// @param extent how far it went; absent where it could not begin, and in entries of before that was kept
public record Report(
        ServerId backup,
        int probes,
        List<Difference> differences,
        String trouble,
        boolean byteExact,
        Optional<Extent> extent) {
    public Report {
        differences = List.copyOf(differences);
    }

    /// One that tells nothing of its extent.
    public Report(ServerId backup, int probes, List<Difference> differences, String trouble, boolean byteExact) {
        this(backup, probes, differences, trouble, byteExact, Optional.empty());
    }

    /// Nothing that worked before fails under the new configuration, it does what it is for, and it was really tried.
    public boolean passed() {
        return trouble.isEmpty()
                && byteExact
                && (probes > 0 || !replayed().isEmpty())
                && harm().isEmpty()
                && findings().stream().noneMatch(Finding.Unmet.class::isInstance);
    }

    /// What got worse, each for the end of a sentence; what shows at once before what sleeps.
    public List<String> harm() {
        Stream<String> probed = differences.stream()
                .filter(Difference::worse)
                .sorted((one, other) -> one.onset().compareTo(other.onset()))
                .map(Difference::words);
        Stream<String> people =
                replayed().stream().filter(group -> group.worse() > 0).map(Replayed::words);
        return Stream.concat(probed, people).toList();
    }

    /// Whether all that got worse shows only once the server is started anew.
    public boolean sleeps() {
        return !harm().isEmpty()
                && differences.stream().filter(Difference::worse).allMatch(Difference::sleeps)
                && replayed().stream()
                        .filter(group -> group.worse() > 0)
                        .allMatch(group -> group.onset() == Onset.NEXT_RESTART);
    }

    /// Whether the change does what it is for, one for each expectation that was looked at.
    public List<Finding> findings() {
        return extent.map(Extent::findings).orElse(List.of());
    }

    /// The logins of real people that were tried again.
    public List<Replayed> replayed() {
        return extent.map(Extent::replayed).orElse(List.of());
    }
}
