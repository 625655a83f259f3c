package barograph.change;

import barograph.form.Form;
import barograph.form.Parsed;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a change's new files are, as `change.yaml` says it.
final class EditForm {
    /// A path whose segments are neither empty nor `.` nor `..`: it stays below the folder that it begins in.
    private static final String BELOW = "(?!\\.\\.?(?:/|$))[^/]+(?:/(?!\\.\\.?(?:/|$))[^/]+)*";

    private static final Pattern INSIDE = Pattern.compile(BELOW);
    private static final Pattern FOLDER = Pattern.compile("(" + BELOW + ")/");
    private static final Pattern PATCH = Pattern.compile(BELOW + "\\.(?:patch|diff)");

    static final Form<EditSource> SOURCE = Form.notation(
            "a folder such as files/, or a unified diff such as change.patch",
            "^" + BELOW + "(/|\\.patch|\\.diff)$",
            EditForm::parse);

    static final Form<List<String>> REMOVALS = Form.list(
            Form.text()
                    .atMost(1000)
                    .matching(INSIDE, "a file's path below the configuration folder", " such as mods-enabled/eap"),
            1,
            1000);

    private EditForm() {}

    /// Whether a path stays below the folder that it begins in.
    static boolean isBelow(String path) {
        return INSIDE.matcher(path).matches();
    }

    private static Parsed<EditSource> parse(String text) {
        Matcher folder = FOLDER.matcher(text);
        if (folder.matches()) {
            return new Parsed.Right<>(new EditSource.Overlay(Optional.of(folder.group(1)), List.of()));
        }
        return PATCH.matcher(text).matches()
                ? new Parsed.Right<>(new EditSource.Patch(text))
                : new Parsed.Wrong<>(
                        "is neither a folder nor a patch inside the change's folder.",
                        "Write a folder with a slash at its end, such as files/, or a unified diff such as change.patch.");
    }

    static EditSource with(EditSource source, List<String> removals) {
        return switch (source) {
            case EditSource.Overlay(Optional<String> folder, List<String> _) ->
                new EditSource.Overlay(folder, removals);
            case EditSource.Patch patch -> patch;
        };
    }
}
