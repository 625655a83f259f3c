package barograph.diagnosis;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// In which ways a change could do harm, by what its files are called and what its lines speak of.
///
/// The words are those of the configuration files of FreeRADIUS, OpenLDAP, Dovecot, OpenSSH, MIT Kerberos, nginx,
/// HAProxy and Keycloak. They are met in a line or in a path, whatever stands around them.
final class Touches {
    private static final Map<Suspect, Pattern> WORDS = new EnumMap<>(
            Map.of(
                    Suspect.SECRET,
                            words(
                                    "clients?\\.conf|\\w*secret|ipaddr|require_message_authenticator|nastype|shortname|client"),
                    Suspect.BACKEND,
                            words(
                                    "ldap|sql|krb5|uris?|hosts|server|home_server|realm|proxy|bind|identity|base_?dn|base|dn\\b"
                                            + "|rootdn|suffix|backend|upstream|proxy_pass|kdc|database|passdb|userdb|auth_request"
                                            + "|radius|connection|pool|\\w*password|bindpw|ldap_\\w+|auth_\\w+|dnpass|acl|access"),
                    Suspect.BACKEND_PATH,
                            words(
                                    "uris?|hosts|server|home_server|upstream|proxy_pass|kdc|port|ldap://|ldaps://|connection|backend"
                                            + "|timeout"),
                    Suspect.NAMES,
                            words(
                                    "uris?|hosts|server|home_server|upstream|proxy_pass|kdc|resolver|resolv\\.conf|nsswitch"),
                    Suspect.TLS,
                            words(
                                    "tls|ssl|cert\\w*|ca_?file|ca_?path|private_key\\w*|key_?file|cipher\\w*|protocols?|eap|pem"
                                            + "|hostkey\\w*|kexalgorithms|macs|starttls|min_version|max_version|\\.crt|\\.key"),
                    Suspect.FRAGMENTS, words("fragment_size|mtu|include_length|max_attributes|tune\\.\\w+|sockbuf\\w*"),
                    Suspect.POLICY,
                            words(
                                    "policy|policies|filter|[\\w-]*group\\w*|allow\\w*|deny\\w*|require\\w*|reject|accept|match|realm|acl"
                                            + "|access|authorize|authenticate|post-auth|pam\\w*|auth\\w*|users?|satisfy|restrict\\w*|role"
                                            + "|flow|redirect\\w*|membership_filter|group_\\w+|scope|limit|simultaneous\\w*|update|reply|if|mechanisms?")));

    static {
        WORDS.put(
                Suspect.ACCOUNT,
                words("authorize|users?|[\\w-]+-password|passwd|shadow|htpasswd|password|account|locked?|expir\\w*"));
        WORDS.put(
                Suspect.LOAD,
                words("max_\\w+|maxconn|maxstartups|\\w*limit\\w*|workers?|threads?|pool|num|start|spare"));
        WORDS.put(Suspect.PATH, words("listen\\w*|bind|nft\\w*|iptables|firewall|hosts\\.(?:allow|deny)|allow|deny"));
        WORDS.put(Suspect.CLOCK, words("clockskew|ntp\\w*|chrony\\w*|max_?age|skew"));
    }

    private final List<ChangedFile> files;

    Touches(List<ChangedFile> files) {
        this.files = files;
    }

    private static Pattern words(String any) {
        return Pattern.compile("(?i)(?<![a-z_-])(?:" + any + ")(?![a-z_-])");
    }

    /// The files in which it could do harm in this way.
    List<ChangedFile> in(Suspect way) {
        if (way == Suspect.SERVER) {
            return files; // any file may keep a server from running
        }
        Pattern pattern = WORDS.get(way);
        return pattern == null
                ? List.of()
                : files.stream().filter(file -> speaksOf(file, pattern)).toList();
    }

    private static boolean speaksOf(ChangedFile file, Pattern pattern) {
        return pattern.matcher(file.path()).find()
                || file.lines().stream()
                        .filter(line -> !line.startsWith("#"))
                        .anyMatch(line -> pattern.matcher(line).find());
    }
}
