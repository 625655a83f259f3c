package barograph.dossier;

import barograph.forecast.Forecast;
import barograph.gates.Gate;
import barograph.gates.GateState;
import barograph.gates.Waiver;
import barograph.rollout.Event;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What was forecast, and who signed past which warning?
final class WarnedChapter {
    private final Story story;
    private final List<GateState> gates;

    private WarnedChapter(Story story) {
        this.story = story;
        this.gates = story.departure().gates(story.site());
    }

    static Chapter of(Story story) {
        return new WarnedChapter(story).chapter();
    }

    private Chapter chapter() {
        Chapter.Draft draft = new Chapter.Draft(Topic.WARNED);
        forecasts(draft);
        looks(draft);
        waivers(draft);
        approvals(draft);
        releases(draft);
        return draft.table(
                        story.rollout().untouched()
                                ? "The gates at the end"
                                : "The gates when the first server was told to apply the change",
                        List.of("Gate", "State", "Because"),
                        rows())
                .chapter();
    }

    private void forecasts(Chapter.Draft draft) {
        List<Found<Event.Forecasted>> all = story.all(Event.Forecasted.class);
        if (all.isEmpty()) {
            draft.brief(Sentence.unknown("The record holds no forecast."));
            return;
        }
        Found<Event.Forecasted> last = lastBeforeTheFirstServer(all);
        draft.brief(forecast(last));
        for (Forecast.Reason reason : last.what().forecast().reasons()) {
            draft.more(Sentence.inferred(
                    (reason.weight() > 0 ? "What spoke for harm: " : "What spoke against harm: ")
                            + Phrases.sentence(reason.words()),
                    List.of(last.index())));
        }
        last.what()
                .forecast()
                .sight()
                .ifPresent(sight -> draft.more(Sentence.inferred(
                        "What the watch could see, told beforehand: " + sight.words(), List.of(last.index()))));
        all.stream()
                .filter(other -> other.index() != last.index())
                .forEach(other -> draft.more(Sentence.inferred(
                        "Another forecast, at " + story.at(other.at()) + ", said "
                                + other.what().forecast().percent() + ".",
                        List.of(other.index()))));
        score(last).ifPresent(draft::more);
    }

    /// What weighs nothing is in no forecast, and is said here.
    private void looks(Chapter.Draft draft) {
        story.proposed().insight().remarks().stream()
                .filter(remark -> remark.weight() == 0)
                .forEach(remark -> draft.more(Sentence.inferred(
                        "Noticed in the change itself: " + Phrases.sentence(remark.line()),
                        List.of(story.proposal()))));
        story.proposed()
                .insight()
                .coverage()
                .ifPresent(coverage -> draft.more(Sentence.measured(coverage.words(), story.proposal())));
    }

    private Found<Event.Forecasted> lastBeforeTheFirstServer(List<Found<Event.Forecasted>> all) {
        return all.stream()
                .filter(forecast -> forecast.index() <= story.departed())
                .reduce((_, later) -> later)
                .orElse(all.getLast());
    }

    private Sentence forecast(Found<Event.Forecasted> found) {
        Forecast forecast = found.what().forecast();
        String stake = forecast.loginsPerHour() < 0
                ? " How many people that could hit, no log could tell."
                : " It could hit " + Phrases.count(forecast.people(), "person", "people") + " ("
                        + Phrases.count(forecast.loginsPerHour(), "login", "logins") + " an hour).";
        return Sentence.inferred(
                "At " + story.at(found.at()) + " the forecast was " + forecast.percent()
                        + " that the change breaks logins." + stake,
                List.of(found.index()));
    }

    /// What came of the forecast, where the record can tell.
    private Optional<Sentence> score(Found<Event.Forecasted> found) {
        if (story.rollout().untouched()) {
            return Optional.empty();
        }
        String percent = found.what().forecast().percent();
        Optional<Found<Event.Weighed>> harm = story.harmful();
        if (harm.isPresent()) {
            return Optional.of(Sentence.measured(
                    "What came of it: harm was found; the forecast had said " + percent + ".",
                    List.of(found.index(), harm.get().index())));
        }
        return story.rollout()
                .ending()
                .flatMap(_ -> story.last(Event.Ended.class))
                .map(ended -> Sentence.measured(
                        "What came of it: no verdict found harm; the forecast had said " + percent + ".",
                        List.of(found.index(), ended.index())));
    }

    private void waivers(Chapter.Draft draft) {
        List<Found<Event.WaiverSigned>> waivers = story.all(Event.WaiverSigned.class);
        if (waivers.isEmpty()) {
            draft.brief(Sentence.fact(
                    "No warning was signed away: no waiver was given.",
                    List.of(story.proposal(), story.last().index())));
        } else if (waivers.size() == 1) {
            draft.brief(waiver(waivers.getFirst()));
        } else {
            draft.brief(inAll(waivers));
            waivers.forEach(signed -> draft.more(waiver(signed)));
        }
    }

