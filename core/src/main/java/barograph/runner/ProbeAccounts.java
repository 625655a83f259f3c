package barograph.runner;

import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Pseudonym;
import barograph.login.Pseudonyms;
import barograph.login.Trial;
import barograph.site.ProbeSpec;
import barograph.site.Secret;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Tells the probes' own logins in a server's log from those of people: what Barograph does itself is no evidence.
///
/// A log names an account as its server does. Mostly that is the name in `site.yaml`; an LDAP server's log has the
/// whole distinguished name, which a probe's own option tells, or its answer.
public final class ProbeAccounts {
    /// Where a probe's answer, or an option of it, says which entry of a directory the account is.
    private static final List<String> NAMES = List.of("dn", "bind-dn");

    private final Pseudonyms pseudonyms;
    private final Set<Pseudonym> known = new HashSet<>();

    public ProbeAccounts(List<ProbeSpec> probes, Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
        for (ProbeSpec probe : probes) {
            known.add(pseudonyms.of(probe.user()));
            for (String name : NAMES) {
                if (probe.options().get(name) instanceof Secret.Plain(String text)) {
                    known.add(pseudonyms.of(text.replace("{user}", probe.user())));
                }
            }
        }
    }

    /// An answer may tell how the server itself names the account.
    void learn(Trial trial) {
        NAMES.stream()
                .filter(trial.reply()::containsKey)
                .forEach(name -> known.add(pseudonyms.of(trial.reply().getOrDefault(name, ""))));
    }

    public boolean isPerson(Login login) {
        return login.origin() == Origin.PERSON && !known.contains(login.user());
    }
}
