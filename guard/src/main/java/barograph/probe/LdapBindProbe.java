package barograph.probe;

import barograph.login.Step;
import barograph.site.ProbeKind;
import com.unboundid.ldap.sdk.RDN;
import java.util.List;
import java.util.Map;

/// An LDAP login by a simple bind (RFC 4513 §5.1.3), with the name made from the user's.
final class LdapBindProbe implements Protocol {
    static final ProbeKind KIND = Options.kind(
            "ldap-bind",
            389,
            List.of(Options.optional(
                    "dn", "The name to bind as, with {user} for the user; the user's name itself when not said.")),
            LdapLine.OPTIONS);

    @Override
    public Answer login(Attempt attempt) throws Halt {
        String name = name(attempt);
        try (LdapLine line = LdapLine.open(attempt)) {
            attempt.way().reach(Step.AUTHENTICATE);
            line.bindAsUser(name, attempt.password());
            return Membership.answer(attempt, line, name, Map.of());
        }
    }

    private static String name(Attempt attempt) {
        String user = attempt.probe().user();
        return attempt.option("dn")
                .map(template -> template.replace("{user}", escaped(user)))
                .orElse(user);
    }

    /// As a value within a name: `Doe\, Jane`.
    private static String escaped(String value) {
        return new RDN("cn", value).toString().substring("cn=".length());
    }
}
