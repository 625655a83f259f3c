package barograph.site;

import barograph.form.Form;
import barograph.form.Parsed;
import java.util.Optional;
import java.util.regex.Pattern;

/// Secrets by reference. No message repeats what is written where a secret belongs.
final class SecretForm {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern BARE_ADDRESS = Pattern.compile("(smtps?|imaps?)://[^\\s@/][^\\s@]*");
    static final String REMEDY = "Write env:NAME, file:PATH or exec:COMMAND, so that no file shows it.";

    /// A reference, or the text itself where that is no secret.
    static final Form<Secret> ANY = Form.hidden("env:NAME, file:PATH or exec:COMMAND", SecretForm::parse);

    /// The address of a mail server: written out only where it holds no password.
    static final Form<Secret> ADDRESS = Form.hiddenNotation(
            "env:NAME, or an address such as smtp://127.0.0.1:25",
            "^(env:|file:|exec:|smtps?://|imaps?://)",
            text -> parse(text) instanceof Parsed.Right<Secret>(Secret.Plain(String plain))
                            && !BARE_ADDRESS.matcher(plain).matches()
                    ? new Parsed.Wrong<>("is not the address of a mail server without a password.", REMEDY)
                    : parse(text));

    private SecretForm() {}

    /// What is wrong with a value that may be a reference, and must be one where it is `secret`.
    static Optional<String> trouble(String text, boolean secret) {
        Secret value = Secret.of(text);
        if (!names(value)) {
            return Optional.of("this begins like a reference, and names nothing.");
        }
        return secret && value instanceof Secret.Plain
                ? Optional.of("a secret is written out here.")
                : Optional.empty();
    }

    private static Parsed<Secret> parse(String text) {
        Secret secret = Secret.of(text);
        return names(secret)
                ? new Parsed.Right<>(secret)
                : new Parsed.Wrong<>("begins like a reference, and names nothing.", REMEDY);
    }

    private static boolean names(Secret secret) {
        return switch (secret) {
            case Secret.Env(String name) -> VARIABLE.matcher(name).matches();
            case Secret.File(String path) -> !path.isBlank();
            case Secret.Exec(String command) -> !command.isBlank();
            case Secret.Plain _ -> true;
        };
    }
}
