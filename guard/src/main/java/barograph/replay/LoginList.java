package barograph.replay;

import barograph.form.Field;
import barograph.form.Form;
import barograph.form.Page;
import barograph.form.Problem;
import barograph.form.Read;
import barograph.site.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Logins in a list: CSV with the first line `user,password`, or a YAML list of `{ user: …, password: … }`.
///
/// Passwords are references (`env:NAME`, `file:PATH`, `exec:COMMAND`); only a list that a command prints, and that so
/// lies in no file, may hold them as they are.
final class LoginList {
    private static final String HEAD = "user,password";
    private static final Field<String> USER =
            Field.required("user", Form.text().atMost(250).called("a user name"), "the person's name");
    private static final Field<String> PASSWORD = Field.required(
            "password",
            Form.hidden("env:NAME, file:PATH or exec:COMMAND", barograph.form.Parsed.Right::new),
            "the password, by reference");
    private static final Form<List<Entry>> YAML = Form.list(
            Form.fields(USER, PASSWORD)
                    .as("a login", answers -> new Entry(answers.of(USER), Secret.of(answers.of(PASSWORD)))),
            0,
            10_000);

    private LoginList() {}

    /// What a list holds.
    ///
    /// @param trouble what is wrong with it, without a name or a password of it; empty where all could be read
    record Content(List<Entry> entries, String trouble) {}

    /// @param mayBePlain whether passwords may be written out in it
    static Content read(String text, boolean mayBePlain) {
        Content content =
                text.stripLeading().toLowerCase(java.util.Locale.ROOT).startsWith(HEAD) ? csv(text) : yaml(text);
        long plain = content.entries().stream()
                .filter(entry -> entry.password() instanceof Secret.Plain)
                .count();
        return plain == 0 || mayBePlain
                ? content
                : new Content(
                        content.entries().stream()
                                .filter(entry -> !(entry.password() instanceof Secret.Plain))
                                .toList(),
                        plain + " passwords are written out in the list: write env:NAME, file:PATH or exec:COMMAND, or"
                                + " have a command print the whole list");
    }

    private static Content csv(String text) {
        List<Entry> entries = new ArrayList<>();
        int broken = 0;
        int number = 0;
        int first = 0;
        for (String line : text.strip().lines().toList()) {
            number++;
            int comma = line.indexOf(',');
            boolean whole = comma > 0 && comma < line.length() - 1;
            if (number > 1 && whole) {
                entries.add(new Entry(
                        line.substring(0, comma).strip(),
                        Secret.of(line.substring(comma + 1).strip())));
            } else if (number > 1 && !line.isBlank()) {
                broken++;
                first = first == 0 ? number : first;
            }
        }
        return new Content(
                entries,
                broken == 0 ? "" : broken + " lines of the list are not user,password; the first is line " + first);
    }

    private static Content yaml(String text) {
        return switch (Page.read("list", text.getBytes(StandardCharsets.UTF_8), YAML)) {
            case Read.Good<List<Entry>>(List<Entry> entries) -> new Content(entries, "");
            case Read.Bad<List<Entry>> bad -> {
                Problem first = bad.problems().getFirst();
                yield new Content(
                        List.of(),
                        "the list is neither CSV that begins with user,password nor YAML: line "
                                + first.where().line());
            }
        };
    }
}
