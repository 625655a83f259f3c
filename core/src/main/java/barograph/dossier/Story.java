package barograph.dossier;

import barograph.rehearsal.Difference;
import barograph.rollout.Errand;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.rollout.Plan;
import barograph.rollout.Rollout;
import barograph.site.Site;
import barograph.verdict.Verdict;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The history of one change, ready to be asked: what happened, when, and by which entry it is known.
final class Story {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.S", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("d MMM HH:mm:ss.S", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Site site;
    private final Names names;
    private final List<Happening> history;
    private final Rollout rollout;
    private final Rollout departure;
    private final Rollout warnings;
    private final long departed;
    private final List<Stay> stays;
    private final List<Picture> pictures;

    /// @param history all events of one change in the order of the record
    Story(Site site, List<Happening> history) {
        this.site = site;
        this.names = new Names(site);
        this.history = List.copyOf(history);
        this.rollout = Rollout.replay(this.history);
        List<Happening> before = beforeTheFirstServer();
        this.departure = Rollout.replay(before);
        this.warnings = Rollout.replay(before.stream()
                .filter(happening -> !(happening.event() instanceof Event.WaiverSigned))
                .toList());
        this.departed = this.history
                .get(Math.min(before.size(), this.history.size() - 1))
                .index();
        this.stays = Stay.of(this);
        this.pictures = Pictures.of(this);
    }

    private List<Happening> beforeTheFirstServer() {
        for (int i = 1; i < history.size(); i++) {
            if (history.get(i).event() instanceof Event.Ordered(var _, Errand errand) && errand == Errand.APPLY) {
                return history.subList(0, i);
            }
        }
        return history;
    }

    Site site() {
        return site;
    }

    Names names() {
        return names;
    }

    List<Happening> history() {
        return history;
    }

    Rollout rollout() {
        return rollout;
    }

    /// What was known when the first server was told to apply the change; all that is known if none ever was.
    Rollout departure() {
        return departure;
    }

    /// The same, as if nobody had signed a waiver: what the gates warned of.
    Rollout warnings() {
        return warnings;
    }

    /// The index of the first order to apply the change; of the last entry if there was none.
    long departed() {
        return departed;
    }

    Event.Proposed proposed() {
        return rollout.proposed();
    }

    Plan plan() {
        return rollout.plan();
    }

    /// The index of the proposal's entry.
    long proposal() {
        return history.getFirst().index();
    }

    Happening last() {
        return history.getLast();
    }

    /// How the change stayed on each server that was to get it, in the order of the waves.
    List<Stay> stays() {
        return stays;
    }

    List<Picture> pictures() {
        return pictures;
    }

    /// Every event of one sort, in order.
    <E extends Event> List<Found<E>> all(Class<E> sort) {
        return history.stream()
                .filter(happening -> sort.isInstance(happening.event()))
                .map(happening -> new Found<>(happening.index(), happening.at(), sort.cast(happening.event())))
                .toList();
    }

    <E extends Event> Optional<Found<E>> first(Class<E> sort) {
        return all(sort).stream().findFirst();
    }

    <E extends Event> Optional<Found<E>> last(Class<E> sort) {
        return all(sort).reversed().stream().findFirst();
    }

    /// The weighing that called the change harmful, if one did.
    Optional<Found<Event.Weighed>> harmful() {
        return all(Event.Weighed.class).reversed().stream()
                .filter(weighed -> weighed.what().verdict() instanceof Verdict.Harmful)
                .findFirst();
    }

    /// The first rehearsal that showed something getting worse, if one did.
    Optional<Found<Event.Rehearsed>> rehearsedHarm() {
        return all(Event.Rehearsed.class).stream()
                .filter(rehearsed ->
                        rehearsed.what().report().differences().stream().anyMatch(Difference::worse))
                .findFirst();
    }

    /// A moment as the sentences of this dossier tell it: the day only where it is not the first one's. UTC.
    String at(Instant moment) {
        return day(moment).equals(firstDay()) ? TIME.format(moment) : DAY_AND_TIME.format(moment);
    }

    LocalDate firstDay() {
        return day(history.getFirst().at());
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }
}
