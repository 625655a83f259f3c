package barograph.form;

import java.util.regex.Pattern;

/// Whole numbers in decimal digits.
final class Wholes {
    private static final Pattern DIGITS = Pattern.compile("-?(0|[1-9][0-9]{0,8})");

    private Wholes() {}

    static Parsed<Integer> parse(String text, int least, int most) {
        String remedy = "Write a whole number from " + least + " to " + most + ".";
        if (!DIGITS.matcher(text).matches()) {
            return new Parsed.Wrong<>("is not a whole number.", remedy);
        }
        int number = Integer.parseInt(text);
        return number < least || number > most
                ? new Parsed.Wrong<>("is out of range.", remedy)
                : new Parsed.Right<>(number);
    }
}
