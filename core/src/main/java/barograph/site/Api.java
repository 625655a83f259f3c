package barograph.site;

import java.net.URI;
import java.util.Optional;

/// The API that a server is configured over.
///
/// @param sort which one; never `FILES`
/// @param at its address, without a slash at its end: `https://10.0.0.21:8443`, `ldaps://10.0.0.31`
/// @param realm the realm that is configured; empty where the API knows no realms
/// @param user who Barograph logs in as: a user of the realm `login` or, where that is `client:NAME`, a client; a DN
/// for
///     LDAP
/// @param login the realm that the user belongs to; empty where the API knows no realms
/// @param ca the certificates that it must show one of, in PEM; absent for those that Java trusts
public record Api(
        ConfiguredBy sort, URI at, String realm, String user, Secret password, String login, Optional<Secret> ca) {
    /// What is configured, for people: `https://10.0.0.21:8443, realm acme`.
    @Override
    public String toString() {
        return at + (realm.isEmpty() ? "" : ", realm " + realm);
    }

    /// Where the API is served.
    public String host() {
        String host = at.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
