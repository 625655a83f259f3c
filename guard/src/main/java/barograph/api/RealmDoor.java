package barograph.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A realm of Keycloak. What it does was tried with 26.4.7.
final class RealmDoor implements Door {
    /// What Keycloak tells in place of a secret. Given back, it leaves the secret as it is; given to what is new, it
    /// would
    /// be the secret.
    private static final String MASK = "**********";

    private static final Set<String> ROOTS = Set.of(
            RealmFiles.CLIENTS,
            RealmFiles.SCOPES,
            RealmFiles.COMPONENTS,
            RealmFiles.PROVIDERS,
            RealmFiles.ACTIONS,
            RealmFiles.FLOWS);

    private final RealmLine line;

    RealmDoor(RealmLine line) {
        this.line = line;
    }

    @Override
    public Tree read() throws Trouble {
        JsonNode realm = line.get("");
        JsonNode clients = line.get("/clients");
        JsonNode export =
                line.send("POST", "/partial-export?exportClients=false&exportGroupsAndRoles=false", Optional.empty());
        return RealmFiles.tree(realm, clients, export);
    }

    @Override
    public String laid(String path, Optional<String> before, String written) throws Unfit {
        boolean known = path.equals(RealmFiles.REALM) || ROOTS.stream().anyMatch(path::startsWith);
        if (!known || !path.endsWith(".json")) {
            throw new Unfit(path + " is no object of a realm that can be changed: " + RealmFiles.REALM + ", "
                    + String.join(", ", new TreeSet<>(ROOTS)) + "NAME.json");
        }
        ObjectNode laid = Json.merged(before.map(Json::own).orElseGet(Json::object), Json.parse(path, written));
        String field = RealmFiles.nameField(path);
        if (!field.isEmpty() && !laid.has(field)) {
            laid.put(field, RealmFiles.named(path));
        }
        String name = field.isEmpty() ? "" : laid.path(field).asString("");
        boolean twin = path.startsWith(RealmFiles.COMPONENTS); // whose file may say more than its name
        if (!field.isEmpty()
                && !(twin
                        ? RealmFiles.named(path).startsWith(name)
                        : RealmFiles.named(path).equals(name))) {
            throw new Unfit(path + " holds " + field + " " + name + ": a file is named as its object is");
        }
        return Json.text(laid);
    }

    @Override
    public Optional<String> objection(String path, Tree from, Tree to) throws Trouble {
        Optional<ObjectNode> before = from.file(path).map(Json::own);
        Optional<ObjectNode> after = to.file(path).map(Json::own);
        if (masksAfresh(before.orElseGet(Json::object), after.orElseGet(Json::object))) {
            return Optional.of("Keycloak does not tell the secret in it, so nobody could put it back."
                    + " Let it refer to Keycloak's vault (${vault.…}), which is told");
        }
        if (path.equals(RealmFiles.REALM)) {
            return differ(before, after, "realm")
                    ? Optional.of("a realm cannot be given another name")
                    : Optional.empty();
        }
        if (RealmFiles.OTHERS.stream().anyMatch(path::startsWith)) {
            return Optional.of("this part of a realm is watched, and not changed from here");
        }
        if (path.startsWith(RealmFiles.FLOWS) && !RealmFlows.onlyRequirements(before, after)) {
            return Optional.of("of a flow, only the requirements of its steps are changed from here");
        }
        boolean oneSided = before.isPresent() != after.isPresent();
        if (oneSided && path.startsWith(RealmFiles.ACTIONS)) {
            return Optional.of("required actions come with Keycloak's own modules");
        }
        if (oneSided && isKey(before.or(() -> after).orElseThrow())) {
            return Optional.of("the keys in it are made by Keycloak, and nobody could make the same again");
        }
        return before.isPresent() && after.isEmpty() && path.startsWith(RealmFiles.CLIENTS)
                ? lossOf(path, before.get(), from)
                : Optional.empty();
    }

    private static boolean isKey(ObjectNode component) {
        return component.path("providerType").asString("").equals("org.keycloak.keys.KeyProvider");
    }

    private static boolean differ(Optional<ObjectNode> one, Optional<ObjectNode> other, String field) {
        return !one.map(object -> object.path(field)).equals(other.map(object -> object.path(field)));
    }

    /// What goes with a client, and would not come back with it.
    private Optional<String> lossOf(String path, ObjectNode client, Tree live) throws Trouble {
        Optional<String> id = live.id(path);
        boolean service = client.path("serviceAccountsEnabled").asBoolean(false)
                || client.path("authorizationServicesEnabled").asBoolean(false);
        if (service
                || (id.isPresent()
                        && !line.get("/clients/" + id.get() + "/roles").isEmpty())) {
            return Optional.of("with this client its roles or its service account would go, and who has them;"
                    + " disable it instead (enabled: false)");
        }
        return Optional.empty();
    }

    /// Whether a mask stands where it would have to be a secret.
    private static boolean masksAfresh(JsonNode before, JsonNode after) {
        return switch (after) {
            case ObjectNode map ->
                Json.members(map).entrySet().stream()
                        .anyMatch(member -> masksAfresh(before.path(member.getKey()), member.getValue()));
            case ArrayNode list ->
                list.valueStream().anyMatch(item -> item.asString("").equals(MASK)) && !list.equals(before);
            default -> after.asString("").equals(MASK) && !after.equals(before);
        };
    }

    @Override
    public void write(String path, Tree live, Tree goal) throws Trouble {
        new RealmWork(line, live, goal).bring(path);
    }

    @Override
    public Map<String, String> facts(String path, String text) {
        Map<String, String> facts = new HashMap<>();
        collect("", Json.own(text), facts);
        return facts;
    }

    private static void collect(String at, JsonNode node, Map<String, String> facts) {
        if (node instanceof ObjectNode map) {
            Json.members(map).forEach((name, value) -> collect(at + "/" + name, value, facts));
        } else if (at.endsWith("/protocolMappers")) {
            node.forEach(mapper -> collect(at + "/" + mapper.path("name").asString(""), mapper, facts));
        } else {
            facts.put(at, node.toString());
        }
    }

    /// A directory comes with mappers of its own.
    @Override
    public boolean comesWith(String path, String asked) {
        return asked.startsWith(RealmFiles.COMPONENTS)
                && path.startsWith(asked.substring(0, asked.length() - ".json".length()) + "/");
    }

    @Override
    public void health() throws Trouble {
        line.get("");
        line.health();
    }

    @Override
    public void close() {
        line.close();
    }
}
