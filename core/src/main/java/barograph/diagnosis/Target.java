package barograph.diagnosis;

import barograph.site.ServerId;

/// What was looked at.
public sealed interface Target {
    /// The server whose door it is, or who leans on it.
    ServerId server();

    String host();

    /// 1 to 65535.
    int port();

    /// Where a server serves its logins.
    record Door(ServerId server, String host, int port) implements Target {
        @Override
        public String toString() {
            return server + " at " + place(host, port);
        }
    }

    /// What a server leans on to judge a login: its directory, its KDC, its home server.
    ///
    /// @param speaks the protocol, such as `ldap` or `radius`
    record Backend(ServerId server, String speaks, String host, int port) implements Target {
        @Override
        public String toString() {
            return speaks + " backend " + place(host, port);
        }
    }

    private static String place(String host, int port) {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
