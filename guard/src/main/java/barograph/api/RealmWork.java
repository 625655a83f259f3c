package barograph.api;

import barograph.api.Door.Trouble;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The requests that bring an object of a realm to what it is to be.
final class RealmWork {
    private final RealmLine line;
    private final Tree live;
    private final Tree goal;

    RealmWork(RealmLine line, Tree live, Tree goal) {
        this.line = line;
        this.live = live;
        this.goal = goal;
    }

    void bring(String path) throws Trouble {
        if (path.equals(RealmFiles.REALM)) {
            line.send("PUT", "", Optional.of(emptied(path)));
        } else if (path.startsWith(RealmFiles.CLIENTS)) {
            client(path);
        } else if (path.startsWith(RealmFiles.SCOPES)) {
            scope(path);
        } else if (path.startsWith(RealmFiles.COMPONENTS)) {
            component(path);
        } else if (path.startsWith(RealmFiles.PROVIDERS)) {
            provider(path);
        } else if (path.startsWith(RealmFiles.ACTIONS)) {
            String action = RealmLine.encoded(RealmFiles.named(path));
            line.send(
                    "PUT",
                    "/authentication/required-actions/" + action,
                    goal.file(path).map(Json::own));
        } else if (path.startsWith(RealmFiles.FLOWS)) {
            flow(path);
        }
    }

    /// Makes, changes or takes away one object that lies in a list.
    private void one(String path, String list, Optional<String> key, ObjectNode body) throws Trouble {
        boolean wanted = goal.files().containsKey(path);
        if (key.isEmpty() || !live.files().containsKey(path)) {
            goal.id(path).ifPresent(id -> body.put("id", id));
            line.send("POST", list, Optional.of(body));
        } else if (wanted) {
            line.send("PUT", list + "/" + key.get(), Optional.of(body));
        } else {
            line.send("DELETE", list + "/" + key.get(), Optional.empty());
        }
    }

    /// What is to be, and empty what is there and is not to be.
    private ObjectNode emptied(String path) {
        ObjectNode wanted = goal.file(path).map(Json::own).orElseGet(Json::object);
        return live.file(path).map(now -> Json.emptied(wanted, Json.own(now))).orElse(wanted);
    }

    private void client(String path) throws Trouble {
        ObjectNode body = named(path, emptied(path));
        if (body.get("authenticationFlowBindingOverrides") instanceof ObjectNode overrides) {
            Json.members(overrides)
                    .forEach((name, flow) -> overrides.put(
                            name,
                            live.id(RealmFiles.FLOWS + RealmFiles.name(flow.asString("")) + ".json")
                                    .orElse(flow.asString(""))));
        }
        one(path, "/clients", live.id(path), body);
        if (live.files().containsKey(path) && goal.files().containsKey(path)) {
            scopes(path, "defaultClientScopes", "/default-client-scopes/");
            scopes(path, "optionalClientScopes", "/optional-client-scopes/");
        }
    }

    /// A client's scopes are not changed with the client, but one by one.
    private void scopes(String path, String field, String list) throws Trouble {
        Set<String> wanted = texts(goal, path, field);
        Set<String> there = texts(live, path, field);
        String client = "/clients/" + live.id(path).orElseThrow();
        for (String scope : there) {
            if (!wanted.contains(scope)) {
                line.send("DELETE", client + list + scopeId(scope), Optional.empty());
            }
        }
        for (String scope : wanted) {
            if (!there.contains(scope)) {
                line.send("PUT", client + list + scopeId(scope), Optional.empty());
            }
        }
    }

    private String scopeId(String scope) throws Trouble {
        return live.id(RealmFiles.SCOPES + RealmFiles.name(scope) + ".json")
                .orElseThrow(() -> new Trouble(Trouble.Sort.REFUSED, "there is no client scope " + scope));
    }

    private static Set<String> texts(Tree tree, String path, String field) {
        TreeSet<String> texts = new TreeSet<>();
        tree.file(path).ifPresent(text -> Json.own(text).path(field).forEach(each -> texts.add(each.asString())));
        return texts;
    }

    private void scope(String path) throws Trouble {
        ObjectNode body = named(path, emptied(path));
        one(path, "/client-scopes", live.id(path), body);
        if (live.files().containsKey(path) && goal.files().containsKey(path)) {
            mappers(path, "/client-scopes/" + live.id(path).orElseThrow() + "/protocol-mappers/models");
        }
    }

