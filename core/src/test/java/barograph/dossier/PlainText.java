package barograph.dossier;

import java.util.List;

/// A dossier as plain text, so that a change in what it says shows as a change of lines.
final class PlainText {
    private final StringBuilder out = new StringBuilder();

    private PlainText() {}

    static String of(Dossier dossier) {
        PlainText text = new PlainText();
        text.out.append(dossier.stamp()).append('\n');
        text.sentence(dossier.headline());
        for (Chapter chapter : dossier.chapters()) {
            text.chapter(chapter);
        }
        for (Picture picture : dossier.pictures()) {
            text.out
                    .append("\n## Drum of stage ")
                    .append(picture.stage())
                    .append(" [")
                    .append(picture.proof());
            text.out.append("]\n");
            picture.moments()
                    .forEach(moment -> text.out.append(
                            "%s %s %s [%d]%n".formatted(moment.at(), moment.kind(), moment.words(), moment.proof())));
        }
        dossier.timeline().parts().forEach(text::part);
        return text.out.toString();
    }

    private void chapter(Chapter chapter) {
        out.append("\n# ").append(chapter.topic().question()).append('\n');
        chapter.brief().forEach(this::sentence);
        if (chapter.hasMore()) {
            out.append("--\n");
        }
        chapter.more().forEach(this::sentence);
        for (Table table : chapter.tables()) {
            out.append("== ").append(table.caption()).append('\n');
            out.append(String.join(" | ", table.heads())).append('\n');
            table.rows()
                    .forEach(row -> out.append(String.join(" | ", row.cells()))
                            .append(proofs(row.proofs()))
                            .append('\n'));
        }
        chapter.excerpts()
                .forEach(excerpt ->
                        out.append("== ").append(excerpt.caption()).append('\n').append(excerpt.text()));
    }

    private void part(Timeline.Part part) {
        out.append("\n## %s (%s)%n".formatted(part.title(), part.span()));
        for (Timeline.Stretch stretch : part.stretches()) {
            if (!stretch.shows()) {
                out.append("> ").append(stretch.folded()).append('\n');
            }
            for (Line line : stretch.lines()) {
                out.append("%s%s  %-8s %s [%d]%s%n"
                        .formatted(
                                stretch.shows() ? "" : "  ",
                                line.clock(),
                                line.sort().words(),
                                line.words(),
                                line.index(),
                                line.note().isEmpty() ? "" : " (" + line.note() + ")"));
            }
        }
    }

    private void sentence(Sentence sentence) {
        out.append("(%s) %s%s%n".formatted(sentence.sort().words(), sentence.words(), proofs(sentence.proofs())));
    }

    private static String proofs(List<Long> proofs) {
        return proofs.isEmpty() ? "" : " " + proofs;
    }
}
