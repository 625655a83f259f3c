package barograph.site;

import java.util.regex.Pattern;

/// What a name may look like that appears in files, commands and messages: it needs no quoting anywhere.
public final class Name {
    /// How many characters it may have.
    public static final int LONGEST = 64;

    /// Letters, digits, dots and dashes, beginning with a letter or digit; 1 to 64 characters.
    public static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,63}");

    private Name() {}

    /// @throws IllegalArgumentException when `value` does not have the [#SHAPE] of a name
    static void check(String what, String value) {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is not a name for a " + what
                    + ": use letters, digits, dots and dashes, at most 64, beginning with a letter or digit");
        }
    }
}
