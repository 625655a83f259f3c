package barograph.probe;

import com.unboundid.ldap.sdk.ResultCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a directory's result code means for a login (RFC 4511 appendix A, and the words of Active Directory).
///
/// A code is a rejection only when the user's credentials were judged: an expected rejection must not be taken for
/// met because the directory was busy.
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
            case 19, 50 -> new Reading(true, "policy_denied");
            case 48, 53 -> new Reading(true, "unwilling");
            case 8, 13 -> new Reading(false, "tls_required");
            case 7 -> new Reading(false, "method_not_supported");
            case 10 -> new Reading(false, "referred");
            case 34 -> new Reading(false, "invalid_name");
            case 3, 11, 51, 52 -> new Reading(false, "backend_unavailable");
            case 1, 2, 80 -> new Reading(false, "internal_error");
            case 81, 91 -> new Reading(false, "connection_closed");
            default -> new Reading(false, "ldap_" + code.intValue());
        };
    }

    private static String credentials(String diagnostic) {
        Matcher data = ACTIVE_DIRECTORY.matcher(diagnostic);
        if (!data.find()) {
            return "invalid_credentials";
        }
        return switch (data.group(1)) {
            case "525" -> "unknown_user";
            case "52e" -> "bad_password";
            case "530", "531" -> "policy_denied";
            case "532", "773" -> "password_expired";
            case "533" -> "account_disabled";
            case "701" -> "account_expired";
            case "775" -> "account_locked";
            default -> "invalid_credentials";
        };
    }
}
