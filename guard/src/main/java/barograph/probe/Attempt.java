package barograph.probe;

import barograph.login.Outcome;
import barograph.login.Step;
import barograph.secrets.SecretTrouble;
import barograph.secrets.Secrets;
import barograph.site.ProbeKind;
import barograph.site.ProbeSpec;
import barograph.site.Secret;
import barograph.site.Server;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One try of one probe against one server, with the secrets that it needs.
///
/// @param options by name; every one that the protocol requires is there
record Attempt(ProbeSpec probe, Server server, ProbeKind kind, String password, Map<String, String> options, Way way) {
    private static final int LONGEST_SAID = 500;

    /// Reveals what the probe needs; the secrets live as long as the attempt.
    static Attempt prepare(ProbeSpec probe, Server server, ProbeKind kind, Secrets secrets, Way way) throws Halt {
        try {
            Map<String, String> options = new HashMap<>();
            probe.options().forEach((name, secret) -> options.put(name, secrets.reveal(source(name, secret))));
            Attempt attempt =
                    new Attempt(probe, server, kind, secrets.reveal(probe.password()), Map.copyOf(options), way);
            attempt.check();
            return attempt;
        } catch (SecretTrouble e) {
            throw new Halt(new Outcome.Failed(Step.RESOLVE, "secret_unreadable"), String.valueOf(e.getMessage()));
        }
    }

    /// The option `ca` is written as a path, as people know it from other programs; what is needed is the file's
    /// content.
    private static Secret source(String option, Secret written) {
        return option.equals("ca") && written instanceof Secret.Plain(String path) ? new Secret.File(path) : written;
    }

    private void check() throws Halt {
        for (String name : options.keySet()) {
            if (kind.option(name).isEmpty()) {
                throw misconfigured(kind.name() + " takes no option '" + name + "'");
            }
        }
        for (ProbeKind.Option option : kind.options()) {
            if (option.required() && !options.containsKey(option.name())) {
                throw misconfigured(kind.name() + " needs the option '" + option.name() + "': " + option.meaning());
            }
        }
    }

    /// The attempt cannot go on, because of what the site file says about it.
    Halt misconfigured(String said) {
        return way.failed("probe_misconfigured", "the probe " + probe.id() + " is not set up well: " + said);
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /// An option that the protocol requires: an attempt without it was never made.
    String required(String name) {
        return option(name).orElseThrow(() -> new IllegalStateException(name + " is required and was checked"));
    }

    int port() throws Halt {
        Optional<String> written = option("port");
        if (written.isEmpty()) {
            return server.port();
        }
        try {
            int port = Integer.parseInt(written.get());
            if (port >= 1 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number that is no port.
        }
        throw misconfigured("'" + written.get() + "' is not a port: 1 to 65535");
    }

    /// Words from outside, fit to be kept: on one line, not too long, and without anything secret.
    String clean(String said) {
        String clean = said;
        for (ProbeKind.Option option : kind.options()) {
            if (option.secret()) {
                clean = without(options.getOrDefault(option.name(), ""), clean);
            }
        }
        clean = without(password, clean).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return clean.length() <= LONGEST_SAID ? clean : clean.substring(0, LONGEST_SAID) + "…";
    }

    private static String without(String secret, String said) {
        return secret.isEmpty() ? said : said.replace(secret, "(hidden)");
    }

    /// Never the secrets: an attempt may be printed by mistake.
    @Override
    public String toString() {
        return probe.id() + " against " + server.id();
    }
}
