package barograph.dossier;

import barograph.verdict.Signal;
import java.util.Locale;

/// What a kind of evidence means, in words.
final class Signals {
    private Signals() {}

    /// For the headline: "staff could not log in".
    static String harm(Signal signal) {
        String whom = signal.segment().equals("everybody") ? "people" : signal.segment();
        return switch (sort(signal)) {
            case "probe" -> "probe " + rest(signal) + " could not log in";
            case "door" -> "probe " + rest(signal) + " was let in and must not be";
            case "silence" -> "logins stayed away (" + signal.segment() + ")";
            case "slow" -> "logins were slow (" + signal.segment() + ")";
            default -> many(signal) + whom + " could not log in";
        };
    }

    /// In full: "14 of 16 pieces of evidence failed (group staff)".
    static String words(Signal signal) {
        String of = Phrases.number(signal.hits()) + " of "
                + Phrases.count(signal.units(), "login that counts", "logins that count");
        return switch (sort(signal)) {
            case "probe" ->
                "probe " + rest(signal) + " failed " + Phrases.count(signal.hits(), "time", "times") + " on "
                        + signal.segment();
            case "door" -> "probe " + rest(signal) + " was let in on " + signal.segment() + ", and must be refused";
            case "silence" -> of + " stayed away (" + signal.segment() + ")";
            case "slow" -> of + " were slow (" + signal.segment() + ")";
            default -> of + " failed (" + signal.segment() + ")";
        };
    }

    /// What would have been so without the change.
    static String usual(Signal signal) {
        return switch (sort(signal)) {
            case "fail", "slow" ->
                " Without the change, " + Phrases.share(signal.usual()) + " would be usual, which is about "
                        + number(signal.usual() * signal.units()) + " of them.";
            default -> "";
        };
    }

    /// How strong it is, beside what it had to reach.
    static String strength(Signal signal) {
        return switch (sort(signal)) {
            case "probe", "door" -> "";
            default ->
                " The evidence against “the change does nothing” is " + Phrases.odds(signal.eValue()) + "; "
                        + Phrases.odds(signal.threshold()) + " was needed.";
        };
    }

    private static String number(double number) {
        return number < 10 ? String.format(Locale.ROOT, "%.1f", number) : Phrases.number(Math.round(number));
    }

    /// How many of those that tried could not: all but a few, most, or some.
    private static String many(Signal signal) {
        double share = signal.units() == 0 ? 0 : (double) signal.hits() / signal.units();
        boolean group = !signal.segment().equals("everybody");
        String of = group ? "of " : "";
        return share >= 0.95 ? (group ? "" : "most ") : share >= 0.5 ? "most " + of : "some " + of;
    }

    /// The part of the stream's name before the first colon.
    static String sort(Signal signal) {
        return signal.stream().split(":", 2)[0];
    }

    private static String rest(Signal signal) {
        int colon = signal.stream().indexOf(':');
        return signal.stream().substring(colon + 1);
    }
}
