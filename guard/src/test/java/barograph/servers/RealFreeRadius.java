package barograph.servers;

import barograph.site.BootHook;
import barograph.site.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Debian's FreeRADIUS in a folder of its own, on loopback.
///
/// `root()` is the configuration as Debian ships it, without EAP: its radiusd.conf, modules and policies, a virtual
/// server for passwords (PAP, CHAP, MS-CHAP), and every 127.x.y.z as a client. Alice, Bob and Probe log in with their
/// name and `-pw`; Alice
/// and Probe get a Session-Timeout. Logins are written to `log()`.
public final class RealFreeRadius implements AutoCloseable {
    public static final String SECRET = "radius-test-secret";

    private static final Path DEBIAN = Path.of("/etc/freeradius/3.0");
    private static final String PROGRAM = "/usr/sbin/freeradius";

    private static final List<String> FILES = List.of(
            "dictionary",
            "proxy.conf",
            "mods-config/attr_filter",
            "mods-config/files",
            "mods-config/preprocess",
            "policy.d");

    private static final List<String> MODULES = List.of(
            "always",
            "attr_filter",
            "chap",
            "expiration",
            "expr",
            "files",
            "logintime",
            "mschap",
            "pap",
            "preprocess",
            "realm");

    private static final String PASSWORDS = """
            Auth-Type PAP {
                    pap
                }
                Auth-Type CHAP {
                    chap
                }
                Auth-Type MS-CHAP {
                    mschap
                }""";

    private final Path folder;
    private final int port;
    private final Path script;

    private RealFreeRadius(Path folder) {
        this.folder = folder.toAbsolutePath();
        this.port = DebianServer.freeUdpPort();
        this.script = DebianServer.script(this.folder.resolve("radius"), """
                freeradius -d "$here/raddb" >>"$here/log/start.log" 2>&1 </dev/null || {
                    tail -n 20 "$here/log/start.log" "$here/log/radius.log" >&2
                    exit 1
                }
                """, "true");
    }

    /// Lays the server out in `folder`, to be edited and then started.
    public static RealFreeRadius in(Path folder) {
        DebianServer.require(PROGRAM, "freeradius");
        RealFreeRadius radius = new RealFreeRadius(folder);
        try {
            radius.layOut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return radius;
    }

    private void layOut() throws IOException {
        for (String name : List.of("log", "run", "raddb/mods-available", "raddb/mods-enabled", "raddb/sites-enabled")) {
            Files.createDirectories(folder.resolve(name));
        }
        for (String name : FILES) {
            copy(DEBIAN.resolve(name), root().resolve(name));
        }
        for (String module : MODULES) {
            enable(module, Files.readString(DEBIAN.resolve("mods-available").resolve(module)));
        }
        DebianServer.write(root().resolve("radiusd.conf"), radiusdConf());
        DebianServer.write(root().resolve("clients.conf"), """
                client loopback {
                    ipaddr = 127.0.0.0/8
                    secret = %s
                    require_message_authenticator = no
                }
                """.formatted(SECRET));
        DebianServer.write(root().resolve("mods-config/files/authorize"), """
                alice Cleartext-Password := "alice-pw"
                    Session-Timeout := 3600, Filter-Id := "staff"
                bob Cleartext-Password := "bob-pw"
                    Reply-Message := "Welcome, guest"
                probe Cleartext-Password := "probe-pw"
                    Session-Timeout := 3600, Filter-Id := "staff"
                """);
        site("files\n    chap\n    mschap\n    pap", PASSWORDS);
        Files.createSymbolicLink(root().resolve("sites-enabled/default"), Path.of("../sites-available/default"));
    }

    /// Debian's own file, told to stay in this folder, on this port, as this user, and to write logins down.
    private String radiusdConf() throws IOException {
        String text = Files.readString(DEBIAN.resolve("radiusd.conf"));
        return "login_port = " + port + "\n"
                + text.replaceAll("(?m)^\\s*(user|group) = freerad$", "")
                        .replaceAll("(?m)^raddbdir = .*$", "raddbdir = " + root())
                        .replaceAll("(?m)^logdir = .*$", "logdir = " + folder.resolve("log"))
                        .replaceAll("(?m)^run_dir = .*$", "run_dir = " + folder.resolve("run"))
                        .replaceAll("(?m)^pidfile = .*$", "pidfile = " + folder.resolve("run/pid"))
                        .replaceAll("(?m)^(\\s*)auth = no$", "$1auth = yes");
    }

    private void site(String authorize, String authenticate) {
        DebianServer.write(root().resolve("sites-available/default"), """
                server default {
                listen {
                    type = auth
                    ipaddr = 127.0.0.1
                    port = ${login_port}
                }
                authorize {
                    filter_username
                    preprocess
                    %s
                    expiration
                    logintime
                }
                authenticate {
                    %s
                }
                post-auth {
                    Post-Auth-Type REJECT {
                        attr_filter.access_reject
                    }
                }
                }
                """.formatted(authorize, authenticate));
    }

    private void enable(String module, String text) throws IOException {
        DebianServer.write(root().resolve("mods-available").resolve(module), text);
        Path link = root().resolve("mods-enabled").resolve(module);
        if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(link, Path.of("../mods-available").resolve(module));
        }
    }

