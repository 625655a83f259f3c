package barograph.servers;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// Debian's Dovecot in a folder of its own, on loopback: IMAP and mail submission.
///
/// Alice and Bob log in with their name and `-pw`; for `broken` it cannot tell. Passwords are taken in clear from
/// this machine. Dovecot wants root.
public final class RealDovecot implements AutoCloseable {
    private static final String PROGRAM = "/usr/sbin/dovecot";

    private final Path folder;
    private final int imap = DebianServer.freeTcpPort();
    private final int imaps = DebianServer.freeTcpPort();
    private final int submission = DebianServer.freeTcpPort();
    private final int submissions = DebianServer.freeTcpPort();
    private final Path script;

    private RealDovecot(Path folder) {
        this.folder = folder.toAbsolutePath();
        this.script = DebianServer.script(this.folder.resolve("dovecot"), """
                dovecot -c "$here/etc/dovecot.conf" >>"$here/log/start.log" 2>&1 </dev/null || exit 1
                ln -sf base/master.pid "$here/run/pid"
                """, "true");
    }

    /// Started, with this certificate.
    public static RealDovecot started(Path folder, Certificates.Pair pair) {
        DebianServer.require(PROGRAM, "dovecot-imapd");
        DebianServer.require("/usr/lib/dovecot/submission", "dovecot-submissiond");
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "Dovecot can be started by root only");
        RealDovecot dovecot = new RealDovecot(folder);
        dovecot.layOut(pair);
        dovecot.control("start");
        return dovecot;
    }

    private void layOut(Certificates.Pair pair) {
        DebianServer.write(folder.resolve("log/start.log"), "");
        DebianServer.write(folder.resolve("run/none"), "");
        DebianServer.write(users(), "alice:{PLAIN}alice-pw\nbob:{PLAIN}bob-pw\n");
        DebianServer.write(folder.resolve("etc/broken"), "#!/bin/sh\nexit 111\n");
        DebianServer.run(List.of("chmod", "755", folder.resolve("etc/broken").toString()));
        // Its processes run as users of their own, and folders for tests are closed to others.
        DebianServer.run(List.of("chmod", "711", folder.resolve("..").toString(), folder.toString()));
        DebianServer.write(folder.resolve("etc/dovecot.conf"), """
                base_dir = %1$s/run/base
                state_dir = %1$s/run/base
                log_path = %1$s/log/dovecot.log
                protocols = imap submission
                listen = 127.0.0.1
                ssl = yes
                ssl_cert = <%2$s
                ssl_key = <%3$s
                auth_verbose = yes
                auth_failure_delay = 0
                mail_location = maildir:%1$s/mail/%%u
                hostname = mail.example.org
                submission_relay_host = 127.0.0.1
                submission_relay_port = 9
                passdb {
                    driver = checkpassword
                    args = %1$s/etc/broken
                    username_filter = broken
                }
                passdb {
                    driver = passwd-file
                    args = %4$s
                }
                userdb {
                    driver = static
                    args = uid=nobody gid=nogroup home=%1$s/mail/%%u
                }
                namespace inbox {
                    inbox = yes
                }
                # The penalty by address would slow down one test for another's wrong passwords.
                service anvil {
                    unix_listener anvil-auth-penalty {
                        mode = 0
                    }
                }
                service imap-login {
                    inet_listener imap {
                        port = %5$d
                    }
                    inet_listener imaps {
                        port = %6$d
                    }
                }
                service submission-login {
                    inet_listener submission {
                        port = %7$d
                    }
                    inet_listener submissions {
                        port = %8$d
                        ssl = yes
                    }
                }
                """.formatted(
                        folder, pair.certificate(), pair.key(), users(), imap, imaps, submission, submissions));
        DebianServer.write(folder.resolve("mail/none"), "");
        DebianServer.run(
                List.of("chown", "nobody:nogroup", folder.resolve("mail").toString()));
    }

    private Path users() {
        return folder.resolve("etc/users");
    }

    public Path log() {
        return folder.resolve("log/dovecot.log");
    }

    /// @param verb `start`, `stop`, `restart`, `reload` or `health`
    public String control(String verb) {
        try {
            return DebianServer.run(List.of(script.toString(), verb));
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\n" + DebianServer.read(log())
                            + DebianServer.read(folder.resolve("log/start.log")),
                    e);
        }
    }

    public int imap() {
        return imap;
    }

    /// IMAP in TLS from the first byte.
    public int imaps() {
        return imaps;
    }

    public int submission() {
        return submission;
    }

    /// Submission in TLS from the first byte.
    public int submissions() {
        return submissions;
    }

    @Override
    public void close() {
        control("stop");
    }
}
