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
        answers.find(KEY)
                .flatMap(written -> written)
                .filter(written -> written.value() instanceof Secret.Plain)
                .ifPresent(written ->
                        problems.add(new Problem(written.place(), "a secret is written out here.", SecretForm.REMEDY)));
        answers.find(STYLE).ifPresent(style -> {
            address(answers, style).ifPresent(problems::add);
            if (!answers.has(KEY.name())) {
                unsigned(answers, style).ifPresent(problems::add);
            }
        });
        return problems;
    }

    private static Optional<Problem> address(Answers answers, Webhook.Style style) {
        Optional<Placed<Secret>> url = answers.find(URL).flatMap(written -> written);
        if (!answers.has(URL.name()) && style != Webhook.Style.PAGERDUTY) {
            return Optional.of(new Problem(answers.place(), "it has no address.", "Add url: https://…, or env:NAME."));
        }
        return url.filter(written -> written.value() instanceof Secret.Plain(String text) && !isOpen(text, style))
                .map(written -> new Problem(
                        written.place(),
                        isPublic(style)
                                ? "this is not a web address without a password."
                                : "this address lets whoever reads it write there.",
                        SecretForm.REMEDY));
    }

    private static Optional<Problem> unsigned(Answers answers, Webhook.Style style) {
        return switch (style) {
            case STANDARD ->
                Optional.of(new Problem(
                        answers.place(),
                        "nothing would be signed, so whoever gets it could not tell it from a forgery.",
                        "Add key: env:NAME, file:PATH or exec:COMMAND."));
            case PAGERDUTY ->
                Optional.of(new Problem(
                        answers.place(),
                        "the routing key is missing.",
                        "Add key: env:NAME, file:PATH or exec:COMMAND."));
            case SLACK, TEAMS -> Optional.empty();
        };
    }

    /// Whether an address may be read by anybody.
    private static boolean isOpen(String text, Webhook.Style style) {
        return isPublic(style) && WEB.matcher(text).matches();
    }

    /// Whether who knows the address still cannot write there.
    private static boolean isPublic(Webhook.Style style) {
        return style == Webhook.Style.STANDARD || style == Webhook.Style.PAGERDUTY;
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
