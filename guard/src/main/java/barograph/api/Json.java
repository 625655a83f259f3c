package barograph.api;

import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON objects of Keycloak in one way of writing: fields in order, sets in order, and without what says nothing.
///
/// Keycloak cannot be told to forget a text, only to make it empty, and treats an empty one as none; so an empty text
/// is
/// none here. What only the server itself names, its ids, is taken out.
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter WRITER = MAPPER.writer()
            .with(new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT));
    /// The server's own names for things, and what it says of the one who asks.
    private static final Set<String> OWN = Set.of("id", "internalId", "containerId", "parentId", "access", "flowId");
    /// Lists in which the order means nothing, and which Keycloak tells in any.
    private static final Set<String> SETS = Set.of(
            "redirectUris",
            "webOrigins",
            "defaultClientScopes",
            "optionalClientScopes",
            "eventsListeners",
            "enabledEventTypes",
            "supportedLocales",
            "requiredCredentials",
            "roles");
    /// Maps of texts.
    private static final Set<String> MAPS =
            Set.of("attributes", "config", "authenticationFlowBindingOverrides", "smtpServer");

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// @throws Door.Unfit with line and column, where it is no JSON object
    static ObjectNode parse(String path, String text) throws Door.Unfit {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new Door.Unfit(path + " is not JSON, line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage());
        }
        throw new Door.Unfit(path + " holds no JSON object: { … }");
    }

    /// What was written by [#text].
    static ObjectNode own(String text) {
        return (ObjectNode) MAPPER.readTree(text);
    }

    static String text(ObjectNode object) {
        return WRITER.writeValueAsString(canonical(object, true)) + "\n";
    }

    private static ObjectNode canonical(ObjectNode object, boolean bare) {
        ObjectNode fresh = object();
        new TreeMap<>(members(object)).forEach((name, value) -> {
            boolean empty = value.isNull()
                    || (bare && value.isString() && value.stringValue().isEmpty());
            if (!empty && !OWN.contains(name)) {
                fresh.set(name, canonical(name, value));
            }
        });
        return fresh;
    }

    private static JsonNode canonical(String name, JsonNode value) {
        return switch (value) {
            case ObjectNode map -> canonical(map, MAPS.contains(name));
            case ArrayNode list -> list(name, list);
            default -> value;
        };
    }

    /// Mappers are told apart by their names; a list of texts that is a set is in order.
    private static ArrayNode list(String name, ArrayNode list) {
        ArrayNode fresh = JsonNodeFactory.instance.arrayNode();
        if (name.equals("protocolMappers")) {
            TreeMap<String, JsonNode> byName = new TreeMap<>();
            list.forEach(mapper -> byName.put(mapper.path("name").asString(""), canonical(name, mapper)));
            byName.values().forEach(fresh::add);
        } else if (SETS.contains(name)) {
            TreeSet<String> texts = new TreeSet<>();
            list.forEach(text -> texts.add(text.asString()));
            texts.forEach(fresh::add);
        } else {
            list.forEach(item -> fresh.add(canonical("", item)));
        }
        return fresh;
    }

    static java.util.Map<String, JsonNode> members(ObjectNode object) {
        TreeMap<String, JsonNode> members = new TreeMap<>();
        object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return members;
    }

    /// Lays one object over another: what it does not name stays, what it says `null` to goes (RFC 7396). Mappers are
    /// laid
    /// over those of the same name.
    static ObjectNode merged(ObjectNode before, ObjectNode over) {
        ObjectNode merged = before.deepCopy();
        members(over).forEach((name, value) -> {
            if (value.isNull()) {
                merged.remove(name);
            } else if (value instanceof ObjectNode map) {
                merged.set(name, merged(merged.get(name) instanceof ObjectNode old ? old : object(), map));
            } else {
                merged.set(name, value);
            }
        });
        return merged;
    }

    /// What is in `live` and not in `goal`, emptied, so that the server gives it up: texts, lists and maps can be.
    static ObjectNode emptied(ObjectNode goal, ObjectNode live) {
        ObjectNode full = goal.deepCopy();
        members(live).forEach((name, value) -> {
            JsonNode wanted = full.get(name);
            if (wanted == null) {
                switch (value) {
                    case ObjectNode map -> full.set(name, emptied(object(), map));
                    case ArrayNode _ -> full.putArray(name);
                    default -> {
                        if (value.isString()) {
                            full.put(name, "");
                        }
                    }
                }
            } else if (wanted instanceof ObjectNode map && value instanceof ObjectNode old) {
                full.set(name, emptied(map, old));
            }
        });
        return full;
    }
}
