package barograph.dossier;

import barograph.lease.Receipt;
import barograph.rollout.Errand;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.rollout.Wave;
import barograph.site.ServerId;
import barograph.site.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The change's stay on one server: from the order to apply it until the server had its old files back, or for good.
///
/// Times are the controller's: when it sent the order, and when it had the answer. The files changed in between, so the
/// span from order to answer is the longest that the stay can have been.
///
/// @param snapped the copy of the files from before the change
/// @param told the first order to apply it
/// @param applied the answer that it is in force
/// @param back the first answer that the old files are back and the server is up with them; where no answer says that,
/// the first that the old files are back
/// @param lastWord the last answer that the old files are back: what is true now
/// @param kept the answer that the new files stay for good
/// @param silent the first of the times that the server did not answer just before it was back
record Stay(
        ServerId server,
        Stage stage,
        Optional<Found<Receipt.Snapped>> snapped,
        Optional<Found<Errand>> told,
        Optional<Found<Receipt.Applied>> applied,
        Optional<Found<Receipt.RolledBack>> back,
        Optional<Found<Receipt.RolledBack>> lastWord,
        Optional<Found<Receipt.Confirmed>> kept,
        Optional<Found<Receipt.Unreachable>> silent) {

    static List<Stay> of(Story story) {
        List<Stay> stays = new ArrayList<>();
        for (Wave wave : story.plan().waves()) {
            wave.servers().keySet().forEach(server -> stays.add(of(story.history(), server, wave.stage())));
        }
        return List.copyOf(stays);
    }

    private static Stay of(List<Happening> history, ServerId server, Stage stage) {
        Optional<Found<Errand>> told = history.stream()
                .filter(happening -> happening.event() instanceof Event.Ordered(ServerId whom, Errand errand)
                        && whom.equals(server)
                        && errand == Errand.APPLY)
                .map(happening -> new Found<>(happening.index(), happening.at(), Errand.APPLY))
                .findFirst();
        Optional<Found<Receipt.Applied>> applied = first(history, server, Receipt.Applied.class);
        List<Found<Receipt.RolledBack>> backs =
                receipts(history, server, Receipt.RolledBack.class).toList();
        return new Stay(
                server,
                stage,
                first(history, server, Receipt.Snapped.class),
                told,
                applied,
                backs.stream()
                        .filter(back -> back.what().healthy())
                        .findFirst()
                        .or(() -> backs.stream().findFirst()),
                backs.reversed().stream().findFirst(),
                first(history, server, Receipt.Confirmed.class),
                silence(history, server));
    }

    /// Since when the server had not answered when it said that it is back.
    private static Optional<Found<Receipt.Unreachable>> silence(List<Happening> history, ServerId server) {
        Optional<Found<Receipt.Unreachable>> silence = Optional.empty();
        for (Found<Receipt> found : receipts(history, server, Receipt.class).toList()) {
            switch (found.what()) {
                case Receipt.Unreachable unreachable ->
                    silence = silence.or(() -> Optional.of(new Found<>(found.index(), found.at(), unreachable)));
                case Receipt.RolledBack _ -> {
                    return silence;
                }
                case Receipt.Snapped _,
                        Receipt.Applied _,
                        Receipt.Renewed _,
                        Receipt.Confirmed _,
                        Receipt.Refused _,
                        Receipt.Stuck _,
                        Receipt.Standing _ -> silence = Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static <R extends Receipt> Stream<Found<R>> receipts(
            List<Happening> history, ServerId server, Class<R> sort) {
        return history.stream()
                .map(happening -> happening.event() instanceof Event.Answered(ServerId who, var _, Receipt receipt)
                                && who.equals(server)
                                && sort.isInstance(receipt)
                        ? new Found<>(happening.index(), happening.at(), sort.cast(receipt))
                        : null)
                .filter(Objects::nonNull);
    }

    private static <R extends Receipt> Optional<Found<R>> first(
            List<Happening> history, ServerId server, Class<R> sort) {
        return receipts(history, server, sort).findFirst();
    }

    /// Whether the server was ever told to apply the change, answered or not.
    boolean touched() {
        return told.isPresent();
    }

    /// Whether the server still has the change, as far as the record knows.
    boolean lasts() {
        return touched() && back.isEmpty();
    }

    /// The longest that the server can have had the change, if it had it and has it no more.
    Optional<Duration> atMost() {
        return told.flatMap(order -> back.map(answer -> Duration.between(order.at(), answer.at())));
    }

    /// Whether the server is exactly as it was, by the guard's word and by both digests.
    boolean restored() {
        return lastWord.filter(
                        answer -> answer.what().byteExact() && answer.what().healthy())
                .flatMap(answer -> snapped.map(
                        before -> before.what().manifest().equals(answer.what().manifest())))
                .orElse(false);
    }

    /// Whether the guard rolled back without being told, so that the record knows only when it heard of it.
    boolean byItself() {
        return lastWord.filter(answer -> answer.what().because().contains("lease")
                        || answer.what().because().contains("reboot"))
                .isPresent();
    }

    /// When a server that fell silent and went back by itself had done so at the latest, where that is before it said
    /// so: nobody can have renewed its lease after it had not answered.
    Optional<Instant> endedBy(Duration lease) {
        return byItself()
                ? silent.map(silence -> silence.at().plus(lease))
                        .filter(end ->
                                back.filter(answer -> end.isBefore(answer.at())).isPresent())
                : Optional.empty();
    }

    /// The entries that this stay is known by.
    List<Long> proofs() {
        return Stream.of(snapped, told, applied, back, lastWord, kept)
                .flatMap(Optional::stream)
                .map(Found::index)
                .toList();
    }

    /// The entries that tell how long it lasted.
    List<Long> spanProofs() {
        return Stream.of(told, back).flatMap(Optional::stream).map(Found::index).toList();
    }
}
