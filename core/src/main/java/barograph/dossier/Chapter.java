package barograph.dossier;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The answer to one question of the call.
///
/// @param brief the answer in one to four sentences
/// @param more what stands behind it
public record Chapter(
        Topic topic, List<Sentence> brief, List<Sentence> more, List<Table> tables, List<Excerpt> excerpts) {
    public Chapter {
        brief = List.copyOf(brief);
        more = List.copyOf(more);
        tables = List.copyOf(tables);
        excerpts = List.copyOf(excerpts);
        if (brief.isEmpty()) {
            throw new IllegalArgumentException("a question without an answer: " + topic.question());
        }
    }

    /// Whether there is more to say than the answer in brief.
    public boolean hasMore() {
        return !more.isEmpty() || !tables.isEmpty() || !excerpts.isEmpty();
    }

    /// Collects what a chapter says while it is being written.
    static final class Draft {
        private final Topic topic;
        private final List<Sentence> brief = new ArrayList<>();
        private final List<Sentence> more = new ArrayList<>();
        private final List<Table> tables = new ArrayList<>();
        private final List<Excerpt> excerpts = new ArrayList<>();

        Draft(Topic topic) {
            this.topic = topic;
        }

        Draft brief(Sentence sentence) {
            brief.add(sentence);
            return this;
        }

        Draft more(Sentence sentence) {
            more.add(sentence);
            return this;
        }

        /// Leaves a table without rows out.
        Draft table(String caption, List<String> heads, List<Table.Row> rows) {
            if (!rows.isEmpty()) {
                tables.add(new Table(caption, heads, rows));
            }
            return this;
        }

        Draft excerpt(Excerpt excerpt) {
            excerpts.add(excerpt);
            return this;
        }

        /// What is not known comes last.
        Chapter chapter() {
            more.sort(Comparator.comparing(sentence -> sentence.sort() == Sort.UNKNOWN));
            return new Chapter(topic, brief, more, tables, excerpts);
        }
    }
}
