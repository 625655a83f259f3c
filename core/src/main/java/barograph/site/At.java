package barograph.site;

/// Where a server's files and commands are.
public sealed interface At {
    /// This machine.
    record Local() implements At {
        @Override
        public String toString() {
            return "local";
        }
    }

    /// A host that is reached over SSH.
    ///
    /// @param port 1 to 65535
    record Ssh(String user, String host, int port) implements At {
        public Ssh {
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException(port + " is not a port: 1 to 65535");
            }
        }

        @Override
        public String toString() {
            return "ssh://" + user + "@" + host + (port == 22 ? "" : ":" + port);
        }
    }
}
