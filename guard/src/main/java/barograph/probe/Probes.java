package barograph.probe;

import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.runner.Prober;
import barograph.secrets.Secrets;
import barograph.site.ProbeKind;
import barograph.site.ProbeKind.Option;
import barograph.site.ProbeSpec;
import barograph.site.Server;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Tries probes by the protocol that each names.
///
/// No login is ever repeated here, so that an account's count of wrong passwords grows by what the site file says and
/// no more. Safe for use by several threads, if the source of chance is.
public final class Probes implements Prober {
    private static final List<Option> EVERYWHERE = List.of(
            new Option("port", false, false, "Where this protocol is served, if not at the server's own port."),
            new Option("from", false, false, "The address of this machine that the probe comes from."));

    private static final List<Option> LDAP = List.of(
            new Option(
                    "tls",
                    false,
                    false,
                    "How the line is secured: none (also when not said), starttls, or ldaps from the first byte."),
            new Option(
                    "ca", false, false, "The PEM file with the certificates to trust, instead of Java's own choice."),
            new Option(
                    "member-of",
                    false,
                    false,
                    "What must hold once the user is in: the name of a group's entry, or attribute=value."));

    /// Every protocol, with the options that it takes.
    public static final List<ProbeKind> KINDS = List.of(
            kind(
                    "radius-pap",
                    1812,
                    List.of(
                            new Option("secret", true, true, "The secret that the server shares with this client."),
                            new Option(
                                    "reply",
                                    false,
                                    false,
                                    "Attributes that an acceptance must carry: Filter-Id=staff, Session-Timeout=3600."),
                            new Option(
                                    "nas-identifier",
                                    false,
                                    false,
                                    "The name under which the probe asks; barograph when not said."),
                            new Option("calling-station-id", false, false, "The device that the probe stands for."),
                            new Option("called-station-id", false, false, "The place that the probe stands for.")),
                    List.of()),
            kind(
                    "ldap-bind",
                    389,
                    List.of(new Option(
                            "dn",
                            false,
                            false,
                            "The name to bind as, with {user} for the user; the user's name itself when not said.")),
                    LDAP),
            kind(
                    "ldap-login",
                    389,
                    List.of(
                            new Option("base", true, false, "The entry below which users are searched for."),
                            new Option(
                                    "filter",
                                    false,
                                    false,
                                    "How a user is found, with {user} for the name; (uid={user}) when not said."),
                            new Option("bind-dn", false, false, "The account that searches; nobody when not said."),
                            new Option("bind-password", false, true, "The password of that account.")),
                    LDAP));

    private final Secrets secrets;
    private final InstantSource clock;
    private final Map<String, Protocol> protocols;

    /// @param random hard to foresee and safe for several threads, such as [java.security.SecureRandom]
    public Probes(Secrets secrets, InstantSource clock, RandomGenerator random) {
        this.secrets = secrets;
        this.clock = clock;
        this.protocols = Map.of(
                "radius-pap", new RadiusPapProbe(random),
                "ldap-bind", new LdapBindProbe(),
                "ldap-login", new LdapLoginProbe());
    }

    private static ProbeKind kind(String name, int port, List<Option> own, List<Option> shared) {
        return new ProbeKind(
                name,
                port,
                Stream.of(own, shared, EVERYWHERE).flatMap(List::stream).toList());
    }

    @Override
    public Trial probe(ProbeSpec probe, Server server) {
        Instant at = clock.instant();
        try (Way way = new Way(probe.within())) {
            Ending ending = attempt(probe, server, way);
            boolean asExpected = switch (probe.expect()) {
                case ACCEPT -> ending.outcome.accepted() && ending.whole;
                case REJECT -> ending.outcome instanceof Outcome.Rejected;
            };
            return new Trial(
                    probe.id(),
                    server.id(),
                    at,
                    way.strides(),
                    ending.outcome,
                    probe.expect(),
                    asExpected,
                    ending.said,
                    ending.reply);
        }
    }

    /// @param whole whether an acceptance holds everything that the probe asks for
    private record Ending(Outcome outcome, boolean whole, String said, Map<String, String> reply) {}

    private Ending attempt(ProbeSpec probe, Server server, Way way) {
        try {
            return login(Attempt.prepare(probe, server, kind(probe), secrets, way));
        } catch (Halt halt) {
            return new Ending(halt.outcome(), false, halt.said(), Map.of());
        }
    }

    private Ending login(Attempt attempt) {
        Protocol protocol = Objects.requireNonNull(protocols.get(attempt.kind().name()), "every kind has a protocol");
        try {
            Answer answer = protocol.login(attempt);
            Map<String, String> reply = new HashMap<>();
            answer.reply().forEach((name, value) -> reply.put(name, attempt.clean(value)));
            return new Ending(new Outcome.Accepted(), answer.whole(), attempt.clean(answer.said()), reply);
        } catch (Halt halt) {
            return new Ending(halt.outcome(), false, attempt.clean(halt.said()), Map.of());
        } catch (RuntimeException e) {
            // A library that stumbles over what a broken server sends must not stop whoever watches that server.
            Outcome outcome = new Outcome.Failed(attempt.way().step(), "internal_error");
            return new Ending(outcome, false, attempt.clean("the probe itself broke: " + e), Map.of());
        }
    }

    private static ProbeKind kind(ProbeSpec probe) throws Halt {
        for (ProbeKind kind : KINDS) {
            if (kind.name().equals(probe.via())) {
                return kind;
            }
        }
        throw new Halt(
                new Outcome.Failed(Step.RESOLVE, "probe_misconfigured"),
                "the probe " + probe.id() + " is not set up well: no protocol is called '" + probe.via() + "'; known: "
                        + String.join(", ", KINDS.stream().map(ProbeKind::name).toList()));
    }
}
