package barograph.notices;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A mail's place in the mailbox: the same mail keeps it for as long as the mailbox is not made anew (RFC 3501,
/// 2.3.1.1).
///
/// @param box tells one making of the mailbox from another (UIDVALIDITY)
/// @param number rises from mail to mail within one making (UID)
public record Postmark(long box, long number) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    /// Reads what [#toString] has written.
    public static Optional<Postmark> parse(String written) {
        Matcher form = FORM.matcher(written);
        return form.matches()
                ? Optional.of(new Postmark(Long.parseLong(form.group(1)), Long.parseLong(form.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return box + "-" + number;
    }
}