    private Sentence inAll(List<Found<Event.WaiverSigned>> waivers) {
        Set<String> people = new LinkedHashSet<>();
        Set<String> gates = new LinkedHashSet<>();
        waivers.forEach(signed -> {
            people.add(story.names().person(signed.what().waiver().by()));
            gates.add(signed.what().waiver().gate());
        });
        Found<Event.WaiverSigned> last = waivers.getLast();
        return Sentence.decided(
                Phrases.list(people) + " signed past " + Phrases.count(gates.size(), "gate", "gates") + " ("
                        + Phrases.list(gates) + ") from "
                        + story.at(waivers.getFirst().at()) + " to " + story.at(last.at())
                        + ", the last time under the "
                        + "words " + Phrases.lastQuoted(last.what().waiver().sentence()),
                waivers.stream().map(Found::index).toList());
    }

    private Sentence waiver(Found<Event.WaiverSigned> signed) {
        Waiver waiver = signed.what().waiver();
        boolean counted = gates.stream()
                .anyMatch(state -> state instanceof GateState.Waived(Gate _, Waiver used) && used.equals(waiver));
        return Sentence.decided(
                story.names().person(waiver.by()) + " signed past gate " + waiver.gate() + " at "
                        + story.at(signed.at()) + ", under the words " + Phrases.lastQuoted(waiver.sentence())
                        + (waiver.because().isBlank()
                                ? " No reason was given."
                                : " The reason given: " + Phrases.lastQuoted(waiver.because()))
                        + (counted
                                ? ""
                                : " It was not needed, or no longer counted, "
                                        + (story.rollout().untouched() ? "in the end." : "when the change went out.")),
                signed.index());
    }

    private void approvals(Chapter.Draft draft) {
        for (Found<Event.Approved> approved : story.all(Event.Approved.class)) {
            boolean counts = approved.what().digest().equals(story.proposed().digest());
            draft.more(Sentence.decided(
                    story.names().person(approved.what().by()) + " approved the change at "
                            + story.at(approved.at())
                            + (counts ? "." : ", but of another digest, so it does not count."),
                    approved.index()));
        }
    }

    private void releases(Chapter.Draft draft) {
        List<Found<Event.Released>> releases = story.all(Event.Released.class);
        releases.forEach(released -> draft.more(Sentence.decided(
                story.names().person(released.what().by()) + " let it go at " + story.at(released.at()) + ".",
                released.index())));
        if (releases.isEmpty()) {
            draft.more(
                    Sentence.fact("No operator let it go.", List.of(story.last().index())));
        }
    }

    private List<Table.Row> rows() {
        List<GateState> warnings = story.warnings().gates(story.site());
        List<Table.Row> rows = new ArrayList<>();
        for (int i = 0; i < gates.size(); i++) {
            rows.add(new Table.Row(
                    List.of(name(gates.get(i).gate()), word(gates.get(i)), because(warnings.get(i))),
                    proofs(gates.get(i))));
        }
        return rows;
    }

    /// The proposal, which has the gates; the entry up to which they were judged; and the waiver, if one opened it.
    private List<Long> proofs(GateState state) {
        List<Long> proofs = new ArrayList<>(List.of(story.proposal(), story.departed()));
        if (state instanceof GateState.Waived(Gate _, Waiver waiver)) {
            story.all(Event.WaiverSigned.class).stream()
                    .filter(signed -> signed.what().waiver().equals(waiver))
                    .map(Found::index)
                    .forEach(proofs::add);
        }
        return proofs;
    }

    private static String name(Gate gate) {
        return switch (gate) {
            case Gate.Claims() -> "Claims confirmed by the parties themselves";
            case Gate.Rehearsal() -> "Rehearsed on a backup server, nothing worse";
            case Gate.ForecastLimit(double limit) -> "Forecast at most " + Math.round(limit * 100) + "%";
            case Gate.Covered(double wanted) ->
                "Probes stand for at least " + Math.round(wanted * 100) + "% of the logins";
            case Gate.Approvals(var role, int wanted) ->
                Phrases.count(wanted, "approval", "approvals") + " of the " + Phrases.word(role);
        };
    }

    private static String word(GateState state) {
        return switch (state) {
            case GateState.Open _ -> "open";
            case GateState.Shut _ -> "shut";
            case GateState.Waived _ -> "signed past";
        };
    }

    /// @param warning how the gate would stand if nobody had signed
    private static String because(GateState warning) {
        return switch (warning) {
            case GateState.Shut(Gate _, String waitsFor) -> Phrases.capital(Phrases.sentence(waitsFor));
            case GateState.Open _, GateState.Waived _ -> "What it wants is true.";
        };
    }
}
