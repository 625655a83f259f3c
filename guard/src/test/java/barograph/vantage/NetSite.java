package barograph.vantage;

import barograph.probe.Probes;
import barograph.site.At;
import barograph.site.BootHook;
import barograph.site.Commands;
import barograph.site.Config;
import barograph.site.GateRules;
import barograph.site.LogSource;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec;
import barograph.site.ProbeSpec.Expect;
import barograph.site.Secret;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Site;
import barograph.site.Stage;
import barograph.site.WatchRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Two RADIUS servers and a directory, each in a network of its own, as the controller of the lab knows them.
///
/// @param folder where their folders are: `radius-1`, `radius-2`, `directory`
/// @param ports of the three, in this order
record NetSite(Path folder, List<Integer> ports) {
    static final ServerId CHANGED = new ServerId("radius-1");
    static final ServerId UNCHANGED = new ServerId("radius-2");
    static final ServerId DIRECTORY = new ServerId("directory");

    static final String CONTROLLER_AT = "10.77.1.2";
    static final String DIRECTORY_AT = "10.77.4.2";
    static final String DIRECTORY_NAME = "dir.lab.test";

    Site site() {
        return new Site(
                "lab",
                List.of(),
                List.of(
                        server(CHANGED, "freeradius", "10.77.2.2", ports.get(0)),
                        server(UNCHANGED, "freeradius", "10.77.3.2", ports.get(1)),
                        server(DIRECTORY, "slapd", DIRECTORY_AT, ports.get(2))),
                List.of(
                        probe("staff", "radius-pap", "alice", radius()),
                        probe("guests", "radius-pap", "bob", radius()),
                        probe("wifi", "eap-ttls", "alice", tunnel()),
                        probe("people", "ldap-bind", "uid=alice,ou=people,dc=example,dc=org", ldaps())),
                Duration.ofMinutes(1),
                new WatchRules(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        Duration.ofDays(1),
                        0.01,
                        0.02,
                        Duration.ofMinutes(1),
                        WatchRules.Policy.ASK,
                        WatchRules.Policy.ASK,
                        Duration.ofSeconds(5)),
                new GateRules(false, false, 1, Map.of()),
                Optional.empty());
    }

    private Server server(ServerId id, String kind, String address, int port) {
        boolean radius = kind.equals("freeradius");
        Path own = folder.resolve(id.value());
        return new Server(
                id,
                kind,
                new At.Ssh("root", address, 22),
                Stage.CANARY,
                address,
                port,
                new Config(own.resolve(radius ? "raddb" : "etc").toString(), List.of(), List.of()),
                new Commands(
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Duration.ZERO,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new BootHook.None(),
                        Duration.ofSeconds(10)),
                Optional.of(new LogSource(
                        own.resolve(radius ? "log/radius.log" : "log/slapd.log").toString(), kind)),
                radius ? List.of("radius-*", "eap-*") : List.of("ldap-*"),
                List.of());
    }

    private static ProbeSpec probe(String id, String via, String user, Map<String, Secret> options) {
        String name = user.replaceAll("^uid=|,.*$", "");
        boolean known = Probes.KINDS.stream().anyMatch(kind -> kind.name().equals(via));
        if (!known) {
            throw new IllegalArgumentException(via);
        }
        return new ProbeSpec(
                new ProbeId(id),
                via,
                user,
                new Secret.Plain(name + "-pw"),
                Optional.empty(),
                Expect.ACCEPT,
                Duration.ofSeconds(8),
                options);
    }

    private static Map<String, Secret> radius() {
        return Map.of("secret", new Secret.Plain(barograph.servers.RealFreeRadius.SECRET));
    }

    private Map<String, Secret> tunnel() {
        return Map.of("secret", new Secret.Plain(barograph.servers.RealFreeRadius.SECRET), "ca", authority());
    }

    private Map<String, Secret> ldaps() {
        return Map.of("tls", new Secret.Plain("ldaps"), "ca", authority());
    }

    private Secret authority() {
        return new Secret.Plain(folder.resolve("certificates/ca.pem").toString());
    }
}
