package barograph.dossier;

import barograph.record.Checkpoint;
import barograph.record.Entry;
import barograph.record.Note;
import barograph.record.VerifierKey;
import barograph.rollout.Happening;
import barograph.rollout.Rollout;
import barograph.site.Site;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The report of one change: what a conference call asks, answered from the record alone.
///
/// Everything in it is derived from entries of the record, so that the same record gives the same dossier, byte for
/// byte; no clock is read. Each sentence says what sort of statement it is, and which entries prove it; what the record
/// does not tell is said to be not known.
///
/// @param begun when it was asked for
/// @param asOf when the last entry was written: nothing later is in here
/// @param state how it ended, or where it stands
/// @param stamp the same in one or two words
/// @param headline the whole of it in one sentence
/// @param chapters one per question that arises, in the order of [Topic]
/// @param pictures the logins of each stage that was traced
/// @param exhibits every entry of the change, in order
/// @param checkpoint the record's signed size and root hash
/// @param key the record's public key, where it is known; count on it only if you have it from elsewhere, too
public record Dossier(
        String site,
        String change,
        String title,
        String digest,
        Instant begun,
        Instant asOf,
        Rollout.State state,
        String stamp,
        Sentence headline,
        List<Chapter> chapters,
        List<Picture> pictures,
        Timeline timeline,
        List<Exhibit> exhibits,
        String checkpoint,
        Optional<String> key) {
    public Dossier {
        chapters = List.copyOf(chapters);
        pictures = List.copyOf(pictures);
        exhibits = List.copyOf(exhibits);
    }

    /// Tells the history of one change.
    ///
    /// @param history all events of the change, in the order of the record; the first is its proposal
    /// @throws IllegalArgumentException when an event has no entry in the evidence: only what is proven is told
    public static Dossier of(Site site, List<Happening> history, Evidence evidence) {
        Story story = new Story(site, history);
        return new Dossier(
                site.name(),
                story.proposed().change().value(),
                Legible.line(story.proposed().title()),
                story.proposed().digest().toString(),
                history.getFirst().at(),
                story.last().at(),
                story.rollout().state(),
                Headlines.stamp(story),
                Headlines.of(story),
                chapters(story),
                story.pictures(),
                Timeline.of(story),
                exhibits(history, evidence),
                evidence.checkpoint(),
                evidence.key().map(VerifierKey::toString));
    }

    private static List<Chapter> chapters(Story story) {
        List<Chapter> chapters = new ArrayList<>(List.of(
                AskedChapter.of(story),
                ConfirmedChapter.of(story),
                TestedChapter.of(story),
                WarnedChapter.of(story),
                HappenedChapter.of(story),
                HitChapter.of(story)));
        CauseChapter.of(story).ifPresent(chapters::add);
        chapters.add(RestoredChapter.of(story));
        chapters.add(ToldChapter.of(story));
        AgainChapter.of(story).ifPresent(chapters::add);
        return chapters;
    }

    private static List<Exhibit> exhibits(List<Happening> history, Evidence evidence) {
        Map<Long, Entry> entries = new HashMap<>();
        evidence.entries().forEach(entry -> entries.put(entry.index(), entry));
        for (Happening happening : history) {
            if (!entries.containsKey(happening.index())) {
                throw new IllegalArgumentException(
                        "the history tells of entry " + happening.index() + ", and the evidence does not have it");
            }
        }
        long size = Checkpoint.parse(Note.parse(evidence.checkpoint()).text()).size();
        return entries.values().stream()
                .sorted(Comparator.comparingLong(Entry::index))
                .map(entry -> Exhibit.of(entry, evidence.paths().getOrDefault(entry.index(), List.of()), size))
                .toList();
    }
}
