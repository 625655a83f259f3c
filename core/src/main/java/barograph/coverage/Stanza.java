package barograph.coverage;

import barograph.login.Dimensions;
import barograph.site.ProbeKind;
import barograph.site.ProbeKind.Option;
import barograph.site.ProbeSpec;
import barograph.site.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A probe for a sort of logins that none stands for, written out to be pasted below `probes:` of `site.yaml`.
///
/// What nobody but the site knows is left as a reference to fill: the account's password, a secret.
public final class Stanza {
    private Stanza() {}

    /// Empty where no protocol of probes fits such logins.
    ///
    /// @param probes those that the site has: what they are told, a new one of the same protocol is told too
    /// @param kinds the protocols that the site's servers speak
    public static Optional<String> of(Gap gap, List<ProbeSpec> probes, List<ProbeKind> kinds) {
        return kind(gap, probes, kinds).map(kind -> text(gap, kind, probes));
    }

    /// A protocol that the site has a probe of already, before one that it would be new to.
    private static Optional<ProbeKind> kind(Gap gap, List<ProbeSpec> probes, List<ProbeKind> kinds) {
        String method = gap.method().toLowerCase(Locale.ROOT);
        List<ProbeKind> fit =
                kinds.stream().filter(kind -> Stand.fits(method, kind.name())).toList();
        return fit.stream()
                .filter(kind -> probes.stream().anyMatch(probe -> probe.via().equals(kind.name())))
                .findFirst()
                .or(() -> fit.stream().findFirst());
    }

    private static String text(Gap gap, ProbeKind kind, List<ProbeSpec> probes) {
        String name = name(gap);
        String variable = "PROBE_"
                + name.substring("cover-".length()).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
        List<String> fields = new ArrayList<>();
        fields.add("via: " + kind.name());
        fields.add("user: " + quoted(user(gap, kind)));
        fields.add("password: env:" + variable);
        Optional<ProbeSpec> like =
                probes.stream().filter(probe -> probe.via().equals(kind.name())).findFirst();
        for (Option option : kind.options()) {
            like.flatMap(probe -> Optional.ofNullable(probe.options().get(option.name())))
                    .flatMap(value -> written(option, value))
                    .or(() -> option.required()
                            ? Optional.of("env:"
                                    + option.name().toUpperCase(Locale.ROOT).replace('-', '_'))
                            : Optional.empty())
                    .filter(_ -> !option.name().equals("nas-identifier"))
                    .ifPresent(value -> fields.add(option.name() + ": " + value));
        }
        if (kind.option("nas-identifier").isPresent() && !gap.client().equals(Dimensions.UNTOLD)) {
            fields.add("nas-identifier: " + quoted(gap.client()));
        }
        fields.add("expect: accept");
        return name + ": { " + String.join(", ", fields) + " }";
    }

    private static Optional<String> written(Option option, Secret value) {
        return switch (value) {
            case Secret.Plain(String text) -> option.secret() ? Optional.empty() : Optional.of(quoted(text));
            case Secret.Env _, Secret.File _, Secret.Exec _ -> Optional.of(quoted(value.toString()));
        };
    }

    private static String user(Gap gap, ProbeKind kind) {
        String realm = gap.realm();
        if (realm.equals(Dimensions.UNTOLD)) {
            return "probe";
        }
        if (realm.contains("=")) {
            return kind.name().equals("ldap-login") ? "probe" : "uid=probe," + realm;
        }
        return "probe@" + (kind.name().equals("kerberos") ? realm.toUpperCase(Locale.ROOT) : realm);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String name(Gap gap) {
        String name = "cover-" + gap.segment().replaceAll("[^A-Za-z0-9.]+", "-");
        return name.substring(0, Math.min(name.length(), 60)).replaceAll("[.-]+$", "");
    }
}
