package barograph.form;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds the word that was probably meant.
public final class Nearest {
    private static final int LONGEST = 80;
    private static final int MOST_SHOWN = 12;

    private Nearest() {}

    /// The known word that takes the fewest slips of the pen to become `word`: at most one slip for every three
    /// letters. Upper and lower case are one to it.
    public static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> slips(word, candidate) <= Math.max(1, Math.min(word.length(), 12) / 3))
                .min(Comparator.<String>comparingInt(candidate -> slips(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /// `Did you mean 'canary'? Known: backup, canary, rest.`
    public static String remedy(String word, Collection<String> known) {
        List<String> sentences = new ArrayList<>();
        Optional<String> nearest = to(word, known);
        nearest.ifPresent(near -> sentences.add("Did you mean '" + near + "'?"));
        if (known.isEmpty()) {
            sentences.add("None is known.");
        } else if (nearest.isEmpty() || known.size() <= MOST_SHOWN) {
            sentences.add("Known: " + listed(known) + ".");
        }
        return String.join(" ", sentences);
    }

    static String listed(Collection<String> words) {
        String shown = String.join(", ", words.stream().limit(MOST_SHOWN).toList());
        return words.size() <= MOST_SHOWN ? shown : shown + " and " + (words.size() - MOST_SHOWN) + " more";
    }

    /// How many letters were left out, put in, changed or swapped with their neighbor (optimal string alignment).
    public static int slips(String written, String meant) {
        if (written.length() > LONGEST || meant.length() > LONGEST) {
            return Integer.MAX_VALUE;
        }
        String a = written.toLowerCase(Locale.ROOT);
        String b = meant.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int changed = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + changed, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
