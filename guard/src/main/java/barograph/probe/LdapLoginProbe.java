package barograph.probe;

import barograph.login.Step;
import barograph.site.ProbeKind;
import com.unboundid.ldap.sdk.Filter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An LDAP login as most applications do it: search for the user, then bind as the entry that was found.
final class LdapLoginProbe implements Protocol {
    static final ProbeKind KIND = Options.kind(
            "ldap-login",
            389,
            List.of(
                    Options.required("base", "The entry below which users are searched for."),
                    Options.optional(
                            "filter", "How a user is found, with {user} for the name; (uid={user}) when not said."),
                    Options.optional("bind-dn", "The account that searches; nobody when not said."),
                    Options.secret("bind-password", "The password of that account.")),
            LdapLine.OPTIONS);

    @Override
    public Answer login(Attempt attempt) throws Halt {
        try (LdapLine line = LdapLine.open(attempt)) {
            attempt.way().reach(Step.AUTHENTICATE);
            bindAsService(attempt, line);
            String found = find(attempt, line);
            line.bindAsUser(found, attempt.password());
            if (attempt.option("member-of").isPresent()) {
                bindAsService(attempt, line); // who looks up groups for applications: users often may not
            }
            return Membership.answer(attempt, line, found, Map.of("dn", found));
        }
    }

    private static void bindAsService(Attempt attempt, LdapLine line) throws Halt {
        Optional<String> service = attempt.option("bind-dn");
        if (service.isPresent()) {
            line.bindAsService(service.get(), attempt.option("bind-password").orElse(""));
        }
    }

    private static String find(Attempt attempt, LdapLine line) throws Halt {
        String base = attempt.required("base");
        String user = attempt.probe().user();
        String filter = attempt.option("filter").orElse("(uid={user})").replace("{user}", Filter.encodeValue(user));
        List<String> found = line.find(base, filter);
        return switch (found.size()) {
            case 0 -> throw attempt.way().rejected("unknown_user", "no entry under " + base + " matches " + filter);
            case 1 -> found.getFirst();
            default ->
                throw attempt.way().failed("ambiguous_user", "several entries under " + base + " match " + filter);
        };
    }
}
