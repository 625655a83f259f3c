package barograph.probe;

import barograph.login.Step;
import barograph.login.Trial;
import barograph.secrets.Secrets;
import barograph.site.At;
import barograph.site.BootHook;
import barograph.site.Commands;
import barograph.site.Config;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec;
import barograph.site.ProbeSpec.Expect;
import barograph.site.Secret;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Stage;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes a probe down and tries it.
record Try(
        String via,
        String host,
        int port,
        String user,
        String password,
        Expect expect,
        Duration within,
        Map<String, String> options) {
    static Try of(String via, int port, String user, String password) {
        return new Try(via, "127.0.0.1", port, user, password, Expect.ACCEPT, Duration.ofSeconds(10), Map.of());
    }

    Try with(String option, String value) {
        Map<String, String> more = new HashMap<>(options);
        more.put(option, value);
        return new Try(via, host, port, user, password, expect, within, more);
    }

    Try within(Duration limit) {
        return new Try(via, host, port, user, password, expect, limit, options);
    }

    Try at(String otherHost, int otherPort) {
        return new Try(via, otherHost, otherPort, user, password, expect, within, options);
    }

    Try expectingReject() {
        return new Try(via, host, port, user, password, Expect.REJECT, within, options);
    }

    Trial run() {
        Map<String, Secret> secrets = new HashMap<>();
        options.forEach((name, value) -> secrets.put(name, Secret.of(value)));
        ProbeSpec probe = new ProbeSpec(
                new ProbeId("tested"), via, user, Secret.of(password), Optional.of("staff"), expect, within, secrets);
        Probes probes = new Probes(new Secrets(Path.of("")), InstantSource.system(), new SecureRandom());
        return probes.probe(probe, server(host, port));
    }

    static List<Step> steps(Trial trial) {
        return trial.steps().stream().map(Trial.Stride::step).toList();
    }

    private static Server server(String host, int port) {
        Commands none = new Commands(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new BootHook.None(),
                Duration.ofSeconds(10));
        return new Server(
                new ServerId("real"),
                "files",
                new At.Local(),
                Stage.CANARY,
                host,
                port,
                new Config("/nowhere", List.of(), List.of()),
                none,
                Optional.empty(),
                List.of("*"),
                List.of());
    }
}
