package barograph.dossier;

import barograph.expectations.Finding;
import barograph.rehearsal.Difference;
import barograph.rehearsal.Report;
import barograph.rollout.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What was tested? The rehearsal on the backup servers, and what was checked on each server afterwards.
final class TestedChapter {
    private final Story story;
    private final List<Found<Event.Rehearsed>> rehearsals;

    private TestedChapter(Story story) {
        this.story = story;
        this.rehearsals = story.all(Event.Rehearsed.class);
    }

    static Chapter of(Story story) {
        return new TestedChapter(story).chapter();
    }

    private Chapter chapter() {
        Chapter.Draft draft = new Chapter.Draft(Topic.TESTED);
        if (rehearsals.isEmpty()) {
            draft.brief(untested());
        }
        rehearsals.forEach(rehearsal -> {
            draft.brief(outcome(rehearsal));
            more(rehearsal).forEach(draft::more);
            draft.more(aftermath(rehearsal));
        });
        List<Found<Event.Checked>> checks = story.all(Event.Checked.class);
        checks.forEach(check -> draft.more(checked(check)));
        if (checks.isEmpty()
                && !story.proposed().expect().isEmpty()
                && !story.rollout().untouched()) {
            draft.more(Sentence.unknown(
                    "Whether the change does what it is for was not checked on any server that had it.",
                    story.proposal()));
        }
        return draft.table(
                        "The same probes under the old configuration and under the new",
                        List.of("Server", "Probe", "Stands for", "Before", "After", "Meaning"),
                        rows())
                .chapter();
    }

    private Sentence untested() {
        if (story.plan().backups().isEmpty()) {
            return Sentence.fact("Nothing: the change names no backup server to try it on.", story.proposal());
        }
        return Sentence.unknown(
                "Nothing: " + Phrases.list(new TreeSet<>(story.plan().backups().keySet()))
                        + " was to try it, and the record holds no rehearsal.",
                story.proposal());
    }

    private Sentence outcome(Found<Event.Rehearsed> rehearsal) {
        Report report = rehearsal.what().report();
        String begin = report.backup() + " tried it at " + story.at(rehearsal.at());
        if (!report.trouble().isEmpty()) {
            return Sentence.measured(
                    begin + " and could not carry it through: " + Phrases.sentence(report.trouble()),
                    rehearsal.index());
        }
        if (report.probes() == 0) {
            return Sentence.measured(
                    begin + " without a single probe, so the rehearsal proves nothing.", rehearsal.index());
        }
        begin += " with " + Phrases.count(report.probes(), "probe", "probes")
                + ", each under the old configuration and under the new";
        List<String> worse = report.harm();
        if (worse.isEmpty()) {
            return Sentence.measured(begin + "; none got worse.", rehearsal.index());
        }
        return Sentence.measured(
                begin + "; " + (worse.size() == 1 ? "one" : worse.size()) + " got worse: " + worse.getFirst() + ".",
                rehearsal.index());
    }

    /// What the rehearsal showed besides: how far it went, how much differs anyway, whether the change does its work.
    private static List<Sentence> more(Found<Event.Rehearsed> rehearsal) {
        Report report = rehearsal.what().report();
        List<Sentence> more = new ArrayList<>();
        report.extent().ifPresent(extent -> {
            more.add(Sentence.measured(
                    (extent.restarted()
                                    ? "The new configuration was tried after a restart, too. "
                                    : "A restart with the new configuration was not tried. ")
                            + "What differs without any change: " + extent.noise() + ".",
                    rehearsal.index()));
            extent.findings()
                    .forEach(finding -> more.add(Sentence.measured(
                            "On " + report.backup() + ", before any other server had it: " + words(finding) + ".",
                            rehearsal.index())));
            extent.replayed()
                    .forEach(group -> more.add(Sentence.measured(
                            Phrases.capital(group.words()) + ", on " + report.backup() + ".", rehearsal.index())));
        });
        return more;
    }

    private static Sentence aftermath(Found<Event.Rehearsed> rehearsal) {
        Report report = rehearsal.what().report();
        return Sentence.measured(
                report.byteExact()
                        ? "After the rehearsal " + report.backup() + " was exactly what it had been before."
                        : "After the rehearsal " + report.backup() + " was not exactly what it had been before.",
                rehearsal.index());
    }

    private Sentence checked(Found<Event.Checked> check) {
        List<String> words = new ArrayList<>();
        for (Finding finding : check.what().findings()) {
            words.add(words(finding));
        }
        return Sentence.measured(
                "On " + check.what().server() + ", with the change in force, at " + story.at(check.at()) + ": "
                        + (words.isEmpty() ? "nothing was expected" : String.join("; ", words)) + ".",
                check.index());
    }

    private static String meaning(Difference difference) {
        return (difference.worse() ? "worse" : "different") + (difference.sleeps() ? ", after a restart" : "");
    }

    private static String words(Finding finding) {
        return switch (finding) {
            case Finding.Met(var probe) -> "probe " + probe + " answers as the change intends";
            case Finding.Unmet(var _, String because) -> because;
            case Finding.Already already -> already.words();
        };
    }

    private List<Table.Row> rows() {
        List<Table.Row> rows = new ArrayList<>();
        for (Found<Event.Rehearsed> rehearsal : rehearsals) {
            Report report = rehearsal.what().report();
            for (Difference difference : report.differences()) {
                rows.add(new Table.Row(
                        List.of(
                                report.backup().value(),
                                difference.probe().value(),
                                difference.group().orElse("–"),
                                difference.before(),
                                difference.after(),
                                meaning(difference)),
                        List.of(rehearsal.index())));
            }
            long same = report.probes()
                    - report.differences().stream()
                            .map(Difference::probe)
                            .distinct()
                            .count();
            if (same > 0) {
                rows.add(new Table.Row(
                        List.of(
                                report.backup().value(),
                                Phrases.count(same, "other probe", "other probes"),
                                "–",
                                "–",
                                "–",
                                "no difference"),
                        List.of(rehearsal.index())));
            }
        }
        return rows;
    }
}
