package barograph.dossier;

import barograph.rollout.Event;
import barograph.site.Stage;
import barograph.verdict.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes a [Picture] of each stage whose logins were kept.
final class Pictures {
    private final Story story;

    private Pictures(Story story) {
        this.story = story;
    }

    /// One per stage, in the order of the stages. Of several traces of a stage the last is the longest: it is taken.
    static List<Picture> of(Story story) {
        Map<Stage, Found<Event.Traced>> last = new TreeMap<>();
        story.all(Event.Traced.class).forEach(traced -> last.put(traced.what().stage(), traced));
        return last.values().stream()
                .filter(traced -> !traced.what().drum().needle().isEmpty())
                .map(new Pictures(story)::picture)
                .toList();
    }

    private Picture picture(Found<Event.Traced> traced) {
        return Picture.of(
                traced.what().stage().name(),
                traced.index(),
                traced.what().drum(),
                moments(traced.what().stage()));
    }

    private List<Picture.Moment> moments(Stage stage) {
        List<Picture.Moment> moments = new ArrayList<>();
        for (Stay stay : story.stays()) {
            if (stay.stage().compareTo(stage) <= 0) {
                stay.applied()
                        .ifPresent(applied -> moments.add(new Picture.Moment(
                                applied.at(),
                                Picture.Moment.Kind.APPLIED,
                                stay.server() + " has the change",
                                applied.index())));
                stay.back()
                        .ifPresent(back -> moments.add(new Picture.Moment(
                                back.at(), Picture.Moment.Kind.ROLLED_BACK, stay.server() + " is back", back.index())));
            }
        }
        story.all(Event.Weighed.class).stream()
                .filter(weighed -> weighed.what().stage().equals(stage))
                .filter(weighed -> !(weighed.what().verdict() instanceof Verdict.Undecided))
                .forEach(weighed -> moments.add(new Picture.Moment(
                        weighed.at(),
                        Picture.Moment.Kind.VERDICT,
                        weighed.what().verdict().word(),
                        weighed.index())));
        moments.sort(Comparator.comparing(Picture.Moment::at).thenComparingLong(Picture.Moment::proof));
        return moments;
    }
}
