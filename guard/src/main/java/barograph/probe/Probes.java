package barograph.probe;

import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.runner.Prober;
import barograph.secrets.Secrets;
import barograph.site.ProbeKind;
import barograph.site.ProbeSpec;
import barograph.site.Server;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/// Tries probes by the protocol that each names.
///
/// No login is ever repeated here, so that an account's count of wrong passwords grows by what the site file says and
/// no more. Safe for use by several threads, if the source of chance is.
public final class Probes implements Prober {
    /// Every protocol, with the options that it takes.
    public static final List<ProbeKind> KINDS = List.of(
            RadiusPapProbe.KIND,
            RadiusChapProbe.KIND,
            RadiusMschapv2Probe.KIND,
            LdapBindProbe.KIND,
            LdapLoginProbe.KIND,
            ImapProbe.KIND,
            SmtpProbe.KIND,
            HttpBasicProbe.KIND,
            HttpFormProbe.KIND,
            OidcPasswordProbe.PASSWORD,
            OidcCodeProbe.KIND,
            OidcPasswordProbe.REFRESH,
            SshProbe.PASSWORD,
            SshProbe.KEY,
            ExecProbe.KIND,
            EapProbe.TTLS,
            EapProbe.PEAP,
            KerberosProbe.KIND);

    private final Secrets secrets;
    private final InstantSource clock;
    private final Map<String, Protocol> protocols;

    /// @param random hard to foresee and safe for several threads, such as [java.security.SecureRandom]
    public Probes(Secrets secrets, InstantSource clock, RandomGenerator random) {
        this.secrets = secrets;
        this.clock = clock;
        this.protocols = Map.ofEntries(
                entry(RadiusPapProbe.KIND, new RadiusPapProbe(random)),
                entry(RadiusChapProbe.KIND, new RadiusChapProbe(random)),
                entry(RadiusMschapv2Probe.KIND, new RadiusMschapv2Probe(random)),
                entry(LdapBindProbe.KIND, new LdapBindProbe()),
                entry(LdapLoginProbe.KIND, new LdapLoginProbe()),
                entry(ImapProbe.KIND, new ImapProbe()),
                entry(SmtpProbe.KIND, new SmtpProbe()),
                entry(HttpBasicProbe.KIND, new HttpBasicProbe()),
                entry(HttpFormProbe.KIND, new HttpFormProbe()),
                entry(OidcPasswordProbe.PASSWORD, new OidcPasswordProbe(clock, /* refresh= */ false)),
                entry(OidcCodeProbe.KIND, new OidcCodeProbe(clock, random)),
                entry(OidcPasswordProbe.REFRESH, new OidcPasswordProbe(clock, /* refresh= */ true)),
                entry(SshProbe.PASSWORD, new SshProbe(/* byKey= */ false)),
                entry(SshProbe.KEY, new SshProbe(/* byKey= */ true)),
                entry(ExecProbe.KIND, new ExecProbe()),
                entry(EapProbe.TTLS, new EapProbe(EapProbe.Method.TTLS)),
                entry(EapProbe.PEAP, new EapProbe(EapProbe.Method.PEAP)),
                entry(KerberosProbe.KIND, new KerberosProbe()));
    }

    private static Map.Entry<String, Protocol> entry(ProbeKind kind, Protocol protocol) {
        return Map.entry(kind.name(), protocol);
    }

    @Override
    public Trial probe(ProbeSpec probe, Server server) {
        Instant at = clock.instant();
        try (Way way = new Way(probe.within())) {
            Ending ending = attempt(probe, server, way);
            Map<String, String> reply = new HashMap<>(way.shown());
            reply.putAll(ending.reply);
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
                    reply);
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
