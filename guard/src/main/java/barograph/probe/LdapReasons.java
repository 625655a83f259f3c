package barograph.probe;

import com.unboundid.ldap.sdk.ResultCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a directory's result code means for a login (RFC 4511 appendix A, and the words of Active Directory).
///
/// A code is a rejection only when the user's credentials were judged: an expected rejection must not be taken for
/// met because the directory was busy. Where slapd's log tells the same thing, its grammar uses the same word.
final class LdapReasons {
    /// Active Directory says more than "invalid credentials": `80090308: LdapErr: …, data 532, v1db1`.
    private static final Pattern ACTIVE_DIRECTORY = Pattern.compile("LdapErr: .* data ([0-9a-f]{1,8}),");

    private LdapReasons() {}

    /// @param rejected whether the server judged the credentials, and said no
    /// @param reason a short word
    record Reading(boolean rejected, String reason) {}

    static Reading of(ResultCode code, @Nullable String diagnostic) {
        return switch (code.intValue()) {
            case 49 -> new Reading(true, credentials(diagnostic == null ? "" : diagnostic));
            case 32 -> new Reading(true, "unknown_user");
            case 19, 50, 53 -> new Reading(true, "policy_denied");
            case 48 -> new Reading(true, "method_not_allowed");
            case 7 -> new Reading(false, "method_not_allowed");
            case 8, 13 -> new Reading(false, "tls_required");
            case 10 -> new Reading(false, "referred");
            case 34 -> new Reading(false, "invalid_name");
            case 3, 11, 51, 52 -> new Reading(false, "backend_unreachable");
            case 1, 2, 80 -> new Reading(false, "internal_error");
            case 81, 91 -> new Reading(false, "connection_closed");
            default -> new Reading(false, "ldap_" + code.intValue());
        };
    }

    private static String credentials(String diagnostic) {
        Matcher data = ACTIVE_DIRECTORY.matcher(diagnostic);
        if (!data.find()) {
            return "bad_password";
        }
        return switch (data.group(1)) {
            case "525" -> "unknown_user";
            case "530", "531" -> "policy_denied";
            case "532", "773" -> "expired_password";
            case "533" -> "disabled";
            case "701" -> "expired_account";
            case "775" -> "locked";
            default -> "bad_password";
        };
    }
}
