package barograph.demo;

import barograph.rollout.Ending;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How the story ended, in numbers.
///
/// @param verdict the last verdict's word; `NONE` when it never came to one
/// @param failedLogins right passwords that were not let in, or not answered, from the first server's change to the
///     last one's restoration, as the people themselves counted
/// @param firstFailureToVerdictSeconds from the first such login (or the first intruder, or else the change) to the
///     verdict; empty without harm
/// @param verdictToRestoredSeconds from that verdict to the last server being back; empty without a rollback
/// @param byteExact whether all folders that had to be as before are, looked at from outside
/// @param recordValid whether the exported record verifies
/// @param noticesDelivered how many notices arrived in mailboxes
record Finale(
        String change,
        Ending ending,
        String verdict,
        long failedLogins,
        Optional<Double> firstFailureToVerdictSeconds,
        Optional<Double> verdictToRestoredSeconds,
        boolean byteExact,
        boolean recordValid,
        long noticesDelivered,
        Optional<Double> emergencyAnsweredSeconds,
        Path dossier,
        long seed) {

    ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("change", change);
        node.put("ending", ending.name());
        node.put("verdict", verdict);
        node.put("failedLogins", failedLogins);
        node.put("firstFailureToVerdictSeconds", firstFailureToVerdictSeconds.orElse(null));
        node.put("verdictToRestoredSeconds", verdictToRestoredSeconds.orElse(null));
        node.put("byteExact", byteExact);
        node.put("recordValid", recordValid);
        node.put("noticesDelivered", noticesDelivered);
        node.put("emergencyAnsweredSeconds", emergencyAnsweredSeconds.orElse(null));
        node.put("dossier", dossier.toString());
        node.put("seed", seed);
        return node;
    }
}
