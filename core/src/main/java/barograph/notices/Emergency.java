package barograph.notices;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;

/// Tells whether a mail says that people cannot log in.
///
/// It looks for words, in English, German, French and Spanish, in what the sender wrote: never in what is quoted, for
/// our own letters are full of them. It errs on the side of alarm, because all that an alarm does is to answer the
/// sender with the state and to call an operator.
final class Emergency {
    /// Enough for any sentence that a person writes before the first quotation.
    private static final int READ = 20_000;

    /// Words that say it alone.
    private static final Pattern ALARM = anyOf("""
            emergenc(y|ies)|outage|major incident|mayday|p1|sev ?-?1|priority 1
            notfall|notfalle|storung|grossstorung|ausfall|totalausfall
            urgence|panne generale
            emergencia""");

    /// Words that say it together with one of [#TROUBLE] in the same sentence.
    private static final Pattern LOGIN = anyOf("""
            log-? ?(in|on|ins)|logging (in|on)|logged (in|on|out)|sign-? ?in|signing in|authenticat\\w*
            radius|ldap|vpn|wi-?fi|wlan|sso|passwords?|locked out
            anmeld\\w*|einlogg\\w*|eingeloggt|einwahl|passwort\\w*
            se connecter|connexion|mot de passe
            iniciar sesion|inicio de sesion|contrasena""");

    private static final Pattern TROUBLE = anyOf("""
            can ?not|can't|cant|could ?not|couldn't|unable|not (possible|able|working)|(does|do)(n't| not) work
            fail\\w*|broken|down|locked out|denied|refused|rejected|no ?(one|body)|stopped working|problems?
            nicht|niemand|gesperrt|gestort|abgelehnt
            ne (peut|peuvent|marche|fonctionne)|impossible|personne
            no (puede|pueden|funciona)|nadie""");

    private static final Pattern ATTRIBUTION = Pattern.compile(".*(wrote|schrieb|a ecrit|escribio) ?:$");

    private static final Pattern ORIGINAL = Pattern.compile(
            "(-{2,} ?(original message|ursprungliche nachricht|message d'origine|mensaje original).*|_{10,})");

    private static final Pattern REPLY_MARKS =
            Pattern.compile("^((re|aw|antw|sv|fw|fwd|wg|tr|rv) ?(\\[\\d+])?: ?|\\[#[^]]*] ?)+");

    private Emergency() {}

    /// @param words alternatives, parted by `|` or by line ends
    private static Pattern anyOf(String words) {
        return Pattern.compile("\\b(" + String.join("|", words.lines().toList()) + ")\\b");
    }

    /// @param own our address: from the line that names it on, a mail quotes one of our letters
    /// @param ownSubjects what our letters were called: an answer repeats it
    static boolean in(Mail mail, OwnAddress own, Collection<String> ownSubjects) {
        String subject = bare(mail.subject());
        boolean ours = ownSubjects.stream().map(Emergency::bare).anyMatch(subject::equals);
        return (!ours && alarms(subject)) || alarms(written(mail.text(), own));
    }

    private static boolean alarms(String text) {
        if (ALARM.matcher(text).find()) {
            return true;
        }
        for (String sentence : text.split("[.!?;\\n]", -1)) {
            if (LOGIN.matcher(sentence).find() && TROUBLE.matcher(sentence).find()) {
                return true;
            }
        }
        return false;
    }

    /// What the sender wrote, without what is quoted.
    private static String written(String text, OwnAddress own) {
        StringBuilder written = new StringBuilder();
        String address = plain(own.toString());
        String tagged = plain(own.local() + "+");
        for (String line : text.substring(0, Math.min(text.length(), READ)).split("\n", -1)) {
            String plain = plain(line);
            if (plain.contains(address)
                    || plain.contains(tagged)
                    || ATTRIBUTION.matcher(plain).matches()
                    || ORIGINAL.matcher(plain).matches()) {
                break;
            }
            if (!plain.startsWith(">") && !plain.startsWith("|")) {
                // Lines are wrapped anywhere, so a sentence goes on in the next; an empty line ends it.
                written.append(plain.isEmpty() ? "\n" : plain + " ");
            }
        }
        return written.toString();
    }

    /// A subject without "Re:" and ticket numbers before it.
    private static String bare(String subject) {
        return REPLY_MARKS.matcher(plain(subject)).replaceFirst("");
    }

    /// Lower case, without accents, curly quotes and runs of blanks.
    private static String plain(String text) {
        String letters = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
        return letters.toLowerCase(Locale.ROOT)
                .replace('’', '\'')
                .replace("ß", "ss")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
