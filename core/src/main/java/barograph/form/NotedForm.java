package barograph.form;

import barograph.form.Written.Shape;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// A form that puts a mark on what it reads.
final class NotedForm<T> extends Form<T> {
    private final Form<T> inner;
    private final Note<T> note;

    NotedForm(Form<T> inner, Note<T> note) {
        this.inner = inner;
        this.note = note;
    }

    @Override
    Reading<T> read(Written written) {
        Reading<T> reading = inner.read(written);
        Findings findings = new Findings();
        findings.take(reading)
                .ifPresent(value -> findings.noted().add(new Noted(note, new Placed<>(value, written.place()))));
        return findings.reading(reading.value());
    }

    @Override
    Set<Shape> takes() {
        return inner.takes();
    }

    @Override
    String wanted() {
        return inner.wanted();
    }

    @Override
    public ObjectNode schema() {
        return inner.schema();
    }
}
