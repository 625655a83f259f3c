package barograph.guard;

import barograph.host.Host;
import barograph.host.Hosts;
import barograph.host.Result;
import barograph.site.LogSource;
import barograph.site.Server;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks at a server's host, in one round trip. Changes nothing there.
public final class FactFinder {
    private static final Duration SPARE = Duration.ofSeconds(20);

    private final Hosts hosts;
    private final String place;
    private final InstantSource clock;
    private final String script = new String(Scripts.read("facts.sh"), StandardCharsets.UTF_8);

    /// @param state the guard's own folder, absolute, on every host; empty for each host's usual place
    public FactFinder(Hosts hosts, Optional<String> state, InstantSource clock) {
        this.hosts = hosts;
        this.place = GuardScript.place(state);
        this.clock = clock;
    }

    /// What is found; empty where the host does not answer, which the guard tells in more words.
    public Optional<HostFacts> look(Server server) {
        String words = Stream.of(
                        server.config().root(),
                        server.log().map(LogSource::path).orElse(""),
                        Integer.toString(server.port()),
                        server.commands().validate().orElse(""),
                        server.commands().health().orElse(""))
                .map(Host::quote)
                .collect(Collectors.joining(" "));
        Duration limit = server.commands().limit().multipliedBy(2).plus(SPARE);
        Result result = hosts.at(server.at()).run(place + "\nset -- " + words + "\n" + script, new byte[0], limit);
        return result instanceof Result.Ran ran
                ? Optional.of(HostFacts.read(ran.text(), clock.instant().getEpochSecond()))
                : Optional.empty();
    }
}
