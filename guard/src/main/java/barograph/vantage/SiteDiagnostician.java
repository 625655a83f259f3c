package barograph.vantage;

import barograph.diagnosis.Observation;
import barograph.diagnosis.Observation.Phase;
import barograph.diagnosis.Target;
import barograph.diagnosis.Vantage;
import barograph.host.Host;
import barograph.probe.RadiusPulse;
import barograph.runner.Diagnostician;
import barograph.runner.Prober;
import barograph.site.At;
import barograph.site.Clues;
import barograph.site.ProbeSpec;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;

/// Looks at a server of a site from the controller, its own host, and the hosts of other servers, all at once.
///
/// Only the probes' own logins are made, each once; hosts are asked by `look.sh`, which changes nothing.
public final class SiteDiagnostician implements Diagnostician {
    /// What all looks together may take beyond the probes' own limits.
    private static final Duration MARGIN = Duration.ofSeconds(15);

    private final Function<At, Host> hosts;
    private final Map<String, Clues> clues;
    private final Prober prober;
    private final Optional<RadiusPulse> pulse;
    private final Hands hands;

    /// @param clock by which certificates and clocks are judged
    /// @param workers one look each; may be shared
    public record Hands(InstantSource clock, ExecutorService workers) {}

    /// @param hosts by their places
    /// @param clues of each kind, by its name
    /// @param pulse asks RADIUS servers for signs of life; empty to leave them alone
    public SiteDiagnostician(
            Function<At, Host> hosts,
            Map<String, Clues> clues,
            Prober prober,
            Optional<RadiusPulse> pulse,
            Hands hands) {
        this.hosts = hosts;
        this.clues = Map.copyOf(clues);
        this.prober = prober;
        this.pulse = pulse;
        this.hands = hands;
    }

    @Override
    public List<Observation> look(Site site, ServerId id, Set<ServerId> beside, Instant since) {
        Server server = site.server(id)
                .orElseThrow(() -> new IllegalArgumentException("Server " + id + " is not in the site."));
        List<Server> others = beside.stream()
                .filter(each -> !each.equals(id))
                .flatMap(each -> site.server(each).stream())
                .toList();
        Duration longest = site.probes().stream()
                .map(ProbeSpec::within)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        Looks looks = new Looks(site, server, others);
        long end = System.nanoTime() + longest.plus(MARGIN).toNanos();
        Map<String, CompletableFuture<List<Observation>>> running = new LinkedHashMap<>();
        running.put("probes and log", run(() -> looks.tries(since)));
        running.put("hosts", run(looks::hosts));
        running.put("signs of life", run(looks::pulses));
        List<Observation> all = new ArrayList<>();
        running.forEach((what, future) -> all.addAll(await(what, future, end)));
        return all;
    }

    private interface Look {
        List<Observation> at();
    }

    private CompletableFuture<List<Observation>> run(Look look) {
        return CompletableFuture.supplyAsync(look::at, hands.workers());
    }

