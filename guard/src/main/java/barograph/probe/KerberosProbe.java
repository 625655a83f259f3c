package barograph.probe;

import barograph.login.Step;
import barograph.site.ProbeKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A login to a Kerberos realm (RFC 4120), by `kinit` of MIT Kerberos.
///
/// A program instead of Java's own client, as that one takes its configuration from this whole process, and not all of
/// its errors tell who was at fault. Only the server under test is asked, whatever name servers say of the realm.
final class KerberosProbe implements Protocol {
    static final ProbeKind KIND = Options.kindWithoutFrom(
            "kerberos",
            88,
            List.of(
                    Options.optional("realm", "The realm; what follows the @ in the user's name when not said."),
                    Options.optional(
                            "service", "A service for which a ticket must be given too: host/www.acme.example.")));

    private static final String REMEDY = "apt-get install krb5-user";

    @Override
    public Answer login(Attempt attempt) throws Halt {
        Path kinit = Program.find(attempt, "kinit", REMEDY);
        String user = attempt.probe().user();
        Optional<String> realm = attempt.option("realm")
                .or(() ->
                        user.contains("@") ? Optional.of(user.substring(user.lastIndexOf('@') + 1)) : Optional.empty());
        if (realm.isEmpty() || !realm.get().matches("[A-Za-z0-9._-]+")) {
            throw attempt.misconfigured("it knows no realm: add the option 'realm', or write the user as name@REALM");
        }
        List<InetAddress> addresses = Network.resolve(attempt);
        try (Socket knock = Network.connect(attempt, addresses)) {
            InetAddress address = knock.getInetAddress();
            Path folder = Files.createTempDirectory("barograph-krb5"); // private: mode 0700
            try {
                Files.writeString(folder.resolve("krb5.conf"), configuration(attempt, realm.get(), address));
                return ask(attempt, kinit, folder, user.contains("@") ? user : user + "@" + realm.get());
            } finally {
                for (String name : List.of("krb5.conf", "tickets")) {
                    Files.deleteIfExists(folder.resolve(name));
                }
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw attempt.way().failed("no_private_file", "cannot write kinit's configuration: " + e.getMessage());
        }
    }

    private static String configuration(Attempt attempt, String realm, InetAddress address) throws Halt {
        String host = address.getHostAddress();
        return """
                [libdefaults]
                    default_realm = %1$s
                    dns_lookup_kdc = false
                    dns_lookup_realm = false
                    rdns = false
                [realms]
                    %1$s = {
                        kdc = %2$s:%3$d
                    }
                """.formatted(realm, host.contains(":") ? "[" + host + "]" : host, attempt.port());
    }

    private static Answer ask(Attempt attempt, Path kinit, Path folder, String principal) throws Halt {
        Map<String, String> environment = Map.of(
                "KRB5_CONFIG",
                folder.resolve("krb5.conf").toString(),
                "KRB5CCNAME",
                "FILE:" + folder.resolve("tickets"));
        attempt.way().reach(Step.AUTHENTICATE);
        List<String> command = List.of(kinit.toString(), "--", principal);
        try (Program program = Program.start(attempt, command, environment, attempt.password() + "\n")) {
            if (program.await() != 0) {
                throw refused(attempt.way(), program.output());
            }
        }
        return ticket(attempt, environment);
    }

    private static Answer ticket(Attempt attempt, Map<String, String> environment) throws Halt {
        Optional<String> service = attempt.option("service");
        if (service.isEmpty()) {
            return new Answer(true, "accepted", Map.of());
        }
        attempt.way().reach(Step.AUTHORIZE);
        Path kvno = Program.find(attempt, "kvno", REMEDY);
        try (Program program = Program.start(attempt, List.of(kvno.toString(), "--", service.get()), environment, "")) {
            return program.await() == 0
                    ? new Answer(true, "accepted, with a ticket for " + service.get(), Map.of())
                    : new Answer(
                            false,
                            "accepted without a ticket for " + service.get() + ": " + words(program.output()),
                            Map.of());
        }
    }

    /// The words of MIT's library, which are not translated under `LC_ALL=C`.
    static Halt refused(Way way, String output) {
        String words = words(output);
        String small = output.toLowerCase(Locale.ROOT);
        if (small.contains("password incorrect") || small.contains("preauthentication failed")) {
            return way.rejected("bad_password", words);
        }
        if (small.contains("not found in kerberos database")) {
            return way.rejected("unknown_user", words);
        }
        if (small.contains("credentials have been revoked")) {
            return way.rejected("locked", words);
        }
        if (small.contains("entry in database has expired")) {
            return way.rejected("expired_account", words);
        }
        if (small.contains("password has expired") || small.contains("password expired")) {
            return way.rejected("expired_password", words);
        }
        if (small.contains("policy rejects")) {
            return way.rejected("policy_denied", words);
        }
        if (small.contains("cannot contact any kdc")) {
            return way.unanswered("the server did not answer: " + words);
        }
        if (small.contains("clock skew")) {
            return way.failed("clock_skew", words);
        }
        return way.failed(small.contains("encryption type") ? "method_not_allowed" : "kerberos_error", words);
    }

    /// The last line: before it stands the question for the password.
    private static String words(String output) {
        List<String> lines = output.strip().lines().toList();
        return lines.isEmpty() ? "no output" : lines.getLast();
    }
}
