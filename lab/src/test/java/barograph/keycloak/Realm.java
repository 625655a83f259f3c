package barograph.keycloak;

import barograph.api.ApiGuards;
import barograph.api.ApiInspector;
import barograph.change.ChangeId;
import barograph.change.Edit;
import barograph.form.Read;
import barograph.kinds.Kinds;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.probe.Probes;
import barograph.record.Digest;
import barograph.secrets.Secrets;
import barograph.servers.RealKeycloak;
import barograph.site.ProbeSpec;
import barograph.site.Server;
import barograph.site.Site;
import barograph.site.SiteFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;

/// One realm as a server of a site, and its guard in a controller's folder.
final class Realm implements AutoCloseable {
    static final ChangeId CHANGE = new ChangeId("redirects");
    static final Digest DIGEST = Digest.of("a change");
    static final Duration LEASE = Duration.ofMinutes(10);

    final Path folder;
    final Server server;
    final Site site;
    final ApiGuards guards;
    final ApiInspector inspector;
    private final Secrets secrets;

    /// @param at where its admin API is reached
    Realm(Path folder, RealKeycloak keycloak, String realm, String at) throws IOException {
        this.folder = folder;
        Files.writeString(folder.resolve("admin-password"), RealKeycloak.ADMIN_PASSWORD + "\n");
        this.site = site(keycloak, realm, at);
        this.server = site.servers().getFirst();
        this.secrets = new Secrets(folder);
        this.guards = new ApiGuards(folder.resolve("api"), secrets);
        this.inspector = new ApiInspector(folder.resolve("api"), secrets);
    }

    static String yaml(RealKeycloak keycloak, String name, String stage, String realm, String at) {
        return """
                  %s:
                    kind: keycloak
                    at: local
                    stage: %s
                    port: %d
                    log: %s
                    limit: 5m
                    api: { at: "%s", realm: %s, user: %s, password: "file:admin-password", ca: "file:%s" }
                """.formatted(
                name, stage, keycloak.port(), keycloak.log(), at, realm, RealKeycloak.ADMIN, keycloak.authority());
    }

    static String probe(RealKeycloak keycloak, String name, String via, String realm) {
        return "  " + name + ": { via: " + via + ", user: alice, password: \"file:alice\", issuer: \"/realms/" + realm
                + "\", client-id: portal, client-secret: \"file:portal\", ca: \"file:" + keycloak.authority()
                + "\", within: 60s" + (via.equals("oidc-code") ? ", redirect-uri: \"https://portal.example/cb\"" : "")
                + ", claim: department=sales }\n";
    }

    private Site site(RealKeycloak keycloak, String realm, String at) throws IOException {
        Files.writeString(folder.resolve("alice"), "alice-pw\n");
        Files.writeString(folder.resolve("portal"), "portal-secret\n");
        String yaml = """
                site: realms
                parties:
                  us: { role: operator, name: Ops, people: [ { id: omar, mail: omar@ops.example, may: [operate] } ] }
                servers:
                """
                + yaml(keycloak, "keycloak-1", "canary", realm, at)
                + "probes:\n"
                + probe(keycloak, "code", "oidc-code", realm)
                + probe(keycloak, "password", "oidc-password", realm)
                + probe(keycloak, "refresh", "oidc-refresh", realm)
                + "gates: { rehearsal: optional }\n";
        return switch (SiteFile.read(
                "site.yaml", yaml.getBytes(StandardCharsets.UTF_8), Kinds.builtIn(), Probes.KINDS)) {
            case Read.Good<Site>(Site good) -> good;
            case Read.Bad<Site> bad -> throw new AssertionError(bad.problems().toString());
        };
    }

    Probes prober() {
        return new Probes(secrets, Clock.systemUTC(), new Random(1));
    }

    ProbeSpec probe(String name) {
        return site.probes().stream()
                .filter(probe -> probe.id().value().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// Objects to lay over, by their paths; an empty text takes one out.
    static Edit edit(Map<String, String> files) {
        List<Edit.Put> puts = files.entrySet().stream()
                .filter(file -> !file.getValue().isEmpty())
                .map(file -> new Edit.Put(file.getKey(), 0640, file.getValue().getBytes(StandardCharsets.UTF_8)))
                .toList();
        List<String> removals = files.entrySet().stream()
                .filter(file -> file.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        return new Edit.Overlay(puts, removals);
    }

    Receipt snapshot() {
        return guards.send(server, new Order.Snapshot(CHANGE));
    }

    Receipt apply(Edit edit) {
        return guards.send(server, new Order.Apply(CHANGE, DIGEST, edit, Order.Activation.RELOAD, LEASE));
    }

    Receipt rollBack() {
        return guards.send(server, new Order.RollBack(CHANGE));
    }

    SortedMap<String, String> files() {
        return guards.files(server);
    }

    /// The paths that differ, for a message.
    static List<String> differ(SortedMap<String, String> one, SortedMap<String, String> other) {
        return java.util.stream.Stream.of(one.keySet(), other.keySet())
                .flatMap(java.util.Collection::stream)
                .distinct()
                .filter(path -> !java.util.Objects.equals(one.get(path), other.get(path)))
                .map(path -> path + "\n" + one.get(path) + "\n" + other.get(path) + Arrays.toString(new int[0]))
                .toList();
    }

    @Override
    public void close() {
        guards.close();
    }
}
