package barograph.coverage;

import barograph.login.Dimensions;
import barograph.site.ProbeSpec;
import barograph.site.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whose logins a probe stands for.
///
/// @param realm as logs have it; [#ANY] where the site file does not tell
/// @param within whether logins of realms below that one count too: a directory's search covers all that is below
/// @param method as logs have it, or the probe's protocol
/// @param client as logs have it; empty where nothing tells
record Stand(String realm, boolean within, String method, Optional<String> client) {
    static final String ANY = "*";

    /// What the site file tells of a probe; its own logins in a log tell more.
    static Stand of(ProbeSpec probe) {
        boolean searches = probe.via().equals("ldap-login");
        String name =
                plain(probe, "dn").map(dn -> dn.replace("{user}", probe.user())).orElse(probe.user());
        String realm = searches ? plain(probe, "base").orElse(ANY) : realm(name);
        return new Stand(realm.toLowerCase(Locale.ROOT), searches, probe.via(), plain(probe, "nas-identifier"));
    }

    /// What a login of a probe's account looks like in the log.
    static Stand of(Dimensions told) {
        return new Stand(told.realm(), false, told.method(), Optional.of(told.client()));
    }

    private static Optional<String> plain(ProbeSpec probe, String option) {
        return probe.options().get(option) instanceof Secret.Plain(String text) ? Optional.of(text) : Optional.empty();
    }

    /// As the grammars of logs tell it: behind the `@`, before the backslash, or the parent of an entry.
    private static String realm(String user) {
        int at = user.lastIndexOf('@');
        int backslash = user.indexOf('\\');
        int comma = user.indexOf(',');
        if (user.contains("=") && comma > 0) {
            return user.substring(comma + 1).strip();
        }
        return at >= 0 ? user.substring(at + 1) : backslash > 0 ? user.substring(0, backslash) : Dimensions.UNTOLD;
    }

    /// Whether it stands for such logins, from whatever client.
    boolean fits(Dimensions login) {
        String theirs = login.realm().toLowerCase(Locale.ROOT);
        boolean place = realm.equals(ANY) || theirs.equals(realm) || (within && theirs.endsWith(realm));
        return place && fits(login.method().toLowerCase(Locale.ROOT), method.toLowerCase(Locale.ROOT));
    }

    boolean fitsClient(Dimensions login) {
        return login.client().equals(Dimensions.UNTOLD)
                || client.filter(login.client()::equals).isPresent();
    }

    /// Logs and probes have words of their own for one method: `pap` and `radius-pap`, `imap-plain` and `imap`,
    /// `ssh-publickey` and `ssh-key`, `submission-plain` and `smtp`.
    static boolean fits(String logged, String own) {
        if (logged.equals(Dimensions.UNTOLD) || own.equals(Dimensions.UNTOLD)) {
            return true;
        }
        List<String> words = List.of(own.split("-", -1));
        return logged.contains(own)
                || own.contains(logged)
                || (own.equals("smtp") && logged.startsWith("submission"))
                || (own.startsWith("ldap-") && logged.startsWith("ldap-"))
                || (logged.startsWith(words.getFirst() + "-") && logged.endsWith(words.getLast()));
    }
}
