package barograph.servers;

import barograph.site.BootHook;
import barograph.site.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Debian's OpenLDAP server in a folder of its own, on loopback.
///
/// `root()` holds what a person configures (`slapd.conf`); `folder/data.ldif` is loaded when the database is empty.
/// Alice
/// and Probe are staff, Bob is a guest; each password is the name and `-pw`. Only the service account may search.
public final class RealSlapd implements AutoCloseable {
    public static final String SUFFIX = "dc=example,dc=org";
    public static final String SERVICE_DN = "cn=svc-radius," + SUFFIX;
    public static final String SERVICE_PASSWORD = "svc-radius-pw";
    public static final String STAFF = "cn=staff,ou=groups," + SUFFIX;
    public static final String GUESTS = "cn=guests,ou=groups," + SUFFIX;

    private static final String PROGRAM = "/usr/sbin/slapd";

    private final Path folder;
    private final int port;
    private final int tlsPort;
    private final Path script;

    private RealSlapd(Path folder) {
        this.folder = folder.toAbsolutePath();
        this.port = DebianServer.freeTcpPort();
        this.tlsPort = DebianServer.freeTcpPort();
        this.script = DebianServer.script(this.folder.resolve("slapd"), start(), listening());
    }

    /// Lays the server out in `folder`, to be edited and then started.
    public static RealSlapd in(Path folder) {
        DebianServer.require(PROGRAM, "slapd");
        RealSlapd slapd = new RealSlapd(folder);
        slapd.layOut();
        return slapd;
    }

    private String start() {
        return """
                [ -e "$here/db/data.mdb" ] || slapadd -f "$here/etc/slapd.conf" -l "$here/data.ldif" || exit 1
                setsid slapd -d stats -h "ldap://127.0.0.1:%d/ ldaps://127.0.0.1:%d/" -f "$here/etc/slapd.conf" \\
                    >>"$here/log/slapd.log" 2>&1 </dev/null &
                """.formatted(port, tlsPort);
    }

    /// The process id is written before the port is open.
    private String listening() {
        return "grep -q ':%04X 00000000:0000 0A' /proc/net/tcp".formatted(port);
    }

    private void layOut() {
        try {
            for (String name : List.of("etc", "db", "log", "run")) {
                Files.createDirectories(folder.resolve(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        DebianServer.write(root().resolve("slapd.conf"), """
                include /etc/ldap/schema/core.schema
                include /etc/ldap/schema/cosine.schema
                include /etc/ldap/schema/nis.schema
                include /etc/ldap/schema/inetorgperson.schema
                modulepath /usr/lib/ldap
                moduleload back_mdb
                pidfile %1$s/run/pid
                loglevel stats
                include %1$s/etc/tls.conf

                database mdb
                directory %1$s/db
                maxsize 16777216
                suffix "%2$s"
                rootdn "cn=admin,%2$s"
                index objectClass,uid,member eq
                include %1$s/etc/access.conf
                """.formatted(folder, SUFFIX));
        DebianServer.write(root().resolve("tls.conf"), "# set by withTls\n");
        DebianServer.write(root().resolve("access.conf"), """
                access to attrs=userPassword by anonymous auth by * none
                access to * by dn.base="%s" read by self read by anonymous auth by * none
                """.formatted(SERVICE_DN));
        DebianServer.write(folder.resolve("data.ldif"), data());
    }

    private static String data() {
        return """
                dn: dc=example,dc=org
                objectClass: dcObject
                objectClass: organization
                dc: example
                o: Example

                dn: ou=people,dc=example,dc=org
                objectClass: organizationalUnit
                ou: people

                dn: ou=groups,dc=example,dc=org
                objectClass: organizationalUnit
                ou: groups

                """
                + "dn: " + SERVICE_DN
                + "\nobjectClass: applicationProcess\nobjectClass: simpleSecurityObject\ncn: svc-radius\nuserPassword: "
                + SERVICE_PASSWORD + "\n\n"
                + person("alice", "staff") + person("bob", "guests") + person("probe", "staff")
                + group("staff", "alice", "probe") + group("guests", "bob");
    }

    /// An entry to append to `data.ldif` before the first start.
    public static String person(String name, String sort) {
        return """
                dn: uid=%1$s,ou=people,dc=example,dc=org
                objectClass: inetOrgPerson
                uid: %1$s
                cn: %1$s
                sn: %1$s
                employeeType: %2$s
                userPassword: %1$s-pw

                """.formatted(name, sort);
    }

    private static String group(String name, String... members) {
        StringBuilder text = new StringBuilder(
                "dn: cn=" + name + ",ou=groups,dc=example,dc=org\nobjectClass: groupOfNames\ncn: " + name + "\n");
        for (String member : members) {
            text.append("member: uid=").append(member).append(",ou=people,dc=example,dc=org\n");
        }
        return text.append('\n').toString();
    }

    /// The server shows this certificate, on the port for TLS and when a client asks for StartTLS.
    public RealSlapd withTls(Certificates.Pair pair) {
        DebianServer.write(
                root().resolve("tls.conf"),
                "TLSCertificateFile " + pair.certificate() + "\nTLSCertificateKeyFile " + pair.key() + "\n");
        return this;
    }

    public RealSlapd started() {
        control("start");
        return this;
    }

    /// @param verb `start`, `stop`, `restart`, `reload` or `health`
    public String control(String verb) {
        try {
            return DebianServer.run(List.of(script.toString(), verb));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + DebianServer.read(log()), e);
        }
    }

    /// What a site file would say to run this server; slapd takes nothing over without a restart.
    public Commands commands() {
        return new Commands(
                Optional.of("slaptest -u -f \"$CANDIDATE/slapd.conf\""),
                Optional.empty(),
                List.of(),
                Duration.ZERO,
                Optional.of(script + " restart"),
                Optional.of(script + " health"),
                Optional.empty(),
                new BootHook.None(),
                Duration.ofSeconds(20));
    }

    /// What a person configures.
    public Path root() {
        return folder.resolve("etc");
    }

    /// Its lines begin with the time as slapd itself writes it: seconds and a fraction in hexadecimal, then a thread.
    public Path log() {
        return folder.resolve("log/slapd.log");
    }

    public int port() {
        return port;
    }

    /// Where LDAP is spoken over TLS from the first byte, after [#withTls].
    public int tlsPort() {
        return tlsPort;
    }

    @Override
    public void close() {
        control("stop");
    }
}
