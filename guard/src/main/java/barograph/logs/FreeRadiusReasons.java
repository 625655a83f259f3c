package barograph.logs;

import barograph.login.Outcome;
import barograph.login.Step;
import java.util.List;

/// What FreeRADIUS says in parentheses about a login that did not succeed, in short words.
///
/// The texts are those of version 3.2 and its modules, and of Samba's `ntlm_auth` and winbind, which FreeRADIUS
/// passes on. The first that fits counts.
final class FreeRadiusReasons {
    /// Said no, without saying why.
    static final Outcome UNTOLD = new Outcome.Rejected("rejected");

    static final Outcome BACKEND = new Outcome.Failed(Step.AUTHENTICATE, "backend_unreachable");
    static final Outcome POLICY = new Outcome.Rejected("policy_denied");
    static final Outcome UNKNOWN_USER = new Outcome.Rejected("unknown_user");
    static final Outcome SHARED_SECRET = new Outcome.Failed(Step.GREET, "bad_shared_secret");
    static final Outcome UNKNOWN_CLIENT = new Outcome.Failed(Step.GREET, "unknown_client");

    private record Rule(Outcome outcome, List<String> texts) {}

    private static final List<Rule> RULES = List.of(
            rule(
                    BACKEND,
                    "Home Server failed to respond",
                    "lack of any response from home server",
                    "Failed performing search",
                    "Can't contact",
                    "No connections available",
                    "no free connections",
                    "SQL query failed",
                    "failed to create winbind context",
                    "Reading winbind reply failed",
                    "NO_LOGON_SERVERS",
                    "0xc000005e"),
            rejected("home_server_refused", "Home Server says so"),
            tls("cert_expired", "certificate expired", "certificate has expired", "certificate is not yet valid"),
            tls("unknown_ca", "unknown CA", "unable to get local issuer", "self signed", "self-signed"),
            rule(POLICY, "Rejected: ", "outside of allowed time-slot", "rejected by the virtual server"),
            tls("tls_alert", "(TLS)", "TLS Alert", "SSL"),
            rejected("locked", "locked out", "ACCOUNT_LOCKED", "ACCOUNT_DISABLED", "0xc0000234", "0xc0000072"),
            rejected("expired_account", "ccount expired", "account has expired", "0xc0000193"),
            rejected(
                    "expired_password",
                    "assword has expired",
                    "Password expired",
                    "PASSWORD_EXPIRED",
                    "PASSWORD_MUST_CHANGE",
                    "0xc0000071",
                    "0xc0000224"),
            rejected("no_such_realm", "No such realm"),
            rejected("mfa_failed", "totp", "OTP"),
            // Nothing in the configuration has claimed the user.
            rule(UNKNOWN_USER, "No Auth-Type found", "User not found", "NO_SUCH_USER", "0xc0000064"),
            rejected(
                    "method_not_allowed",
                    "No NT-Password",
                    "Cannot perform authentication",
                    "No mutually acceptable types",
                    "Can't select method",
                    "Cannot do PAP",
                    "No password configured",
                    "No Cleartext-Password",
                    "is required for EAP",
                    "EAP type is wrong"),
            rejected(
                    "bad_password",
                    "does not match",
                    "is incorrect",
                    "don't match",
                    "digest failure",
                    "is probably incorrect",
                    "credentials incorrect",
                    "Invalid credentials",
                    "WRONG_PASSWORD",
                    "ogon failure",
                    "0xc000006a",
                    "0xc000006d"),
            rule(new Outcome.Failed(Step.AUTHENTICATE, "timeout"), "request timed out", "Timed out"),
            rule(new Outcome.Failed(Step.AUTHENTICATE, "internal_error"), "nternal error", "sanity check"));

    private FreeRadiusReasons() {}

    static Outcome of(FreeRadiusLine line) {
        return switch (line.verdict()) {
            case OK -> new Outcome.Accepted();
            case REJECTED_AFTERWARDS, TOO_MANY -> POLICY;
            case INVALID_USER -> line.why().isEmpty() ? UNKNOWN_USER : of(line.why());
            case INCORRECT -> of(line.why());
        };
    }

    /// Whether the server only said no, as it also does for everybody while its directory cannot be reached.
    static boolean saysNothing(FreeRadiusLine line) {
        return line.why().isEmpty()
                && (line.verdict() == FreeRadiusLine.Verdict.INCORRECT
                        || line.verdict() == FreeRadiusLine.Verdict.INVALID_USER);
    }

    /// Whether a line of level Error says that a backend cannot be used.
    static boolean backendDown(String line, int from) {
        return line.startsWith("rlm_", from)
                && (line.contains("connection attempt failed")
                        || line.contains("Opening connection failed")
                        || line.contains("No connections available")
                        || line.contains("no free connections")
                        || line.contains("failed: ")
                        || line.contains("credentials incorrect"));
    }

    private static Outcome of(String why) {
        if (!why.isEmpty()) {
            for (Rule rule : RULES) {
                for (String text : rule.texts()) {
                    if (why.contains(text)) {
                        return rule.outcome();
                    }
                }
            }
        }
        return UNTOLD;
    }

    private static Rule rule(Outcome outcome, String... texts) {
        return new Rule(outcome, List.of(texts));
    }

    private static Rule rejected(String reason, String... texts) {
        return rule(new Outcome.Rejected(reason), texts);
    }

    private static Rule tls(String reason, String... texts) {
        return rule(new Outcome.Failed(Step.TLS, reason), texts);
    }
}
