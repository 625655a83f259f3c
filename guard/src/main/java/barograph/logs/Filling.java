package barograph.logs;

import barograph.pattern.LinePattern;
import java.util.ArrayList;
import java.util.List;

/// A text with names of groups in braces, to be filled in with what they have found: `{service}-{mechanism}`.
///
/// @param texts what stands before, between and behind the groups: one more than there are groups
/// @param numbers the groups, by their numbers in the pattern
record Filling(List<String> texts, List<Integer> numbers) {
    /// @param groups the names that are filled in; other braces stand for themselves
    static Filling of(String template, List<String> groups) {
        List<String> texts = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        int done = 0;
        for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', open + 1)) {
            int close = template.indexOf('}', open);
            int group = close < 0 ? -1 : groups.indexOf(template.substring(open + 1, close));
            if (group >= 0) {
                texts.add(template.substring(done, open));
                numbers.add(group);
                done = close + 1;
            }
        }
        texts.add(template.substring(done));
        return new Filling(texts, numbers);
    }

    /// Whether it is the same for all lines.
    boolean isFixed() {
        return numbers.isEmpty();
    }

    /// Filled in with what a pattern has found last.
    String with(LinePattern found) {
        if (numbers.isEmpty()) {
            return texts.getFirst();
        }
        if (numbers.size() == 1 && texts.getFirst().isEmpty() && texts.getLast().isEmpty()) {
            return found.group(numbers.getFirst());
        }
        StringBuilder filled = new StringBuilder(texts.getFirst());
        for (int i = 0; i < numbers.size(); i++) {
            filled.append(found.group(numbers.get(i))).append(texts.get(i + 1));
        }
        return filled.toString();
    }
}