    private static List<Observation> await(String what, CompletableFuture<List<Observation>> future, long end) {
        try {
            return future.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return List.of(new Observation.Unseen(new Vantage.Controller(), what, "it took too long"));
        } catch (ExecutionException | CompletionException | CancellationException e) {
            throw new IllegalStateException("a look at " + what + " broke", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(new Observation.Unseen(new Vantage.Controller(), what, "it was interrupted"));
        }
    }

    /// Everything that is looked at for one server.
    private final class Looks {
        private final Site site;
        private final Server server;
        private final List<Server> others;
        private final Clues own;
        private final Target.Door door;

        Looks(Site site, Server server, List<Server> others) {
            this.site = site;
            this.server = server;
            this.others = others;
            this.own = clues.getOrDefault(server.kind(), Clues.NONE);
            this.door = new Target.Door(server.id(), server.host(), server.port());
        }

        /// The probes at all servers at once, between two looks at the log.
        List<Observation> tries(Instant since) {
            LogWords log = new LogWords(server, own, hosts.apply(server.at()));
            log.mark();
            List<CompletableFuture<List<Observation>>> running = new ArrayList<>();
            running.addAll(probesAt(server));
            others.forEach(other -> running.addAll(probesAt(other)));
            List<Observation> all = new ArrayList<>();
            running.forEach(future -> all.addAll(future.join()));
            all.addAll(log.read(since, users()));
            return all;
        }

        private List<CompletableFuture<List<Observation>>> probesAt(Server at) {
            return site.probes().stream()
                    .filter(probe -> at.speaks(probe.via()))
                    .map(probe -> run(() ->
                            List.of(new Observation.Tried(Phase.MEANWHILE, prober.probe(probe, at), probe.via()))))
                    .toList();
        }

        private List<String> users() {
            return site.probes().stream()
                    .filter(probe -> server.speaks(probe.via()))
                    .map(ProbeSpec::user)
                    .toList();
        }

        /// The server's files say first what is to be looked at; then each host looks for itself.
        List<Observation> hosts() {
            Backends.Found backends = new Backends(server, own).find(hosts.apply(server.at()));
            List<Observation> all = new ArrayList<>(backends.unseen());
            List<CompletableFuture<List<Observation>>> running = new ArrayList<>();
            running.add(run(() -> new HostEyes(hosts.apply(server.at()), new Vantage.HostOf(server.id()), hands.clock())
                    .look(atHome(backends), Optional.of(server.id()))));
            places().forEach((place, vantage) ->
                    running.add(run(() -> new HostEyes(hosts.apply(place), vantage, hands.clock())
                            .look(fromAway(backends), Optional.empty()))));
            running.forEach(future -> all.addAll(future.join()));
            return all;
        }

        /// The controller and the hosts of other servers, each place once.
        private Map<At, Vantage> places() {
            Map<At, Vantage> places = new LinkedHashMap<>();
            places.put(new At.Local(), new Vantage.Controller());
            others.forEach(other -> places.putIfAbsent(other.at(), new Vantage.HostOf(other.id())));
            places.remove(server.at());
            return places;
        }

        private boolean udp() {
            return server.speaks("radius-pap") && !server.speaks("imap") && !server.speaks("ldap-bind");
        }

        private List<Question> atHome(Backends.Found backends) {
            List<Question> questions = new ArrayList<>();
            if (Question.fit(door.host())) {
                questions.add(udp() ? Question.listens(door, true) : Question.connect(door, false));
                tls().ifPresent(start -> questions.add(Question.tls(door, start)));
            }
            backends.backends().forEach(backend -> questions.addAll(about(backend, backends)));
            return questions;
        }

        private List<Question> fromAway(Backends.Found backends) {
            List<Question> questions = new ArrayList<>();
            if (Question.fit(door.host())) {
                questions.add(Question.name(door));
                questions.add(Question.connect(door, udp()));
                tls().ifPresent(start -> questions.add(Question.tls(door, start)));
            }
            backends.backends().stream()
                    .filter(backend -> !Backends.loopback(backend.host()))
                    .forEach(backend -> questions.addAll(about(backend, backends)));
            return questions;
        }

        private static List<Question> about(Target.Backend backend, Backends.Found backends) {
            boolean udp = backend.speaks().equals("radius");
            List<Question> questions = new ArrayList<>(List.of(Question.name(backend), Question.connect(backend, udp)));
            if (backends.secured().contains(backend)) {
                questions.add(Question.tls(backend, Optional.empty()));
            }
            return questions;
        }

        /// How TLS begins at the door, by what the probes are told about it; empty where there is none.
        private Optional<Optional<String>> tls() {
            return site.probes().stream()
                    .filter(probe -> server.speaks(probe.via()))
                    .flatMap(probe -> Starts.of(probe).stream())
                    .findFirst();
        }

        /// Signs of life, asked with the secret of the first probe over RADIUS.
        List<Observation> pulses() {
            Optional<ProbeSpec> probe = site.probes().stream()
                    .filter(each ->
                            each.via().startsWith("radius-") || each.via().startsWith("eap-"))
                    .filter(each -> server.speaks(each.via()))
                    .findFirst();
            if (probe.isEmpty() || pulse.isEmpty()) {
                return List.of();
            }
            List<CompletableFuture<List<Observation>>> running = Stream.of(RadiusPulse.SMALL, RadiusPulse.LARGE)
                    .map(bytes -> run(() -> pulse
                            .get()
                            .beats(server, probe.get(), bytes)
                            .<Observation>map(beats -> new Observation.Status(server.id(), bytes, beats))
                            .stream()
                            .toList()))
                    .toList();
            return running.stream()
                    .map(CompletableFuture::join)
                    .flatMap(List::stream)
                    .toList();
        }
    }
}
