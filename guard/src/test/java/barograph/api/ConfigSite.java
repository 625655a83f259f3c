package barograph.api;

import barograph.change.ChangeId;
import barograph.change.Edit;
import barograph.form.Read;
import barograph.kinds.Kinds;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.probe.Probes;
import barograph.record.Digest;
import barograph.secrets.Secrets;
import barograph.servers.RealConfigSlapd;
import barograph.site.Server;
import barograph.site.Site;
import barograph.site.SiteFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A slapd with `cn=config` as a server of a site, and its guard in a controller's folder.
final class ConfigSite {
    static final ChangeId CHANGE = new ChangeId("access");
    static final Digest DIGEST = Digest.of("a change");
    static final Duration LEASE = Duration.ofMinutes(10);
    static final String ACCESS = """
            dn: olcDatabase={1}mdb,cn=config
            changetype: modify
            replace: olcAccess
            olcAccess: {0}to attrs=userPassword by self write by * none
            olcAccess: {1}to * by * read
            """;

    final Site site;
    final Server server;

    /// @param port where its LDAP is reached
    ConfigSite(Path folder, int port) throws IOException {
        Files.writeString(folder.resolve("config-password"), RealConfigSlapd.CONFIG_PASSWORD + "\n");
        Files.writeString(folder.resolve("probe-password"), "probe-pw\n");
        String yaml = """
                site: directories
                parties:
                  us: { role: operator, name: Ops, people: [ { id: omar, mail: omar@ops.example, may: [operate] } ] }
                servers:
                  slapd-1:
                    kind: slapd-config
                    at: local
                    stage: canary
                    port: %1$d
                    log: none
                    limit: 20s
                    api: { at: "ldap://127.0.0.1:%1$d", user: "%2$s", password: "file:config-password" }
                probes:
                  bind: { via: ldap-bind, user: "uid=probe,ou=people,dc=example,dc=org", password: "file:probe-password", tls: none }
                """.formatted(port, RealConfigSlapd.CONFIG_DN);
        site = switch (SiteFile.read(
                "site.yaml", yaml.getBytes(StandardCharsets.UTF_8), Kinds.builtIn(), Probes.KINDS)) {
            case Read.Good<Site>(Site good) -> good;
            case Read.Bad<Site> bad -> throw new AssertionError(bad.problems().toString());
        };
        server = site.servers().getFirst();
    }

    static ApiGuards guards(Path folder, Ticks ticks) {
        return new ApiGuards(folder.resolve("api"), new Secrets(folder), ticks);
    }

    static Edit edit(String path, String text) {
        return text.isEmpty()
                ? new Edit.Overlay(List.of(), List.of(path))
                : new Edit.Overlay(List.of(new Edit.Put(path, 0640, text.getBytes(StandardCharsets.UTF_8))), List.of());
    }

    Receipt snapshot(ApiGuards guards) {
        return guards.send(server, new Order.Snapshot(CHANGE));
    }

    Receipt apply(ApiGuards guards, Edit edit, Duration lease) {
        return guards.send(server, new Order.Apply(CHANGE, DIGEST, edit, Order.Activation.RELOAD, lease));
    }

    Receipt rollBack(ApiGuards guards) {
        return guards.send(server, new Order.RollBack(CHANGE));
    }
}
