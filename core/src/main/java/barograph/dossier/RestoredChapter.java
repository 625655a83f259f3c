package barograph.dossier;

import barograph.lease.Receipt;
import barograph.record.Digest;
import barograph.rollout.Hold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Is everything as it was? Two digests say so: of the files before the change, and of the files now.
final class RestoredChapter {
    private static final int MOST_NAMES = 6;

    private final Story story;
    private final Chapter.Draft draft = new Chapter.Draft(Topic.RESTORED);

    private RestoredChapter(Story story) {
        this.story = story;
    }

    static Chapter of(Story story) {
        return new RestoredChapter(story).chapter();
    }

    private Chapter chapter() {
        List<Stay> touched = story.stays().stream().filter(Stay::touched).toList();
        if (touched.isEmpty()) {
            draft.brief(Sentence.fact(
                    "Nothing was changed: no server was ever told to apply it.",
                    List.of(story.proposal(), story.last().index())));
        }
        restored(touched);
        kept(touched);
        open(touched);
        touched.forEach(this::aside);
        if (touched.stream().anyMatch(stay -> stay.back().isPresent())) {
            draft.more(Sentence.fact(
                    "A digest is taken over the names, types, modes, owners, times, links, attributes and contents "
                            + "of all files of the server’s configuration.",
                    touched.stream().flatMap(stay -> stay.proofs().stream()).toList()));
        }
        return draft.table(
                        "The digest of all files of each server",
                        List.of("Server", "Files", "Before the change", "Now", "Same", "Up and healthy"),
                        touched.stream().map(this::row).toList())
                .chapter();
    }

    private void restored(List<Stay> touched) {
        List<Stay> exact = touched.stream().filter(Stay::restored).toList();
        if (!exact.isEmpty()) {
            draft.brief(Sentence.measured(
                    (exact.size() == touched.size() ? "Yes: on " : "On ")
                            + Phrases.some(exact.stream().map(Stay::server).toList(), MOST_NAMES)
                            + " every file is as before, byte for byte, and "
                            + (exact.size() == 1 ? "the server is" : "the servers are") + " up.",
                    exact.stream().flatMap(stay -> stay.proofs().stream()).toList()));
        }
    }

    private void kept(List<Stay> touched) {
        List<Stay> kept =
                touched.stream().filter(stay -> stay.kept().isPresent()).toList();
        if (!kept.isEmpty()) {
            draft.brief(Sentence.fact(
                    "No, and it is not meant to be: the change stays on "
                            + Phrases.some(kept.stream().map(Stay::server).toList(), MOST_NAMES) + ".",
                    kept.stream().flatMap(stay -> stay.proofs().stream()).toList()));
        }
    }

    /// Every server that is neither proven to be as before nor meant to keep the change.
    private void open(List<Stay> touched) {
        List<Stay> open = touched.stream()
                .filter(stay -> !stay.restored() && stay.kept().isEmpty())
                .toList();
        if (story.rollout().cause().isEmpty() && !open.isEmpty()) {
            draft.brief(Sentence.fact(
                    "No: " + Phrases.some(open.stream().map(Stay::server).toList(), MOST_NAMES)
                            + (open.size() == 1 ? " has" : " have")
                            + " the change. Whether it stays is not decided yet.",
                    open.stream().flatMap(stay -> stay.proofs().stream()).toList()));
            return;
        }
        open.forEach(stay -> draft.brief(stay.lastWord()
                .map(back -> Sentence.measured(stay.server() + " " + wrong(stay, back.what()), stay.proofs()))
                .orElseGet(() -> overtaken(stay)
                        .map(why -> Sentence.fact(
                                "No: " + stay.server()
                                        + " keeps the change. It was confirmed there, and cannot be taken"
                                        + " back any more, because " + why + ".",
                                stay.proofs()))
                        .orElseGet(() -> Sentence.unknown(
                                "Whether " + stay.server() + " is as before is not known: its guard has not said so.",
                                stay.proofs().toArray(Long[]::new))))));
    }

    private Optional<String> overtaken(Stay stay) {
        return Optional.ofNullable(story.rollout().holds().get(stay.server())).flatMap(Hold::overtaken);
    }

    private static String wrong(Stay stay, Receipt.RolledBack back) {
        Optional<Digest> before = stay.snapped().map(snapped -> snapped.what().manifest());
        if (before.isEmpty()) {
            return "says that it is back; the record has no digest from before to hold that against.";
        }
        if (!before.get().equals(back.manifest())) {
            return "is not exactly as before: the digest of its files differs"
                    + (back.byteExact() ? ", though its guard says that they are the same." : ".");
        }
        if (!back.byteExact()) {
            return "says that it is not exactly as before, though the digest of its files is the same.";
        }
        return "has its old files back, byte for byte, but its health check fails: logins there may fail.";
    }

    private void aside(Stay stay) {
        stay.lastWord()
                .filter(back -> !back.what().keptAside().isEmpty())
                .ifPresent(back -> draft.more(Sentence.fact(
                        "Somebody else had changed files on " + stay.server()
                                + " meanwhile; they are kept on the host: "
                                + Phrases.some(back.what().keptAside(), MOST_NAMES) + ".",
                        back.index())));
    }

    private Table.Row row(Stay stay) {
        Optional<Digest> before = stay.snapped().map(snapped -> snapped.what().manifest());
        Optional<Digest> now = stay.lastWord()
                .map(back -> back.what().manifest())
                .or(() -> stay.kept().map(kept -> kept.what().manifest()));
        List<String> cells = new ArrayList<>(List.of(
                stay.server().value(),
                stay.snapped()
                        .map(snapped -> Phrases.number(snapped.what().files()))
                        .orElse("not known"),
                before.map(Digest::toString).orElse("not known"),
                now.map(Digest::toString).orElse("not known")));
        cells.add(before.isEmpty() || now.isEmpty() ? "not known" : before.equals(now) ? "yes" : "no");
        cells.add(stay.lastWord()
                .map(back -> back.what().healthy() ? "yes" : "no")
                .orElse(stay.kept().isPresent() ? "yes, with the change" : "not known"));
        return new Table.Row(cells, stay.proofs());
    }
}
