package barograph.corpus;

import barograph.kinds.Kinds;
import barograph.site.Commands;
import barograph.site.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A site's folder over the servers of a stand: its `site.yaml`, secrets, and the change to be tried.
///
/// The site's file is written as JSON, which is YAML too: commands need no quoting then.
final class Grounds {
    static final String BACKUP = "backup-1";
    static final String CANARY = "canary-1";
    static final String REST = "rest-1";

    private static final String PARTIES = """
            {"acme": {"role": "customer", "name": "Acme", "people":
                 [{"id": "dana", "mail": "dana@acme.example", "may": ["request"]}]},
             "us": {"role": "operator", "name": "Ops", "people":
                 [{"id": "omar", "mail": "omar@ops.example", "may": ["operate"]}]}}""";

    /// As a real site's, some hundred times faster: half an hour of watching becomes half a minute.
    private static final String WATCH = """
            {"bake": "4s", "at-most": "60s", "settle": "1500ms", "unit": "1s", "learn": "10m",
             "harmless-below": "10%", "quiet": "20s", "undecided": "roll-back", "blind": "roll-back",
             "probe-every": "2s"}""";

    private final Stand stand;
    private final Path folder;
    private final Map<String, Instance> servers;

    /// @param servers by their names in the site
    Grounds(Stand stand, Path folder, Map<String, Instance> servers) {
        this.stand = stand;
        this.folder = folder;
        this.servers = servers;
    }

    Path file() {
        return folder.resolve("site.yaml");
    }

    /// Writes the site's file anew.
    ///
    /// @param rehearsed whether there is a backup server, which must have tried it
    /// @param hidden the groups that have no probe; none where all have
    void write(boolean rehearsed, List<String> hidden) throws IOException {
        Map<String, ObjectNode> parts = new TreeMap<>();
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        servers.forEach((name, instance) -> {
            if (rehearsed || !name.equals(BACKUP)) {
                all.set(name, server(name, instance));
            }
        });
        parts.put("servers", all);
        ObjectNode probes = JsonNodeFactory.instance.objectNode();
        for (Crowd crowd : stand.crowds()) {
            if (!hidden.contains(crowd.name())) {
                probes(crowd).forEach(probes::set);
            }
        }
        parts.put("probes", probes);
        StringBuilder text = new StringBuilder("{\"site\": \"corpus\", \"parties\": " + PARTIES + ",\n");
        parts.forEach((name, node) ->
                text.append('"').append(name).append("\": ").append(node).append(",\n"));
        text.append("\"lease\": \"60s\", \"watch\": ").append(WATCH).append(",\n");
        text.append("\"gates\": {\"rehearsal\": \"")
                .append(rehearsed ? "required" : "optional")
                .append("\", \"claims\": \"optional\", \"forecast\": \"100%\"}}\n");
        Files.writeString(file(), text);
        secrets();
    }

    private void secrets() throws IOException {
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        for (Map.Entry<String, String> secret : stand.secrets().entrySet()) {
            Files.writeString(secrets.resolve(secret.getKey()), secret.getValue() + "\n");
        }
        for (Crowd crowd : stand.crowds()) {
            Files.writeString(secrets.resolve(crowd.person(0)), crowd.password(0) + "\n");
        }
    }

    private ObjectNode server(String name, Instance instance) {
        Kind kind = Objects.requireNonNull(Kinds.builtIn().get(stand.kind()), "a kind that there is");
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", stand.kind()).put("at", "local").put("host", "127.0.0.1");
        node.put("stage", name.substring(0, name.indexOf('-')));
        node.put("port", instance.port());
        node.putObject("config").put("root", instance.root().toString());
        node.putObject("log")
                .put("path", instance.log().toString())
                .put("grammar", stand.grammar().orElse(stand.kind()));
        Commands commands = kind.commands();
        command(node, "validate", commands.validate(), instance);
        command(node, "reload", commands.reload(), instance);
        command(node, "restart", commands.restart(), instance);
        command(node, "health", commands.health(), instance);
        command(node, "loaded", commands.loaded(), instance);
        node.put("boot-hook", "none").put("limit", "60s");
        return node;
    }

    /// The kind's own command, with the paths of this server in it, and without a service manager.
    private void command(ObjectNode node, String name, Optional<String> command, Instance instance) {
        command.ifPresent(text -> {
            String here = text;
            for (Map.Entry<String, String> each : stand.instead().entrySet()) {
                here = here.replace(each.getKey(), each.getValue());
            }
            here = here.replaceAll("restart_service \\S+", "'@HERE@/server' restart")
                    .replace("/run/systemd/system", "/nonexistent");
            node.put(name, instance.filled(here));
        });
    }

    /// One that must get in, and where passwords are typed one that must not.
    private static Map<String, ObjectNode> probes(Crowd crowd) {
        Map<String, ObjectNode> probes = new TreeMap<>();
        probes.put(crowd.name(), probe(crowd).put("password", "file:secrets/" + crowd.person(0)));
        if (!crowd.via().equals("ssh-key")) {
            ObjectNode wrong = probe(crowd).put("password", "not it").put("expect", "reject");
            wrong.remove("reply");
            probes.put(crowd.name() + "-wrong", wrong);
        }
        return probes;
    }

    private static ObjectNode probe(Crowd crowd) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("user", crowd.person(0));
        crowd.loginOf(0).forEach(node::put);
        return node.put("group", crowd.name()).put("within", "10s");
    }

    /// Writes a change down, as a customer would ask for it.
    Path change(Entry entry) throws IOException {
        Path root = Objects.requireNonNull(servers.get(CANARY)).root();
        Path change = folder.resolve("changes").resolve(entry.name());
        Path files = change.resolve("files");
        List<String> removed = new ArrayList<>();
        for (Touch touch : entry.touches()) {
            switch (touch) {
                case Touch.Replace(String file, String old, String by) -> {
                    String text = current(files, file, root);
                    if (!text.contains(old)) {
                        throw new IOException(entry.name() + ": " + file + " of " + stand.kind() + " does not hold: "
                                + old + "\nIt holds:\n" + text);
                    }
                    put(files.resolve(file), text.replace(old, by), 0644);
                }
                case Touch.Append(String file, String text) ->
                    put(files.resolve(file), current(files, file, root) + text, 0644);
                case Touch.Write(String file, String text, int mode) -> put(files.resolve(file), text, mode);
                case Touch.Remove(String file) -> removed.add(file);
            }
        }
        StringBuilder yaml = new StringBuilder();
        yaml.append("change: ").append(entry.name()).append('\n');
        yaml.append("title: ").append(quoted(entry.title())).append('\n');
        yaml.append("requested-by: acme/dana\nbecause: It is in the corpus.\n");
        if (Files.isDirectory(files)) {
            yaml.append("edit: files/\n");
        }
        if (!removed.isEmpty()) {
            yaml.append("remove: [ ")
                    .append(String.join(
                            ", ", removed.stream().map(Grounds::quoted).toList()))
                    .append(" ]\n");
        }
        Files.createDirectories(change);
        Files.writeString(change.resolve("change.yaml"), yaml);
        return change;
    }

    /// A file that has been touched already is touched once more.
    private static String current(Path files, String file, Path root) throws IOException {
        Path touched = files.resolve(file);
        return Files.readString(Files.exists(touched) ? touched : root.resolve(file));
    }

    private static void put(Path file, String text, int mode) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        StringBuilder bits = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            bits.append((mode & (1 << bit)) == 0 ? '-' : "rwxrwxrwx".charAt(8 - bit));
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(bits.toString()));
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.stringNode(text).toString();
    }
}
