package barograph.form;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/// Shares, written in percent: `1%`, `0.5%`.
///
/// A bare number is refused: 0.02 could be two percent or a fiftieth of one.
///
/// @param least the least percentage, included
/// @param most the highest, included
record Percents(String least, String most) {
    static final String PATTERN = "^[0-9]{1,3}(\\.[0-9]{1,6})?%$";

    private static final Pattern PERCENTAGE = Pattern.compile(PATTERN);
    private static final Pattern BARE = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,6})?");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /// A share from 0 to 1.
    Parsed<Double> parse(String text) {
        if (BARE.matcher(text).matches()) {
            return new Parsed.Wrong<>("has no percent sign.", "Write " + meant(text) + ".");
        }
        if (!PERCENTAGE.matcher(text).matches()) {
            return new Parsed.Wrong<>("is not a percentage.", "Write a number and %, such as " + least + "%.");
        }
        BigDecimal percent = new BigDecimal(text.substring(0, text.length() - 1));
        if (percent.compareTo(new BigDecimal(least)) < 0 || percent.compareTo(new BigDecimal(most)) > 0) {
            return new Parsed.Wrong<>("is out of range.", "Write " + least + "% to " + most + "%.");
        }
        return new Parsed.Right<>(percent.divide(HUNDRED).doubleValue());
    }

    private static String meant(String bare) {
        BigDecimal share = new BigDecimal(bare).multiply(HUNDRED).stripTrailingZeros();
        String asWritten = bare + "%";
        return bare.startsWith("0.") ? share.toPlainString() + "% or " + asWritten + ", whichever is meant" : asWritten;
    }
}
