package barograph.form;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Forms as JSON Schema (2020-12), for editors that complete and check what a person writes.
public final class Schemas {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Schemas() {}

    /// A whole schema document, indented, with a line end behind it.
    ///
    /// @param id the address that it is known by
    /// @param title what sort of file it describes
    public static String document(String id, String title, Form<?> form) {
        ObjectNode document = empty();
        document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.put("$id", id);
        document.put("title", title);
        document.setAll(form.schema());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    }

    static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode type(String type) {
        return empty().put("type", type);
    }

    static ObjectNode types(String... types) {
        ObjectNode schema = empty();
        ArrayNode list = schema.putArray("type");
        for (String type : types) {
            list.add(type);
        }
        return schema;
    }

    static ObjectNode anyOf(ObjectNode... schemas) {
        ObjectNode schema = empty();
        ArrayNode list = schema.putArray("anyOf");
        for (ObjectNode one : schemas) {
            list.add(one);
        }
        return schema;
    }
}
