package barograph.notices;

import barograph.rollout.Event.Writer;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells whether a person wrote a mail, so that machines never answer each other (RFC 3834).
///
/// Where it is in doubt, a machine wrote it: a person who gets no automatic answer still gets one from an operator.
final class Manners {
    private static final Set<String> BULK = Set.of("bulk", "junk", "list", "auto_reply");

    /// Headers that only machines set.
    private static final Set<String> TELLTALE = Set.of(
            "list-id",
            "x-autoreply",
            "x-autorespond",
            "x-autoresponse",
            "x-auto-response-suppress",
            "x-barograph-loop",
            "x-loop");

    private static final Pattern NOBODY = Pattern.compile("(mailer-daemon|postmaster|.*no-?reply|do-?not-?reply)@.*");

    /// Absence notes that come without any of those headers.
    private static final Pattern ABSENCE = Pattern.compile("(automatic reply|auto-?reply|auto:|out of (the )?office"
            + "|automatische antwort|abwesenheit|réponse automatique|absence|respuesta automática).*");

    private static final Pattern RETURNED = Pattern.compile(
            ".*(undeliver|not delivered|delivery (status|failure|failed)|returned mail|unzustellbar).*");

    /// What a delivery report says of a letter that is late or has arrived (RFC 3464, 2.3.3).
    private static final Pattern NO_FAILURE =
            Pattern.compile("(?im)^action:\\s*(delayed|delivered|relayed|expanded)\\s*$");

    private static final Pattern FAILURE = Pattern.compile("(?im)^action:\\s*failed\\s*$");

    private Manners() {}

    static Writer writer(Mail mail) {
        if (isBounce(mail)) {
            return Writer.BOUNCE;
        }
        return isMachine(mail) ? Writer.MACHINE : Writer.PERSON;
    }

    private static boolean isBounce(Mail mail) {
        String type = mail.header("content-type");
        if (type.startsWith("multipart/report")) {
            boolean harmless = NO_FAILURE.matcher(mail.text()).find()
                    && !FAILURE.matcher(mail.text()).find();
            return type.contains("delivery-status") && !harmless;
        }
        String subject = mail.subject().toLowerCase(java.util.Locale.ROOT);
        return (fromNowhere(mail)
                        || mail.from().toLowerCase(java.util.Locale.ROOT).startsWith("mailer-daemon@"))
                && RETURNED.matcher(subject).matches();
    }

    private static boolean isMachine(Mail mail) {
        String submitted = mail.header("auto-submitted");
        String subject = mail.subject().strip().toLowerCase(java.util.Locale.ROOT);
        return (!submitted.isEmpty() && !submitted.split("[;\\s]", 2)[0].equals("no"))
                || BULK.contains(mail.header("precedence"))
                || TELLTALE.stream().anyMatch(mail::has)
                || mail.header("content-type").startsWith("multipart/report")
                || fromNowhere(mail)
                || mail.from().isEmpty()
                || NOBODY.matcher(mail.from().toLowerCase(java.util.Locale.ROOT))
                        .matches()
                || ABSENCE.matcher(subject).matches();
    }

    /// The empty envelope sender: whoever sent this wants no answer, ever.
    private static boolean fromNowhere(Mail mail) {
        return mail.header("return-path").equals("<>");
    }
}
