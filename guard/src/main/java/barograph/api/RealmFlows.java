package barograph.api;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The steps of Keycloak's flows: which are required, which are alternatives.
final class RealmFlows {
    static final String STEPS = "authenticationExecutions";
    static final String REQUIREMENT = "requirement";

    private RealmFlows() {}

    /// Whether two states of a flow differ in nothing but the requirements of its steps.
    static boolean onlyRequirements(Optional<ObjectNode> before, Optional<ObjectNode> after) {
        return before.isPresent() && after.isPresent() && without(before.get()).equals(without(after.get()));
    }

    private static ObjectNode without(ObjectNode flow) {
        ObjectNode bare = flow.deepCopy();
        bare.path(STEPS).forEach(step -> ((ObjectNode) step).remove(REQUIREMENT));
        return bare;
    }

    /// The steps of a flow itself, without those of flows in it, as the API lists them one below the other.
    static java.util.List<JsonNode> own(JsonNode executions) {
        return executions
                .valueStream()
                .filter(step -> step.path("level").asInt(0) == 0)
                .toList();
    }
}
