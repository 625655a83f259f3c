package barograph.probe;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Why an MS-CHAP login was rejected: `E=691 R=1 C=… V=3 M=…` (RFC 2548 §2.1.5, RFC 2759 §6).
record MschapError(String reason, String said) {
    private static final int MICROSOFT = 311;
    private static final int MS_CHAP_ERROR = 2;

    private static final Pattern FORM = Pattern.compile("E=(\\d{1,10})(?:.*?\\bM=(.*))?", Pattern.DOTALL);

    static Optional<MschapError> in(List<RadiusAttribute> attributes) {
        return RadiusAttribute.vendorValue(attributes, MICROSOFT, MS_CHAP_ERROR)
                .filter(value -> value.length > 1)
                // The first byte says which response is meant.
                .flatMap(value -> read(new String(value, 1, value.length - 1, StandardCharsets.UTF_8)));
    }

    static Optional<MschapError> read(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String message = matcher.group(2) == null ? "" : matcher.group(2);
        String reason = AccountWords.reason(message).orElse(reason(matcher.group(1)));
        return Optional.of(new MschapError(reason, "MS-CHAP-Error E=" + matcher.group(1) + " " + message));
    }

    private static String reason(String code) {
        return switch (code) {
            case "646", "649", "709" -> "policy_denied";
            case "647" -> "disabled";
            case "648" -> "expired_password";
            case "691" -> "bad_password";
            default -> "rejected";
        };
    }
}
