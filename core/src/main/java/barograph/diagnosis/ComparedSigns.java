package barograph.diagnosis;

import barograph.diagnosis.Observation.Phase;
import barograph.diagnosis.Observation.Tried;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the difference between servers and between times says: whose doing it is.
final class ComparedSigns {
    private final Facts facts;
    private final List<Tried> tries;
    private final Map<String, Tried> failing = new TreeMap<>();

    ComparedSigns(Facts facts, List<Observation> observations) {
        this.facts = facts;
        this.tries = observations.stream()
                .filter(Tried.class::isInstance)
                .map(Tried.class::cast)
                .toList();
        TrialSigns.at(facts, observations, Phase.MEANWHILE).stream()
                .filter(tried -> !tried.trial().asExpected())
                .forEach(tried -> failing.put(tried.trial().probe().value(), tried));
    }

    List<Evidence> evidence() {
        List<Evidence> found = new ArrayList<>();
        unchanged().ifPresent(found::add);
        facts.change().ifPresent(change -> {
            onset(change).ifPresent(found::add);
            rehearsed(change).ifPresent(found::add);
            afterwards().ifPresent(found::add);
        });
        return found;
    }

    private Optional<Evidence> unchanged() {
        List<Tried> others = tries.stream()
                .filter(tried -> tried.phase() == Phase.MEANWHILE
                        && !tried.trial().server().equals(facts.server())
                        && !facts.changed().contains(tried.trial().server())
                        && failing.containsKey(tried.trial().probe().value()))
                .toList();
        List<Tried> pass =
                others.stream().filter(tried -> tried.trial().asExpected()).toList();
        List<Tried> alike = others.stream()
                .filter(tried -> !tried.trial().asExpected() && TrialSigns.of(tried) == TrialSigns.of(same(tried)))
                .toList();
        if (!alike.isEmpty() && alike.size() >= pass.size()) {
            return Optional.of(new Evidence(
                    Sign.UNCHANGED_FAIL,
                    "probe " + alike.getFirst().trial().probe() + " fails in the same way at "
                            + alike.getFirst().trial().server() + theOther()));
        }
        return pass.stream()
                .findFirst()
                .map(tried -> new Evidence(
                        Sign.UNCHANGED_PASS,
                        "probe " + tried.trial().probe() + " ends as it should at "
                                + tried.trial().server() + theOther()));
    }

    private String theOther() {
        return facts.change().isPresent() ? ", which does not have the change" : "";
    }

    private Tried same(Tried tried) {
        Tried here = failing.get(tried.trial().probe().value());
        if (here == null) {
            throw new IllegalStateException("it was chosen because this probe fails here");
        }
        return here;
    }

    private Optional<Evidence> onset(Facts.Changed change) {
        Optional<Tried> before = ofFailing(Phase.BEFORE);
        if (change.onset() == Facts.Onset.BEFORE_IT) {
            return Optional.of(new Evidence(Sign.BEGAN_BEFORE_IT, "logins failed before the change already"));
        }
        if (before.isPresent() && !before.get().trial().asExpected()) {
            return Optional.of(new Evidence(Sign.BEGAN_BEFORE_IT, "before the change already, " + words(before.get())));
        }
        if (before.isPresent() || change.onset() == Facts.Onset.WITH_IT) {
            return Optional.of(new Evidence(
                    Sign.BEGAN_WITH_IT,
                    before.map(tried -> "probe " + tried.trial().probe() + " ended as it should before the change")
                            .orElse("real logins began to fail with the change")));
        }
        return Optional.empty();
    }

    private static Optional<Evidence> rehearsed(Facts.Changed change) {
        return switch (change.rehearsed()) {
            case HARM ->
                Optional.of(new Evidence(Sign.REHEARSAL_SHOWED_IT, "the rehearsal on the backup server showed harm"));
            case NOTHING ->
                Optional.of(
                        new Evidence(Sign.REHEARSAL_SHOWED_NOTHING, "on the backup server nothing got worse with it"));
            case NOT -> Optional.empty();
        };
    }

    private Optional<Evidence> afterwards() {
        return ofFailing(Phase.AFTERWARDS)
                .map(tried -> tried.trial().asExpected()
                        ? new Evidence(
                                Sign.MENDED,
                                "probe " + tried.trial().probe() + " ends as it should since the change is gone")
                        : new Evidence(Sign.STILL_BROKEN, "the change is gone, and still " + words(tried)));
    }

    /// The last try of a probe that fails meanwhile, in another phase.
    private Optional<Tried> ofFailing(Phase phase) {
        return tries.reversed().stream()
                .filter(tried ->
                        tried.phase() == phase && tried.trial().server().equals(facts.server()))
                .filter(tried -> failing.containsKey(tried.trial().probe().value()))
                .findFirst();
    }

    private static String words(Tried tried) {
        return TrialSigns.words(tried.trial());
    }
}
