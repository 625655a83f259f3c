package barograph.site;

import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import barograph.form.Note;
import barograph.form.Placed;
import barograph.form.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A web address in `site.yaml` that is told what a party's desk is told.
final class WebhookForm {
    /// The party that each is for.
    static final Note<String> PARTY = new Note<>(String.class);

    private static final Pattern WEB = Pattern.compile("https?://[^\\s@]+");

    private static final Field<String> TO =
            Field.required("to", Words.NAME.noted(PARTY), "the party that is told what its desk is told");
    private static final Field<Webhook.Style> STYLE = Field.or(
            Webhook.Style.STANDARD,
            "style",
            Form.choice("style", Webhook.Style.class),
            "what the other side understands: standard (Standard Webhooks with CloudEvents; also when left out), slack,"
                    + " teams or pagerduty");
    private static final Field<Optional<Placed<Secret>>> URL = Field.optional(
            "url",
            SecretForm.ANY.placed(),
            "where requests go; by reference where the address itself is a secret, as with slack and teams");
    private static final Field<Optional<Placed<Secret>>> KEY = Field.optional(
            "key",
            SecretForm.ANY.placed(),
            "standard: what requests are signed with (whsec_… or whsk_…); pagerduty: the routing key; by reference");

    static final Form<Function<String, Webhook>> FORM =
            Form.fields(TO, STYLE, URL, KEY).check(WebhookForm::check).as("a webhook", WebhookForm::make);

    private WebhookForm() {}

    private static List<Problem> check(Answers answers) {
        List<Problem> problems = new ArrayList<>();
        Webhook.Style style = answers.find(STYLE).orElse(Webhook.Style.STANDARD);
        Optional<Placed<Secret>> url = answers.find(URL).flatMap(written -> written);
        Optional<Placed<Secret>> key = answers.find(KEY).flatMap(written -> written);
        if (url.isEmpty() && style != Webhook.Style.PAGERDUTY) {
            problems.add(new Problem(answers.place(), "it has no address.", "Add url: https://…, or env:NAME."));
        }
        url.filter(written -> written.value() instanceof Secret.Plain(String text) && !isOpen(text, style))
                .ifPresent(written -> problems.add(new Problem(
                        written.place(),
                        style == Webhook.Style.STANDARD || style == Webhook.Style.PAGERDUTY
                                ? "this is not a web address without a password."
                                : "this address lets whoever reads it write there.",
                        SecretForm.REMEDY)));
        if (key.isEmpty() && (style == Webhook.Style.STANDARD || style == Webhook.Style.PAGERDUTY)) {
            problems.add(new Problem(
                    answers.place(),
                    style == Webhook.Style.STANDARD
                            ? "nothing would be signed, so whoever gets it could not tell it from a forgery."
                            : "the routing key is missing.",
                    "Add key: env:NAME, file:PATH or exec:COMMAND."));
        }
        key.filter(written -> written.value() instanceof Secret.Plain)
                .ifPresent(written ->
                        problems.add(new Problem(written.place(), "a secret is written out here.", SecretForm.REMEDY)));
        return problems;
    }

    /// Whether an address may be read by anybody.
    private static boolean isOpen(String text, Webhook.Style style) {
        return (style == Webhook.Style.STANDARD || style == Webhook.Style.PAGERDUTY)
                && WEB.matcher(text).matches();
    }

    private static Function<String, Webhook> make(Answers answers) {
        return name -> new Webhook(
                name,
                new PartyId(answers.of(TO)),
                answers.of(STYLE),
                answers.of(URL).map(Placed::value),
                answers.of(KEY).map(Placed::value));
    }
}
