package barograph.site;

import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import barograph.form.Note;
import barograph.form.Placed;
import barograph.form.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How people are told.
final class NoticesForm {
    /// Whom an unanswered notice goes to.
    static final Note<String> ESCALATED = new Note<>(String.class);

    private static final Field<String> FROM = Field.required("from", Words.MAIL, "the sender's address of every mail");
    private static final Field<Optional<Secret>> SMTP = Field.optional(
            "smtp", SecretForm.ADDRESS, "where mail is handed over: smtp://user:password@host:port, by reference");
    private static final Field<Optional<Secret>> INBOX = Field.optional(
            "inbox", SecretForm.ADDRESS, "where answers are read: imap://user:password@host:port/folder, by reference");
    private static final Field<Duration> ACKNOWLEDGE_WITHIN = Field.standard(
            "acknowledge-within",
            Form.duration(Duration.ofSeconds(1), Duration.ofDays(7)),
            "15m",
            "how long until an unanswered notice is escalated");

    private static final Pattern SOMEONE =
            Pattern.compile(Name.SHAPE.pattern() + "|[^\\s@/]+@[A-Za-z0-9.-]+|https?://[^\\s@/]+(?:/[^\\s]*)?");
    private static final Field<List<String>> ESCALATE = Field.or(
            List.of(),
            "escalate",
            Form.list(
                    Form.text()
                            .atMost(500)
                            .matching(SOMEONE, "a party, a mail address or a web address", "")
                            .noted(ESCALATED),
                    0,
                    50),
            "whom an unanswered notice goes to: parties, mail addresses, web addresses");

    private static final Field<List<Placed<Webhook>>> WEBHOOKS = Field.or(
            List.of(),
            "webhooks",
            Form.named("webhook", Words.NAME, WebhookForm.FORM),
            "web addresses that are told what a party's desk is told, by name");
    private static final Field<List<String>> INSIDE = Field.or(
            List.of(),
            "inside",
            Form.list(Words.HOST, 0, 50),
            "hosts that webhooks may reach although their addresses are internal ones (10.0.0.0/8 and the like)");

    static final Form<NoticeRules> FORM = Form.fields(FROM, SMTP, INBOX, ACKNOWLEDGE_WITHIN, ESCALATE, WEBHOOKS, INSIDE)
            .check(NoticesForm::check)
            .as("a map", NoticesForm::make);

    private NoticesForm() {}

    /// Whoever is told by a webhook alone could not answer, and nobody could prove what he was told.
    private static List<Problem> check(Answers answers) {
        boolean mail = answers.find(SMTP).flatMap(written -> written).isPresent();
        return answers.find(WEBHOOKS).orElse(List.of()).isEmpty() || mail
                ? List.of()
                : List.of(new Problem(
                        answers.place(),
                        "webhooks are told beside mail, and there is none.",
                        "Add smtp: env:SMTP_URL."));
    }

    private static NoticeRules make(Answers answers) {
        return new NoticeRules(
                answers.of(FROM),
                answers.of(SMTP),
                answers.of(INBOX),
                answers.of(ACKNOWLEDGE_WITHIN),
                answers.of(ESCALATE),
                answers.of(WEBHOOKS).stream().map(Placed::value).toList(),
                answers.of(INSIDE));
    }

    /// Whether an entry of `escalate` is meant to be a party.
    static boolean isParty(String someone) {
        return !someone.contains("@") && !someone.contains("://");
    }
}
