package barograph.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What a person believes to be the cause, and what becomes of that.
///
/// @param words the person's own
/// @param means the suspects that the words are taken to mean; empty where they name none that is known
/// @param speaksFor what speaks for any of them
/// @param against what speaks against any of them, the likeliest one's first
public record Hunch(
        String words, List<Suspect> means, Standing standing, List<Reason> speaksFor, List<Reason> against) {
    /// Twenty times less likely than the first suspect.
    private static final int FAR_BEHIND = 13;

    private static final int CLOSE = 3;

    /// The most telling words first: a firewall between a server and its directory is about both.
    private static final Map<Pattern, Suspect> WORDS = new LinkedHashMap<>();

    static {
        words("mtu|fragment\\w*|large packets?|packet size", Suspect.FRAGMENTS);
        words("dns|names?|resolv\\w*|nameserver", Suspect.NAMES);
        words("intercept\\w*|inspection|man in the middle|mitm|proxy", Suspect.INTERCEPTION);
        words("certificates?|tls|ssl|ca|expired cert\\w*", Suspect.TLS);
        words("shared secret|secret|authenticator|nas|clients?\\.conf", Suspect.SECRET);
        words("firewall|network|packets?|port|vpn|nat|rout\\w+|switch|cable|link", Suspect.PATH);
        words("firewall|network|packets?|port|vpn|nat|rout\\w+|switch|cable|link", Suspect.BACKEND_PATH);
        words("directory|ldap|ad|active directory|backend|kdc|database|sql|home server", Suspect.BACKEND);
        words("groups?|polic\\w+|roles?|filter|acl|permissions?", Suspect.POLICY);
        words("accounts?|passwords?|locked|probe", Suspect.ACCOUNT);
        words("clocks?|time|ntp|skew", Suspect.CLOCK);
        words("load|busy|overload\\w*|slow|cpu|memory", Suspect.LOAD);
        words("crash\\w*|down|stopped|not running|dead", Suspect.SERVER);
        words("change|config\\w*|edit|update|rollout", Suspect.CHANGE);
    }

    public Hunch {
        means = List.copyOf(means);
        speaksFor = List.copyOf(speaksFor);
        against = List.copyOf(against);
    }

    public enum Standing {
        /// It is the first suspect.
        SUPPORTED,
        /// Neither ruled out nor the likeliest.
        OPEN,
        /// Much less likely than another one.
        REFUTED,
        /// Its words name no suspect that Barograph knows; it is kept as it is.
        NOT_UNDERSTOOD
    }

    private static void words(String any, Suspect suspect) {
        WORDS.put(Pattern.compile("(?i)(?<!\\w)(?:" + any + ")(?!\\w)"), suspect);
    }

    /// Holds a person's words against what was found.
    public static Hunch of(String words, Diagnosis diagnosis) {
        List<Suspect> means = means(words);
        Optional<Ranked> best = diagnosis.ranking().stream()
                .filter(ranked -> means.contains(ranked.suspect()))
                .findFirst();
        if (means.isEmpty()) {
            return new Hunch(words, means, Standing.NOT_UNDERSTOOD, List.of(), List.of());
        }
        if (best.isEmpty()) {
            return new Hunch(words, means, Standing.OPEN, List.of(), List.of());
        }
        Ranked first = diagnosis.ranking().getFirst();
        int behind = first.decibans() - best.get().decibans();
        Standing standing = behind == 0 && first.decibans() >= CLOSE
                ? Standing.SUPPORTED
                : behind >= FAR_BEHIND ? Standing.REFUTED : Standing.OPEN;
        List<Ranked> meant = diagnosis.ranking().stream()
                .filter(ranked -> means.contains(ranked.suspect()))
                .toList();
        List<Reason> against = new ArrayList<>(reasons(meant, Ranked::against));
        if (behind > 0) {
            against.add(new Reason(first.words() + " explains what was seen better", -behind));
        }
        return new Hunch(words, means, standing, reasons(meant, Ranked::speaksFor), against);
    }

    private static List<Reason> reasons(List<Ranked> meant, Function<Ranked, List<Reason>> which) {
        return meant.stream().map(which).flatMap(List::stream).distinct().toList();
    }

    /// A firewall that is said to stand before a backend is not one before the server.
    private static List<Suspect> means(String words) {
        List<Suspect> means = new ArrayList<>();
        WORDS.forEach((pattern, suspect) -> {
            if (pattern.matcher(words).find()) {
                means.add(suspect);
            }
        });
        if (means.contains(Suspect.PATH) && means.contains(Suspect.BACKEND)) {
            means.removeAll(List.of(Suspect.PATH, Suspect.BACKEND));
        }
        return means;
    }

    /// What became of it, in a sentence.
    public String outcome() {
        return switch (standing) {
            case SUPPORTED -> "supported: " + first(speaksFor);
            case OPEN -> "neither refuted nor the likeliest" + (against.isEmpty() ? "" : ": " + first(against));
            case REFUTED -> "refuted: " + first(against);
            case NOT_UNDERSTOOD -> "kept; its words name no suspect that was looked for";
        };
    }

    private static String first(List<Reason> reasons) {
        return reasons.isEmpty() ? "nothing was seen" : reasons.getFirst().words();
    }
}
