package barograph.dossier;

import barograph.rollout.Errand;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Every event in the order of the record, in parts that a reader can take in.
public record Timeline(List<Part> parts) {
    public Timeline {
        parts = List.copyOf(parts);
    }

    /// A part of the story: the rehearsal, one stage, the rollback.
    ///
    /// @param title what it is about
    /// @param span when it was, in words
    public record Part(String title, String span, List<Stretch> stretches) {
        public Part {
            stretches = List.copyOf(stretches);
        }

        /// How many lines it has.
        public int lines() {
            return stretches.stream()
                    .mapToInt(stretch -> stretch.lines().size())
                    .sum();
        }
    }

    /// Some lines in a row that are shown together.
    ///
    /// @param folded what they are, where they are folded away; empty where they show
    public record Stretch(String folded, List<Line> lines) {
        public Stretch {
            lines = List.copyOf(lines);
        }

        /// Whether its lines show at once.
        public boolean shows() {
            return folded.isEmpty();
        }
    }

    /// How many lines there are.
    public int lines() {
        return parts.stream().mapToInt(Part::lines).sum();
    }

    static Timeline of(Story story) {
        return new Timeline(new Writer(story).parts());
    }

    /// Parts the lines where the story turns, and folds the lesser ones.
    private static final class Writer {
        /// In a part with more lines than this, all but those that turn the story are folded.
        private static final int MOST_OPEN = 40;

        /// What has been said so often in such a part is folded, too.
        private static final int OFTEN = 3;

        /// So few lines are not worth folding.
        private static final int WORTH_FOLDING = 3;

        private final Story story;
        private final Narrator narrator;
        private final List<Part> parts = new ArrayList<>();
        private final List<Line> open = new ArrayList<>();
        private String title = "Asked for";
        private Instant before = Instant.MIN;

        Writer(Story story) {
            this.story = story;
            this.narrator = new Narrator(story);
        }

        List<Part> parts() {
            for (Happening happening : story.history()) {
                String next = title(happening.event());
                if (!next.equals(title)) {
                    close();
                    title = next;
                }
                open.add(line(happening));
                if (happening.event() instanceof Event.Ended) {
                    close();
                    title = "Afterwards";
                }
            }
            close();
            return parts;
        }

        private Line line(Happening happening) {
            Narrator.Saying saying = narrator.tell(happening);
            String note = happening.at().isBefore(before)
                    ? "The writer’s clock stands "
                            + Phrases.span(Duration.between(happening.at(), before))
                            + " before that of the entry above; the order is the record’s."
                    : "";
            before = happening.at();
            return new Line(
                    happening.index(),
                    happening.at(),
                    story.at(happening.at()),
                    saying.sort(),
                    saying.weight(),
                    saying.words(),
                    note);
        }

        /// The part that an event begins, or the one that goes on.
        private String title(Event event) {
            if (event instanceof Event.RehearsalBegun) {
                return "Rehearsed";
            }
            if (event instanceof Event.Forecasted && parts.size() < 2) {
                return "Warned and let go";
            }
            if (event instanceof Event.Ordered(ServerId server, Errand errand)
                    && (errand == Errand.SNAPSHOT || errand == Errand.APPLY)) {
                return stage(server);
            }
            if (event instanceof Event.ConfirmationAsked) {
                return "The last word";
            }
            return event instanceof Event.RollbackCalled ? "Taken back" : title;
        }

        private String stage(ServerId server) {
            return story.stays().stream()
                    .filter(stay -> stay.server().equals(server))
                    .findFirst()
                    .map(stay -> "Stage " + stay.stage())
                    .orElse(title);
        }

        private void close() {
            if (!open.isEmpty()) {
                String first = open.getFirst().clock();
                String last = open.getLast().clock();
                parts.add(new Part(title, first.equals(last) ? first : first + " to " + last, stretches()));
                open.clear();
            }
        }

        private List<Stretch> stretches() {
            boolean crowded = open.size() > MOST_OPEN;
            List<Stretch> stretches = new ArrayList<>();
            List<Line> run = new ArrayList<>();
            boolean folding = false;
            Map<String, Integer> seen = new HashMap<>();
            for (Line line : open) {
                boolean again = seen.merge(line.words(), 1, Integer::sum) > OFTEN;
                boolean fold = line.weight() == Line.Weight.MINOR
                        || (crowded && (again || line.weight() == Line.Weight.PLAIN));
                if (fold != folding) {
                    end(run, folding, stretches);
                    folding = fold;
                }
                run.add(line);
            }
            end(run, folding, stretches);
            return stretches;
        }

        private static void end(List<Line> run, boolean folding, List<Stretch> stretches) {
            if (!run.isEmpty()) {
                boolean fold = folding && run.size() >= WORTH_FOLDING;
                stretches.add(new Stretch(fold ? summary(run) : "", run));
                run.clear();
            }
        }

        private static String summary(List<Line> run) {
            return run.size() + " lesser lines, " + run.getFirst().clock() + " to "
                    + run.getLast().clock();
        }
    }
}
