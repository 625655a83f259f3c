package barograph.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What Keycloak's admin API tells of a realm, as files.
final class RealmFiles {
    static final String REALM = "realm.json";
    static final String CLIENTS = "clients/";
    static final String SCOPES = "client-scopes/";
    static final String COMPONENTS = "components/";
    static final String PROVIDERS = "identity-providers/";
    static final String ACTIONS = "required-actions/";
    static final String FLOWS = "flows/";
    /// Told and compared, and not changed from here.
    static final List<String> OTHERS = List.of("authenticator-configs/", "other/");

    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> flowNames = new HashMap<>();

    private RealmFiles() {}

    /// @param realm the realm's own settings
    /// @param clients with their secrets, which an export would mask
    /// @param export everything else
    static Tree tree(JsonNode realm, JsonNode clients, JsonNode export) {
        RealmFiles files = new RealmFiles();
        export.path("authenticationFlows").forEach(files::flow);
        files.realm((ObjectNode) realm);
        clients.forEach(files::client);
        export.path("clientScopes").forEach(scope -> files.put(SCOPES, "name", scope));
        for (Map.Entry<String, JsonNode> type : export.path("components").properties()) {
            files.components(COMPONENTS, type.getKey(), type.getValue());
        }
        export.path("identityProviders").forEach(provider -> files.put(PROVIDERS, "alias", provider));
        export.path("identityProviderMappers")
                .forEach(mapper -> files.put(
                        PROVIDERS + name(mapper.path("identityProviderAlias").asString("")) + "/", "name", mapper));
        export.path("requiredActions").forEach(action -> files.put(ACTIONS, "alias", action));
        export.path("authenticatorConfig").forEach(config -> files.put(OTHERS.getFirst(), "alias", config));
        for (String rest : List.of(
                "defaultDefaultClientScopes",
                "defaultOptionalClientScopes",
                "scopeMappings",
                "clientScopeMappings",
                "localizationTexts")) {
            if (!export.path(rest).isEmpty()) {
                files.objects.put(
                        OTHERS.getLast() + rest + ".json", Json.object().set(rest, sorted(export.path(rest))));
            }
        }
        TreeMap<String, String> texts = new TreeMap<>();
        files.objects.forEach((path, object) -> texts.put(path, Json.text(object)));
        return new Tree(texts, files.ids);
    }

    /// Of a list in which the order means nothing.
    private static JsonNode sorted(JsonNode node) {
        if (!(node instanceof ArrayNode list)) {
            return node;
        }
        ArrayNode fresh = list.arrayNode();
        list.valueStream()
                .sorted(java.util.Comparator.comparing(JsonNode::toString))
                .forEach(fresh::add);
        return fresh;
    }

    /// What the realm says twice, as a field and as an attribute, is told once.
    private void realm(ObjectNode realm) {
        ids.put(REALM, realm.path("id").asString(""));
        ObjectNode told = realm.deepCopy();
        told.remove("defaultRole");
        if (told.get("attributes") instanceof ObjectNode attributes) {
            Json.members(attributes).keySet().stream().filter(told::has).forEach(attributes::remove);
        }
        objects.put(REALM, told);
    }

    private void client(JsonNode client) {
        ObjectNode told = (ObjectNode) client.deepCopy();
        if (told.get("authenticationFlowBindingOverrides") instanceof ObjectNode overrides) {
            Json.members(overrides)
                    .forEach((name, id) ->
                            overrides.put(name, flowNames.getOrDefault(id.asString(""), id.asString(""))));
        }
        put(CLIENTS, "clientId", told);
    }

    /// Its executions are told in their order.
    private void flow(JsonNode flow) {
        flowNames.put(flow.path("id").asString(""), flow.path("alias").asString(""));
        put(FLOWS, "alias", flow);
    }

    /// Components lie in each other: a directory, and its mappers below it.
    private void components(String folder, String type, JsonNode components) {
        for (JsonNode component : components) {
            ObjectNode told = (ObjectNode) component.deepCopy();
            told.put("providerType", type);
            told.remove("subComponents");
            if (told.get("config") instanceof ObjectNode config) {
                Json.members(config).forEach((name, values) -> config.set(name, sorted(values)));
            }
            String sort = component.path("subType").asString("");
            String base = name(component.path("name").asString("")) + (sort.isEmpty() ? "" : " (" + sort + ")");
            String path = folder + base + ".json";
            for (int twin = 2; objects.containsKey(path); twin++) {
                path = folder + base + " " + twin + ".json";
            }
            objects.put(path, told);
            ids.put(path, component.path("id").asString(""));
            for (Map.Entry<String, JsonNode> below :
                    component.path("subComponents").properties()) {
                components(path.substring(0, path.length() - ".json".length()) + "/", below.getKey(), below.getValue());
            }
        }
    }

    private void put(String folder, String nameField, JsonNode object) {
        String path = folder + name(object.path(nameField).asString("")) + ".json";
        objects.put(path, (ObjectNode) object);
        String id = object.path("id").asString(object.path("internalId").asString(""));
        if (!id.isEmpty()) {
            ids.put(path, id);
        }
        object.path("protocolMappers")
                .forEach(mapper -> ids.put(
                        path + "#" + mapper.path("name").asString(""),
                        mapper.path("id").asString("")));
    }

    /// A name as the name of a file: `https:%2F%2Fsp.example` for a client that is called by an address.
    static String name(String name) {
        StringBuilder safe = new StringBuilder();
        name.chars().forEach(c -> {
            boolean plain =
                    c != '/' && c != '\\' && c != '%' && !Character.isISOControl(c) && (c != '.' || !safe.isEmpty());
            safe.append(plain ? String.valueOf((char) c) : "%%%02X".formatted(c));
        });
        return safe.toString();
    }

    /// The field that an object's file is named by; empty where it has none.
    static String nameField(String path) {
        if (path.startsWith(CLIENTS)) {
            return "clientId";
        }
        if (path.startsWith(SCOPES) || path.startsWith(COMPONENTS)) {
            return "name";
        }
        if (path.startsWith(PROVIDERS)) {
            return path.indexOf('/', PROVIDERS.length()) < 0 ? "alias" : "name";
        }
        return path.startsWith(ACTIONS) || path.startsWith(FLOWS) ? "alias" : "";
    }

    /// The name that a file stands for.
    static String named(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1, path.length() - ".json".length());
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < file.length(); i++) {
            boolean code = file.charAt(i) == '%' && i + 2 < file.length();
            name.append(code ? (char) Integer.parseInt(file.substring(i + 1, i + 3), 16) : file.charAt(i));
            i += code ? 2 : 0;
        }
        return name.toString();
    }
}
