package barograph.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Debian's OpenLDAP server that keeps its configuration in itself (`cn=config`), in a folder of its own, on loopback.
///
/// Alice and Probe may log in; each password is the name and `-pw`.
public final class RealConfigSlapd implements AutoCloseable {
    public static final String CONFIG_DN = "cn=admin,cn=config";
    public static final String CONFIG_PASSWORD = "config-pw";
    public static final String DATABASE = "cn=config/olcDatabase={1}mdb.ldif";

    private final Path folder;
    private final int port = DebianServer.freeTcpPort();
    private final Path script;

    private RealConfigSlapd(Path folder) {
        this.folder = folder.toAbsolutePath();
        this.script = DebianServer.script(
                this.folder.resolve("slapd"),
                """
                setsid slapd -d stats -h "ldap://127.0.0.1:%d/" -F "$here/slapd.d" >>"$here/log/slapd.log" 2>&1 </dev/null &
                """.formatted(port),
                "grep -q ':%04X 00000000:0000 0A' /proc/net/tcp".formatted(port));
    }

    /// Started.
    public static RealConfigSlapd in(Path folder) {
        DebianServer.require("/usr/sbin/slapd", "slapd");
        RealConfigSlapd slapd = new RealConfigSlapd(folder);
        slapd.layOut();
        slapd.control("start");
        return slapd;
    }

    private void layOut() {
        try {
            for (String name : List.of("slapd.d", "db", "log", "run")) {
                Files.createDirectories(folder.resolve(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        DebianServer.write(
                folder.resolve("config.ldif"), """
                dn: cn=config
                objectClass: olcGlobal
                cn: config
                olcPidFile: %1$s/run/pid
                olcLogLevel: stats

                dn: cn=module{0},cn=config
                objectClass: olcModuleList
                cn: module{0}
                olcModulePath: /usr/lib/ldap
                olcModuleLoad: back_mdb
                olcModuleLoad: memberof

                dn: cn=schema,cn=config
                objectClass: olcSchemaConfig
                cn: schema

                include: file:///etc/ldap/schema/core.ldif
                include: file:///etc/ldap/schema/cosine.ldif
                include: file:///etc/ldap/schema/nis.ldif
                include: file:///etc/ldap/schema/inetorgperson.ldif

                dn: olcDatabase={-1}frontend,cn=config
                objectClass: olcDatabaseConfig
                objectClass: olcFrontendConfig
                olcDatabase: {-1}frontend
                olcSizeLimit: 500

                dn: olcDatabase={0}config,cn=config
                objectClass: olcDatabaseConfig
                olcDatabase: {0}config
                olcRootDN: %2$s
                olcRootPW: %3$s

                dn: olcDatabase={1}mdb,cn=config
                objectClass: olcDatabaseConfig
                objectClass: olcMdbConfig
                olcDatabase: {1}mdb
                olcDbDirectory: %1$s/db
                olcDbMaxSize: 16777216
                olcSuffix: %4$s
                olcRootDN: cn=admin,%4$s
                olcRootPW: root-pw
                olcDbIndex: objectClass,uid eq
                olcAccess: {0}to attrs=userPassword by anonymous auth by * none
                olcAccess: {1}to * by self read by anonymous auth by * none
                """.formatted(folder, CONFIG_DN, CONFIG_PASSWORD, RealSlapd.SUFFIX));
        DebianServer.write(
                folder.resolve("data.ldif"),
                """
                dn: dc=example,dc=org
                objectClass: dcObject
                objectClass: organization
                dc: example
                o: Example

                dn: ou=people,dc=example,dc=org
                objectClass: organizationalUnit
                ou: people

                """ + RealSlapd.person("alice", "staff") + RealSlapd.person("probe", "staff"));
        DebianServer.run(List.of("/usr/sbin/slapadd", "-n0", "-F", folder + "/slapd.d", "-l", folder + "/config.ldif"));
        DebianServer.run(List.of("/usr/sbin/slapadd", "-n1", "-F", folder + "/slapd.d", "-l", folder + "/data.ldif"));
    }

    /// @param verb `start`, `stop`, `restart` or `health`
    public String control(String verb) {
        return DebianServer.run(List.of(script.toString(), verb));
    }

    public int port() {
        return port;
    }

    public Path log() {
        return folder.resolve("log/slapd.log");
    }

    @Override
    public void close() {
        control("stop");
    }
}
