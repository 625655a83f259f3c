package barograph.servers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Debian's MIT Kerberos server in a folder of its own, on loopback, with the realm EXAMPLE.ORG.
///
/// Alice logs in with `alice-pw` and may have tickets for host/www.example.org; Gone has expired, Stale must change his
/// password, Frozen may not in.
public final class RealKdc implements AutoCloseable {
    public static final String REALM = "EXAMPLE.ORG";

    private static final String PROGRAM = "/usr/sbin/krb5kdc";

    private final Path folder;
    private final int port = DebianServer.freeTcpPort();
    private final Path script;

    private RealKdc(Path folder) {
        this.folder = folder.toAbsolutePath();
        this.script = DebianServer.script(
                this.folder.resolve("kdc"), """
                export KRB5_CONFIG="$here/krb5.conf" KRB5_KDC_PROFILE="$here/kdc.conf"
                krb5kdc -P "$here/run/pid" >>"$here/log/start.log" 2>&1 </dev/null || exit 1
                """, "grep -q ':%04X 00000000:0000 0A' /proc/net/tcp".formatted(port));
    }

    public static RealKdc started(Path folder) {
        DebianServer.require(PROGRAM, "krb5-kdc");
        DebianServer.require("/usr/sbin/kadmin.local", "krb5-admin-server");
        RealKdc kdc = new RealKdc(folder);
        kdc.layOut();
        DebianServer.run(List.of(kdc.script.toString(), "start"));
        return kdc;
    }

    private void layOut() {
        DebianServer.write(folder.resolve("run/none"), "");
        DebianServer.write(folder.resolve("krb5.conf"), """
                [libdefaults]
                    default_realm = %1$s
                [realms]
                    %1$s = {
                        kdc = 127.0.0.1:%2$d
                    }
                [logging]
                    kdc = FILE:%3$s/log/kdc.log
                """.formatted(REALM, port, folder));
        DebianServer.write(folder.resolve("kdc.conf"), """
                [kdcdefaults]
                    kdc_listen = 127.0.0.1:%2$d
                    kdc_tcp_listen = 127.0.0.1:%2$d
                [realms]
                    %1$s = {
                        database_name = %3$s/principal
                        key_stash_file = %3$s/stash
                        default_principal_flags = +preauth
                    }
                """.formatted(REALM, port, folder));
        DebianServer.write(folder.resolve("log/start.log"), "");
        admin("kdb5_util create -s -r " + REALM + " -P master-pw");
        Map.of(
                        "alice", "",
                        "gone", "-expire 2020-01-01",
                        "stale", "+needchange",
                        "frozen", "-allow_tix")
                .forEach((name, flags) ->
                        admin("kadmin.local -r " + REALM + " addprinc " + flags + " -pw " + name + "-pw " + name));
        admin("kadmin.local -r " + REALM + " addprinc -randkey host/www.example.org");
    }

    private void admin(String command) {
        DebianServer.run(List.of(
                "env",
                "KRB5_CONFIG=" + folder.resolve("krb5.conf"),
                "KRB5_KDC_PROFILE=" + folder.resolve("kdc.conf"),
                "sh",
                "-c",
                "PATH=$PATH:/usr/sbin; " + command));
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        DebianServer.run(List.of(script.toString(), "stop"));
    }
}
