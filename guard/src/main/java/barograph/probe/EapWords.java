package barograph.probe;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what `eapol_test` writes while it tries a login.
final class EapWords {
    private static final Pattern VERIFICATION = Pattern.compile(
            "(?:Certificate verification failed, error \\d+ \\(([^)]*)\\)|CTRL-EVENT-EAP-TLS-CERT-ERROR .*err='([^']*)')");
    private static final Pattern CERTIFICATE = Pattern.compile(
            "CTRL-EVENT-EAP-PEER-CERT depth=(\\d+) subject='([^'\\n]*)'(?:[^\\n]*? hash=([0-9a-f]{64}))?");
    private static final Pattern ALERT =
            Pattern.compile("SSL: SSL3 alert: read \\(remote end reported an error\\):fatal:([^\\n]*)");
    private static final Pattern MSCHAP = Pattern.compile("EAP-MSCHAPV2: failure message: '([^\\n]*)'[^\\n]*");
    private static final Pattern MSCHAP_CODE = Pattern.compile("EAP-MSCHAPV2: error (\\d+)");

    private EapWords() {}

    /// @param reason a short word
    record Trouble(String reason, String said) {}

    /// Whether the TLS tunnel stands: what is judged from here on is the user.
    static boolean tunnelStands(String output) {
        return output.contains("TLS done");
    }

    /// Whether it waits for a person to type something else.
    static boolean asksAgain(String output) {
        return output.contains("CTRL-REQ-");
    }

    /// Why the server's certificate was not taken.
    static Optional<Trouble> certificateTrouble(String output) {
        Matcher matcher = VERIFICATION.matcher(output);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String words = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return Optional.of(new Trouble(certificateReason(words), "certificate: " + words));
    }

    private static String certificateReason(String words) {
        if (words.contains("expired")) {
            return "certificate_expired";
        }
        if (words.contains("not yet valid")) {
            return "certificate_not_yet_valid";
        }
        if (words.contains("issuer") || words.contains("self") || words.contains("verify the first")) {
            return "certificate_not_trusted";
        }
        return "certificate_wrong";
    }

    /// What the server's certificate says of itself, as far as it is told; empty where it was not shown.
    static Map<String, String> certificate(String output) {
        Map<String, String> shown = new HashMap<>();
        Matcher matcher = CERTIFICATE.matcher(output);
        while (matcher.find()) {
            if (matcher.group(1).equals("0")) {
                shown.put("tls:subject", matcher.group(2));
                if (matcher.group(3) != null) {
                    shown.put("tls:sha256", matcher.group(3));
                }
            } else if (matcher.group(1).equals("1")) {
                shown.put("tls:issuer", matcher.group(2));
            }
        }
        return shown;
    }

    /// What the server broke TLS off with.
    static Optional<Trouble> alert(String output) {
        Matcher matcher = ALERT.matcher(output);
        return matcher.find()
                ? Optional.of(new Trouble("tls_alert", "the server broke TLS off: " + matcher.group(1)))
                : Optional.empty();
    }

    /// Why the password was rejected, where it was proven by MS-CHAP.
    static Optional<MschapError> innerError(String output) {
        Matcher message = MSCHAP.matcher(output);
        Matcher code = MSCHAP_CODE.matcher(output);
        if (!code.find()) {
            return Optional.empty();
        }
        String words = message.find() ? " M=" + message.group(1) : "";
        return MschapError.read("E=" + code.group(1) + words);
    }

    /// The last lines, which say how it ended.
    static String lastWords(String output) {
        String[] lines = output.strip().split("\n", -1);
        StringBuilder last = new StringBuilder();
        for (int i = Math.max(0, lines.length - 3); i < lines.length; i++) {
            last.append(lines[i]).append(' ');
        }
        return last.toString().strip();
    }
}
