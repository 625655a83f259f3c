package barograph.kinds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import barograph.servers.DebianServer;
import barograph.site.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands of kinds with their real servers running, each in a mount namespace of its own, so that nothing of
/// this machine is touched.
class KindServersTest {
    /// What each step of `server-story.sh` is to come to, for a server that can reload.
    private static final String RELOADS = """
            a good candidate: 0
            a broken candidate: N
            loaded before a reload: N
            reload: 0
            loaded after it: 0
            reload of broken files: N
            and it is still up: 0
            """;

    @TempDir
    private Path folder;

    private int port;

    @Test
    void dovecot_takes_over_what_is_good_and_goes_on_without_what_is_not() throws IOException {
        DebianServer.require("/usr/sbin/dovecot", "dovecot-imapd");
        begin("dovecot");
        file("root/dovecot.conf", """
                log_path = %s
                protocols = imap
                ssl = no
                !include conf.d/*.conf
                passdb {
                  driver = passwd-file
                  args = %s/users
                }
                userdb {
                  driver = static
                  args = uid=nobody gid=nogroup home=/nowhere
                }
                """.formatted(folder.resolve("log"), folder));
        file("root/conf.d/login.conf", """
                service imap-login {
                  inet_listener imap {
                    address = 127.0.0.1
                    port = %d
                  }
                  inet_listener imaps {
                    port = 0
                  }
                }
                """.formatted(port));
        file("users", "alice:{PLAIN}secret\n");
        file("start", "dovecot");
        file("stop", "doveadm stop");
        file("break", "echo 'no_such_setting = 1' >>\"$1/conf.d/login.conf\"");

        assertThat(story("/etc/dovecot")).isEqualTo(RELOADS);
    }

    @Test
    void sshd_takes_over_what_is_good_and_is_not_asked_to_where_it_would_be_gone() throws IOException {
        DebianServer.require("/usr/sbin/sshd", "openssh-server");
        begin("sshd");
        file("root/sshd_config", """
                Port %d
                ListenAddress 127.0.0.1
                HostKey /etc/ssh/ssh_host_ed25519_key
                UsePAM no
                """.formatted(port));
        file("start", """
                mkdir -p -m 755 /run/sshd
                ssh-keygen -q -t ed25519 -N '' -f "$ROOT/ssh_host_ed25519_key"
                /usr/sbin/sshd -E "$LOG"
                """);
        file("stop", "kill \"$(cat /run/sshd.pid)\"");
        file("break", "echo 'NoSuchSetting yes' >>\"$1/sshd_config\"");

        // A reload proves itself, by the socket that is new.
        assertThat(story("/etc/ssh")).isEqualTo(RELOADS.replace("before a reload: N", "before a reload: 0"));
    }

    @Test
    void nginx_takes_over_what_is_good_and_goes_on_without_what_is_not() throws IOException {
        DebianServer.require("/usr/sbin/nginx", "nginx");
        begin("nginx");
        file("root/nginx.conf", """
                pid /run/nginx.pid;
                error_log %1$s;
                events { }
                http {
                  access_log off;
                  include /etc/nginx/login.conf;
                }
                """.formatted(folder.resolve("log")));
        file("root/login.conf", "server { listen 127.0.0.1:%d; location / { return 204; } }\n".formatted(port));
        file("start", "nginx");
        file("stop", "nginx -s stop");
        file("break", "echo 'no_such_setting 1;' >>\"$1/login.conf\"");

        assertThat(story("/etc/nginx")).isEqualTo(RELOADS);
    }

    @Test
    void haproxy_takes_over_what_is_good_and_goes_on_without_what_is_not() throws IOException {
        DebianServer.require("/usr/sbin/haproxy", "haproxy");
        begin("haproxy");
        file("root/haproxy.cfg", """
                defaults
                  mode http
                  timeout client 30s
                  timeout server 30s
                  timeout connect 5s
                frontend login
                  bind 127.0.0.1:%d
                  http-request return status 204
                """.formatted(port));
        file("start", "haproxy -W -D -p /run/haproxy.pid -f \"$ROOT/haproxy.cfg\"");
        file("stop", "kill \"$(cat /run/haproxy.pid)\"");
        file("break", "echo '  no-such-setting' >>\"$1/haproxy.cfg\"");

        assertThat(story("/etc/haproxy")).isEqualTo(RELOADS);
    }

    @Test
    void a_kdc_finds_what_is_broken_in_the_candidate() throws IOException {
        DebianServer.require("/usr/sbin/krb5kdc", "krb5-kdc");
        begin("krb5kdc");
        file("krb5.conf", """
                [libdefaults]
                  default_realm = TEST.EXAMPLE
                [realms]
                  TEST.EXAMPLE = {
                    kdc = 127.0.0.1:%1$d
                  }
                [logging]
                  kdc = FILE:%2$s/log
                """.formatted(port, folder));
        file("root/kdc.conf", """
                [realms]
                  TEST.EXAMPLE = {
                    kdc_ports = %1$d
                    kdc_listen = 127.0.0.1:%1$d
                    database_name = %2$s/principal
                    key_stash_file = %2$s/stash
                  }
                """.formatted(port, folder));
        file("start", """
                export KRB5_CONFIG="$STORY/krb5.conf" KRB5_KDC_PROFILE="$ROOT/kdc.conf"
                kdb5_util create -s -P secret -r TEST.EXAMPLE
                krb5kdc -P /run/krb5kdc.pid
                """);
        file("stop", "kill \"$(cat /run/krb5kdc.pid)\"");
        file("break", "echo '[realms' >>\"$1/kdc.conf\"");

        assertThat(story("/etc/krb5kdc")).isEqualTo("a good candidate: 0\na broken candidate: N\n");
    }

    private void begin(String name) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String each : new String[] {"root", "candidate", "programs"}) {
            Files.createDirectory(folder.resolve(each));
        }
        file("log", "");
        Commands commands = Objects.requireNonNull(Kinds.builtIn().get(name)).commands();
        command("validate", commands.validate());
        command("reload", commands.reload());
        command("loaded", commands.loaded());
        command("health", commands.health());
    }

    private void command(String name, Optional<String> command) throws IOException {
        if (command.isPresent()) {
            file(name, Kinds.prelude() + command.get());
        }
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /// Plays `server-story.sh`; codes other than 0 are told as N.
    private String story(String root) throws IOException {
        try (InputStream script = Objects.requireNonNull(getClass().getResourceAsStream("server-story.sh"))) {
            Files.copy(script, folder.resolve("story"));
        }
        Path told = folder.resolve("told");
        ProcessBuilder builder = new ProcessBuilder(
                "unshare", "-m", "sh", folder.resolve("story").toString());
        builder.environment().put("STORY", folder.toString());
        builder.environment().put("ROOT", root);
        builder.environment().put("PORT", Integer.toString(port));
        builder.redirectErrorStream(true).redirectOutput(told.toFile());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("it comes to an end")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        assumeTrue(
                process.exitValue() != 99 || "1".equals(System.getenv("BAROGRAPH_ALL_SERVERS")),
                "SKIPPED: no mount namespace can be made here, so the real server would touch this machine's files");
        return Files.readString(told).replaceAll(": [1-9][0-9]*", ": N");
    }
}
