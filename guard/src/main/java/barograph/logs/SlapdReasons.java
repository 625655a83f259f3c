package barograph.logs;

import barograph.login.Outcome;
import barograph.login.Step;

/// What the result codes of a bind mean (RFC 4511, section 4.1.9), in short words.
final class SlapdReasons {
    /// The code of a bind that is answered by another bind.
    static final int SASL_GOES_ON = 14;

    private SlapdReasons() {}

    /// @param text what slapd says beside the code; the password policy explains itself there
    static Outcome of(int code, String text) {
        return switch (code) {
            case 0 -> new Outcome.Accepted();
            // 49 is also what an ACL that forbids to log in looks like: the two are not told apart.
            case 49, 19, 53, 50 -> new Outcome.Rejected(refusal(code, text));
            case 32, 34 -> new Outcome.Rejected("unknown_user");
            case 2, 7, 8, 13, 48 -> new Outcome.Rejected("method_not_allowed");
            case 3, 85 -> new Outcome.Failed(Step.AUTHENTICATE, "timeout");
            case 51, 52, 81, 91 -> new Outcome.Failed(Step.AUTHENTICATE, "backend_unreachable");
            default -> new Outcome.Failed(Step.AUTHENTICATE, "internal_error");
        };
    }

    private static String refusal(int code, String text) {
        if (text.contains("locked")) {
            return "locked";
        }
        if (text.contains("expired") || text.contains("must be changed")) {
            return "expired_password";
        }
        if (text.contains("unauthenticated bind")) {
            return "bad_password";
        }
        return code == 49 ? "bad_password" : "policy_denied";
    }
}
