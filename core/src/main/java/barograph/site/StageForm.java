package barograph.site;

import barograph.form.Form;
import barograph.form.Nearest;
import barograph.form.Parsed;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A stage's name, with an eye for slips: a wave called `canarry` would go out after the canaries, unnoticed.
final class StageForm {
    private static final List<Stage> USUAL = List.of(Stage.BACKUP, Stage.CANARY, Stage.REST);

    static final Form<Stage> FORM = Form.notation(
            "backup, canary, rest, or the name of a wave", "^" + Name.SHAPE.pattern() + "$", StageForm::parse);

    private StageForm() {}

    private static Parsed<Stage> parse(String text) {
        if (!Name.SHAPE.matcher(text).matches()) {
            return new Parsed.Wrong<>(
                    "is not a stage.",
                    "Write backup, canary, rest, or a name for a wave: letters, digits, dots and dashes.");
        }
        Optional<Stage> slip =
                USUAL.stream().filter(stage -> slip(text, stage.name())).findFirst();
        return slip.isEmpty()
                ? new Parsed.Right<>(new Stage(text))
                : new Parsed.Wrong<>(
                        "looks like a slip of the pen.",
                        "Write " + slip.get() + ", or a name for the wave that is less like it.");
    }

    /// `west`, `best` and `canary-2` are names that people choose; `canarry`, `Rest` and `ret` are not.
    private static boolean slip(String text, String usual) {
        if (text.equals(usual) || !text.chars().allMatch(Character::isLetter)) {
            return false;
        }
        int slips = Nearest.slips(text, usual);
        if (usual.length() > 4) {
            return slips <= 2;
        }
        boolean anotherLetter =
                text.length() == usual.length() && !letters(text).equals(letters(usual));
        return slips == 0 || (slips == 1 && !anotherLetter);
    }

    private static List<Integer> letters(String word) {
        return word.toLowerCase(Locale.ROOT).chars().sorted().boxed().toList();
    }
}
