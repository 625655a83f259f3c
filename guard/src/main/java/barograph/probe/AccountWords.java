package barograph.probe;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tells a test account that is locked or has run out by what a server says to its user.
///
/// Such an account fails on every server: taken for the fault of a change it would bring a good one back. Only words
/// that leave no doubt are read; the reasons are those of the log grammars.
final class AccountWords {
    private static final Map<String, Pattern> REASONS = Map.of(
            "expired_password",
                    Pattern.compile(
                            "password( has| is)? (been )?expired|expired password|must change (your|the) password"
                                    + "|password must be changed|password change required|need to change your password"),
            "expired_account",
                    Pattern.compile("(account|user|principal|entry)('s entry)?( in database)? has expired"
                            + "|account( is)? expired|expired account"),
            "locked",
                    Pattern.compile("account( has been| is)?( temporarily)? (locked|blocked)|user is locked|locked out"
                            + "|too many (failed|invalid) (login|logon|password|attempts)"),
            "disabled",
                    Pattern.compile("account( has been| is)?( temporarily)? (disabled|deactivated|suspended)"
                            + "|user( is)? disabled"));

    private AccountWords() {}

    static Optional<String> reason(String said) {
        String words = said.toLowerCase(Locale.ROOT);
        return REASONS.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(words).find())
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }
}