    /// A scope's mappers are not changed with the scope, but one by one.
    private void mappers(String path, String list) throws Trouble {
        Map<String, JsonNode> wanted =
                mappers(named(path, Json.own(goal.file(path).orElseThrow())));
        Map<String, JsonNode> there = mappers(Json.own(live.file(path).orElseThrow()));
        TreeSet<String> names = new TreeSet<>(wanted.keySet());
        names.addAll(there.keySet());
        for (String name : names) {
            Optional<JsonNode> mapper = Optional.ofNullable(wanted.get(name));
            Optional<String> id = live.id(path + "#" + name);
            if (id.isEmpty()) {
                line.send("POST", list, mapper);
            } else if (mapper.isEmpty()) {
                line.send("DELETE", list + "/" + id.get(), Optional.empty());
            } else if (!bare(mapper.get()).equals(bare(there.getOrDefault(name, Json.object())))) {
                line.send("PUT", list + "/" + id.get(), mapper);
            }
        }
    }

    private static Map<String, JsonNode> mappers(ObjectNode object) {
        Map<String, JsonNode> mappers = new HashMap<>();
        object.path("protocolMappers")
                .forEach(mapper -> mappers.put(mapper.path("name").asString(""), mapper));
        return mappers;
    }

    private static JsonNode bare(JsonNode mapper) {
        ObjectNode bare = (ObjectNode) mapper.deepCopy();
        bare.remove("id");
        return bare;
    }

    /// With the names that the server has for its mappers, or had.
    private ObjectNode named(String path, ObjectNode body) {
        if (body.get("protocolMappers") instanceof ArrayNode mappers) {
            mappers.forEach(mapper -> {
                String key = path + "#" + mapper.path("name").asString("");
                live.id(key).or(() -> goal.id(key)).ifPresent(id -> ((ObjectNode) mapper).put("id", id));
            });
        }
        return body;
    }

    /// What lies in a component that is not there yet waits for the next turn.
    private void component(String path) throws Trouble {
        int slash = path.lastIndexOf('/');
        String parent = slash < RealmFiles.COMPONENTS.length() ? RealmFiles.REALM : path.substring(0, slash) + ".json";
        Optional<String> parentId =
                live.id(parent).or(() -> goal.files().containsKey(parent) ? goal.id(parent) : Optional.empty());
        if (parentId.isEmpty()) {
            return;
        }
        ObjectNode body = emptied(path).put("parentId", parentId.get());
        live.id(path).ifPresent(id -> body.put("id", id));
        one(path, "/components", live.id(path), body);
    }

    private void provider(String path) throws Trouble {
        int slash = path.indexOf('/', RealmFiles.PROVIDERS.length());
        if (slash < 0) {
            ObjectNode body = emptied(path);
            live.id(path).ifPresent(id -> body.put("internalId", id));
            String alias = RealmLine.encoded(RealmFiles.named(path));
            one(path, "/identity-provider/instances", Optional.of(alias), body);
        } else {
            String alias = RealmLine.encoded(RealmFiles.named(path.substring(0, slash) + ".json"));
            ObjectNode body = emptied(path);
            live.id(path).ifPresent(id -> body.put("id", id));
            one(path, "/identity-provider/instances/" + alias + "/mappers", live.id(path), body);
        }
    }

    /// Step by step, in their order.
    private void flow(String path) throws Trouble {
        String executions = "/authentication/flows/" + RealmLine.encoded(RealmFiles.named(path)) + "/executions";
        List<JsonNode> there = RealmFlows.own(line.get(executions));
        List<JsonNode> wanted = new ArrayList<>();
        Json.own(goal.file(path).orElseThrow()).path(RealmFlows.STEPS).forEach(wanted::add);
        for (int i = 0; i < Math.min(there.size(), wanted.size()); i++) {
            String requirement = wanted.get(i).path(RealmFlows.REQUIREMENT).asString("");
            if (!there.get(i).path(RealmFlows.REQUIREMENT).asString("").equals(requirement)) {
                ObjectNode step = ((ObjectNode) there.get(i)).deepCopy();
                line.send("PUT", executions, Optional.of(step.put(RealmFlows.REQUIREMENT, requirement)));
            }
        }
    }
}
