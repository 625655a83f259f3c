package barograph.dossier;

import barograph.watch.Drum;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The logins around one stage's change as the instrument's drum carries them.
///
/// @param stage whose change it is
/// @param proof the entry that the trace is from
/// @param start when the first bucket begins
/// @param bucket how long each bucket is
/// @param changed the servers that had the change in this stage, added up
/// @param unchanged those that did not, at the same time
/// @param needle per bucket, how far the strongest evidence of harm was on its way to its threshold: 0 is none, 1 rolls
/// back
/// @param moments what happened meanwhile, in order
public record Picture(
        String stage,
        long proof,
        Instant start,
        Duration bucket,
        Band changed,
        Band unchanged,
        List<Double> needle,
        List<Moment> moments) {
    public Picture {
        needle = List.copyOf(needle);
        moments = List.copyOf(moments);
    }

    /// The picture of a drum, its servers added up side by side.
    public static Picture of(String stage, long proof, Drum drum, List<Moment> moments) {
        return new Picture(
                stage, proof, drum.start(), drum.bucket(), band(drum, true), band(drum, false), drum.needle(), moments);
    }

    private static Band band(Drum drum, boolean changed) {
        List<Drum.Track> tracks = drum.tracks().stream()
                .filter(track -> track.changed() == changed)
                .toList();
        int buckets = drum.needle().size();
        return new Band(
                tracks.stream().map(track -> track.server().value()).toList(),
                sum(tracks.stream().map(Drum.Track::accepted).toList(), buckets),
                sum(tracks.stream().map(Drum.Track::failed).toList(), buckets));
    }

    private static List<Long> sum(List<List<Integer>> tracks, int buckets) {
        return IntStream.range(0, buckets)
                .mapToObj(i -> tracks.stream()
                        .mapToLong(track -> i < track.size() ? track.get(i) : 0)
                        .sum())
                .toList();
    }

    /// Logins of some servers, per bucket.
    public record Band(List<String> servers, List<Long> accepted, List<Long> failed) {
        public Band {
            servers = List.copyOf(servers);
            accepted = List.copyOf(accepted);
            failed = List.copyOf(failed);
            if (accepted.size() != failed.size()) {
                throw new IllegalArgumentException("a band has as many buckets of failures as of acceptances");
            }
        }
    }

    /// Something that is marked on the drum.
    ///
    /// @param words two or three words
    public record Moment(Instant at, Kind kind, String words, long proof) {
        public Moment {
            words = Legible.line(words);
        }

        /// What it does to the logins.
        public enum Kind {
            APPLIED,
            VERDICT,
            ROLLED_BACK
        }
    }

    /// How many buckets there are.
    public int buckets() {
        return changed.accepted().size();
    }

    /// When the last bucket ends.
    public Instant end() {
        return start.plus(bucket.multipliedBy(buckets()));
    }

    /// When the first server had the change.
    public Instant begin() {
        return moments.stream()
                .filter(moment -> moment.kind() == Moment.Kind.APPLIED)
                .map(Moment::at)
                .min(Comparator.naturalOrder())
                .orElse(end());
    }

    /// When the last server had its old files back; the end of the trace where none has.
    public Instant over() {
        return moments.stream()
                .filter(moment -> moment.kind() == Moment.Kind.ROLLED_BACK)
                .map(Moment::at)
                .filter(at -> at.isBefore(end()))
                .max(Comparator.naturalOrder())
                .orElse(end());
    }

    /// What was counted while servers had the change.
    public Total meanwhile(Band band) {
        return total(band, begin(), over());
    }

    /// Counted from `from` to before `to`, in whole buckets: every bucket that begins then.
    private Total total(Band band, Instant from, Instant to) {
        long accepted = 0;
        long failed = 0;
        for (int i = 0; i < band.accepted().size(); i++) {
            Instant begins = start.plus(bucket.multipliedBy(i));
            if (!begins.isBefore(from) && begins.isBefore(to)) {
                accepted += band.accepted().get(i);
                failed += band.failed().get(i);
            }
        }
        return new Total(accepted, failed);
    }

    /// A count over some time.
    public record Total(long accepted, long failed) {
        /// Both together.
        public long logins() {
            return accepted + failed;
        }

        /// 0 to 1; 0 where nobody tried.
        public double failureShare() {
            return logins() == 0 ? 0 : (double) failed / logins();
        }
    }
}
