package barograph.logs;

import barograph.login.Dimensions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One line about a login, cut into its parts:
///
///     (82)   Login incorrect (mschap: …): [bob@acme.example] (from client nas port 7 cli 02-00-… via TLS tunnel)
///
/// Users choose their name, and devices their station: whatever they write there, it cannot turn a refusal into an
/// acceptance, as the word for that stands before both.
///
/// @param request the number of the request, counted anew from 0 at each start of the server; -1 where untold
/// @param within whether this is the inner half of a login, whose outer half is told too
/// @param inTunnel whether what is between the halves is a tunnel, not a hop inside the server
/// @param verdict the server's first words
/// @param why what stands in parentheses behind them; may be empty
/// @param name the user as logged, without a password
/// @param station where the user came from (`cli`); empty where untold
/// @param method how the user logged in, where the log is told to say it; else [Dimensions#UNTOLD]
record FreeRadiusLine(
        long request,
        boolean within,
        boolean inTunnel,
        Verdict verdict,
        String why,
        String name,
        String client,
        String station,
        String method) {
    /// How the server begins what it says of a login.
    enum Verdict {
        OK("Login OK"),
        INCORRECT("Login incorrect"),
        /// Refused before the password was looked at; `Login incorrect` follows for the same request.
        INVALID_USER("Invalid user"),
        /// The password was right; `Login incorrect` follows for the same request.
        REJECTED_AFTERWARDS("Rejected in post-auth"),
        TOO_MANY("Multiple logins");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }
    }

    private static final String FROM = "] (from client ";
    private static final String METHOD = " method=";

    /// Whether a line looks as if it told of a login.
    static boolean looksLikeOne(String line) {
        return line.contains(FROM) || line.contains(Verdict.OK.words) || line.contains(Verdict.INCORRECT.words);
    }

    /// @param from where the message begins, behind time and level
    /// @return null when this is no login, or not one that can be read
    static @Nullable FreeRadiusLine read(String line, int from) {
        long request = -1;
        int next = from;
        if (line.startsWith("(", next)) {
            int close = line.indexOf(") ", next);
            request = Digits.longNumber(line, next + 1, close);
            next = request < 0 ? line.length() : close + 2;
        }
        while (next < line.length() && line.charAt(next) == ' ') {
            next++;
        }
        Verdict verdict = verdict(line, next);
        int end = line.lastIndexOf(FROM);
        if (verdict == null || end < 0) {
            return null;
        }
        next += verdict.words.length();
        boolean reasoned = line.startsWith(" (", next);
        int begin = line.indexOf(reasoned ? "): [" : ": [", next);
        if (begin < 0 || begin > end) {
            return null;
        }
        String why = reasoned ? line.substring(next + 2, begin) : "";
        return client(line, request, verdict, why, line.substring(begin + (reasoned ? 4 : 3), end), end);
    }

    private static @Nullable Verdict verdict(String line, int from) {
        for (Verdict verdict : Verdict.values()) {
            if (line.startsWith(verdict.words, from)) {
                return verdict;
            }
        }
        return null;
    }

    private static @Nullable FreeRadiusLine client(
            String line, long request, Verdict verdict, String why, String logged, int end) {
        int begin = end + FROM.length();
        int port = line.indexOf(" port ", begin);
        int close = line.indexOf(')', begin);
        if (port < 0 || close < port) {
            return null;
        }
        int via = line.indexOf(" via ", port);
        boolean within = via >= 0 && via < close;
        int cli = line.indexOf(" cli ", port);
        String station = cli < 0 || cli > close ? "" : line.substring(cli + 5, within ? via : close);
        return new FreeRadiusLine(
                request,
                within,
                within && line.startsWith(" via TLS", via),
                verdict,
                why,
                withoutPassword(logged),
                line.substring(begin, port),
                station,
                method(line, close, logged));
    }

    /// With `auth_badpass` or `auth_goodpass` the password stands behind a slash. It goes no further than here, at
    /// the price that `bob/admin` is taken for `bob`; only Windows' `host/pc7.acme.example` keeps its slash.
    private static String withoutPassword(String logged) {
        int slash = logged.indexOf('/', logged.startsWith("host/") ? 5 : 0);
        return slash < 0 ? logged : logged.substring(0, slash);
    }

    /// The method as `msg_goodpass` and `msg_badpass` tell it (`method=…`), else what stands for the password.
    private static String method(String line, int close, String logged) {
        int told = line.indexOf(METHOD, close);
        if (told >= 0) {
            int begin = told + METHOD.length();
            int stop = line.indexOf(' ', begin);
            return word(line.substring(begin, stop < 0 ? line.length() : stop));
        }
        int mark = logged.lastIndexOf("/<via Auth-Type = ");
        if (mark >= 0 && logged.endsWith(">")) {
            return word(logged.substring(mark + "/<via Auth-Type = ".length(), logged.length() - 1));
        }
        return logged.endsWith("/<CHAP-Password>") ? "chap" : Dimensions.UNTOLD;
    }

    private static String word(String said) {
        String word = said.toLowerCase(Locale.ROOT);
        return switch (word) {
            case "" -> Dimensions.UNTOLD;
            case "tls", "ttls", "md5", "gtc", "pwd", "fast" -> "eap-" + word;
            case "ms-chap" -> "mschap";
            default -> word;
        };
    }
}
