package barograph.dossier;

import barograph.expectations.Expectation;
import barograph.rollout.Event;
import barograph.rollout.Plan;
import barograph.rollout.Wave;
import barograph.site.ServerId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// What was asked, and by whom?
final class AskedChapter {
    private static final int MOST_PATHS = 8;

    private final Story story;
    private final Event.Proposed proposed;
    private final long proof;

    private AskedChapter(Story story) {
        this.story = story;
        this.proposed = story.proposed();
        this.proof = story.proposal();
    }

    static Chapter of(Story story) {
        return new AskedChapter(story).chapter();
    }

    private Chapter chapter() {
        Chapter.Draft draft = new Chapter.Draft(Topic.ASKED)
                .brief(Sentence.fact(
                        story.names().introduced(proposed.requestedBy()) + ", asked at "
                                + story.at(story.history().getFirst().at())
                                + " for this change: " + Phrases.lastQuoted(proposed.title()),
                        proof))
                .brief(reason())
                .more(Sentence.fact(servers(), proof))
                .more(Sentence.fact(files(), proof));
        proposed.expect().forEach(expectation -> draft.more(Sentence.fact(words(expectation), proof)));
        draft.more(Sentence.fact(
                        "A host that does not hear from Barograph for "
                                + Phrases.span(story.plan().lease())
                                + " puts its old configuration back by itself." + withoutDeadMan(),
                        proof))
                .more(Sentence.fact(
                        "The change has the digest " + proposed.digest()
                                + ". Approvals, waivers and confirmations count for this digest and no other.",
                        proof));
        if (!proposed.diff().isBlank()) {
            draft.excerpt(new Excerpt("What the change does to the files (secrets hidden)", proposed.diff(), proof));
        }
        return draft.chapter();
    }

    /// The servers for which that does not hold.
    private String withoutDeadMan() {
        List<String> bare = story.plan().servers().stream()
                .filter(server -> !story.site().hasDeadMan(server))
                .map(ServerId::value)
                .toList();
        return bare.isEmpty()
                ? ""
                : " That does not hold for " + String.join(", ", bare)
                        + ", configured over an API: no dead-man there, but the controller alone.";
    }

    private Sentence reason() {
        return proposed.because().isBlank()
                ? Sentence.unknown("No reason was given.", proof)
                : Sentence.fact("The reason given: " + Phrases.lastQuoted(proposed.because()), proof);
    }

    private String servers() {
        Plan plan = story.plan();
        List<String> waves = new ArrayList<>();
        for (Wave wave : plan.waves()) {
            waves.add(Phrases.list(wave.servers().keySet()) + " (stage " + wave.stage() + ")");
        }
        String words = "It was for " + String.join(", then ", waves) + ".";
        if (!plan.backups().isEmpty()) {
            words += " " + Phrases.list(new TreeSet<>(plan.backups().keySet()))
                    + (plan.backups().size() == 1 ? " was" : " were") + " to try it first.";
        }
        return words
                + (plan.bystanders().isEmpty()
                        ? " No server of the same kind was left out to compare with."
                        : " " + Phrases.list(new TreeSet<>(plan.bystanders())) + " never get"
                                + (plan.bystanders().size() == 1 ? "s" : "")
                                + " it, and " + (plan.bystanders().size() == 1 ? "serves" : "serve")
                                + " to compare with.");
    }

    private String files() {
        return "It touches "
                + (proposed.paths().isEmpty()
                        ? "no file"
                        : Phrases.count(proposed.paths().size(), "file", "files") + ": "
                                + Phrases.some(proposed.paths(), MOST_PATHS))
                + ".";
    }

    private static String words(Expectation expectation) {
        StringBuilder words = new StringBuilder("Once it is in force, probe ")
                .append(expectation.probe())
                .append(" is expected to ");
        List<String> wanted = new ArrayList<>();
        expectation
                .outcome()
                .ifPresent(outcome -> wanted.add(
                        switch (outcome) {
                            case ACCEPT -> "be accepted";
                            case REJECT -> "be rejected";
                        }));
        new TreeMap<>(expectation.reply())
                .forEach((name, value) -> wanted.add("be answered with " + name + " " + value));
        return words.append(wanted.isEmpty() ? "go as before" : Phrases.list(wanted))
                .append('.')
                .toString();
    }
}