    /// Looks people up in a directory and lets it judge their passwords; only staff and guests may in
    /// (`policy.d/groups`, which a restart takes over and a reload does not).
    public RealFreeRadius authenticatingAgainst(RealSlapd directory) {
        DebianServer.require("/usr/lib/freeradius/rlm_ldap.so", "freeradius-ldap");
        try {
            enable("ldap", """
                    ldap {
                        server = '127.0.0.1'
                        port = %d
                        identity = '%s'
                        password = %s
                        base_dn = '%s'
                        user {
                            base_dn = "ou=people,${..base_dn}"
                            filter = "(uid=%%{User-Name})"
                        }
                        group {
                            base_dn = "ou=groups,${..base_dn}"
                            filter = '(objectClass=groupOfNames)'
                            name_attribute = cn
                            membership_filter = "(member=%%{control:Ldap-UserDn})"
                        }
                        options {
                            res_timeout = 2
                            srv_timelimit = 2
                            net_timeout = 1
                        }
                        pool {
                            start = 1
                            min = 1
                            max = 8
                            spare = 1
                            uses = 0
                            retry_delay = 1
                            lifetime = 0
                            idle_timeout = 0
                        }
                    }
                    """.formatted(
                            directory.port(), RealSlapd.SERVICE_DN, RealSlapd.SERVICE_PASSWORD, RealSlapd.SUFFIX));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        DebianServer.write(root().resolve("policy.d/groups"), """
                allowed_groups {
                    if (!(LDAP-Group == "staff") && !(LDAP-Group == "guests")) {
                        reject
                    }
                }
                """);
        site("""
                ldap
                    if ((ok || updated) && User-Password) {
                        update control {
                            &Auth-Type := LDAP
                        }
                    }
                    allowed_groups""", "Auth-Type LDAP {\n        ldap\n    }");
        return this;
    }

    /// Speaks EAP-TTLS and PEAP too, with this certificate; who is in the tunnel is judged as a password is.
    public RealFreeRadius speakingEap(Certificates.Pair pair, Path authority) {
        try {
            enable("eap", """
                    eap {
                        default_eap_type = peap
                        gtc {
                            auth_type = PAP
                        }
                        mschapv2 {
                            send_error = yes
                        }
                        tls-config common {
                            private_key_file = %s
                            certificate_file = %s
                            ca_file = %s
                            tls_max_version = "1.2"
                            fragment_size = 1000
                        }
                        ttls {
                            tls = common
                            default_eap_type = mschapv2
                            copy_request_to_tunnel = yes
                            use_tunneled_reply = yes
                            virtual_server = "default"
                        }
                        peap {
                            tls = common
                            default_eap_type = mschapv2
                            copy_request_to_tunnel = yes
                            use_tunneled_reply = yes
                            virtual_server = "default"
                        }
                    }
                    """.formatted(pair.key(), pair.certificate(), authority));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        site("""
                eap {
                        ok = return
                    }
                    files
                    chap
                    mschap
                    pap""", PASSWORDS + "\n    eap");
        return this;
    }

    public RealFreeRadius started() {
        control("start");
        return this;
    }

    /// @param verb `start`, `stop`, `restart`, `reload` or `health`
    public String control(String verb) {
        return DebianServer.run(List.of(script.toString(), verb));
    }

    /// What a site file would say to run this server: a reload takes over users and virtual servers only, and is
    /// ignored for 5 seconds after another.
    public Commands commands() {
        return new Commands(
                Optional.of("freeradius -C -l stdout -d \"$CANDIDATE\""),
                Optional.of(reload()),
                List.of("mods-config/files/*", "sites-available/*", "sites-enabled/*"),
                Duration.ofSeconds(6),
                Optional.of(script + " restart"),
                Optional.of(script + " health"),
                Optional.empty(),
                new BootHook.None(),
                Duration.ofSeconds(20));
    }

    /// Waits for the log to tell that the server has looked at its files: the signal alone says nothing of when.
    private String reload() {
        return """
                from=$(($(stat -c %%s %1$s) + 1)) && %2$s reload || exit 1
                tries=0
                until tail -c "+$from" %1$s | grep -qE 'HUP - (Files|No|Cannot|Last)|Ignoring HUP|Loaded virtual server'; do
                  [ "$((tries += 1))" -le 150 ] || { echo "the log does not tell of a reload"; exit 1; }
                  sleep 0.1
                done
                """.formatted(log(), script);
    }

    /// What a person configures.
    public Path root() {
        return folder.resolve("raddb");
    }

    public Path log() {
        return folder.resolve("log/radius.log");
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        control("stop");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path target = from.equals(file) ? to : to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
