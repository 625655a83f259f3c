package barograph.expectations;

import barograph.login.Trial;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec.Expect;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Whether the change did what it was made for.
public sealed interface Finding {
    /// The server answers as the change intends.
    record Met(ProbeId probe) implements Finding {}

    /// It does not.
    record Unmet(ProbeId probe, String because) implements Finding {}

    /// It does, and did so before the change: nobody would see that anything had changed.
    record Already(ProbeId probe) implements Finding {
        /// For a sentence.
        public String words() {
            return "probe " + probe + " is answered as the change intends under the old configuration already, so the "
                    + "change would alter nothing that is expected of it";
        }
    }

    /// The same, knowing what the server answered before it had the change.
    ///
    /// @param before empty where that is not known
    static Finding of(Expectation expectation, Optional<Trial> before, Trial trial) {
        Finding now = of(expectation, trial);
        boolean already = now instanceof Met
                && before.filter(was -> of(expectation, was) instanceof Met).isPresent();
        return already ? new Already(trial.probe()) : now;
    }

    /// Holds an expectation against what a server really answered.
    static Finding of(Expectation expectation, Trial trial) {
        boolean accepted = expectation.outcome().map(Expect.ACCEPT::equals).orElse(trial.expected() == Expect.ACCEPT);
        if (trial.outcome().accepted() != accepted) {
            return new Unmet(
                    trial.probe(),
                    "probe " + trial.probe() + " was to be " + (accepted ? "accepted" : "rejected") + ", and ended as '"
                            + trial.outcome().reason() + "': " + trial.said());
        }
        Map<String, String> missing = new TreeMap<>(expectation.reply());
        missing.entrySet()
                .removeIf(wanted -> wanted.getValue().equals(trial.reply().get(wanted.getKey())));
        if (missing.isEmpty()) {
            return new Met(trial.probe());
        }
        StringBuilder words = new StringBuilder("probe " + trial.probe() + " ended as expected, but");
        missing.forEach((name, value) -> words.append(' ')
                .append(name)
                .append(trial.reply().containsKey(name) ? " is " + trial.reply().get(name) : " is missing")
                .append(" (expected ")
                .append(value)
                .append(')'));
        return new Unmet(trial.probe(), words.toString());
    }
}
