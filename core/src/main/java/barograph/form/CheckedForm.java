package barograph.form;

import barograph.form.Written.Shape;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import tools.jackson.databind.node.ObjectNode;

/// A form with a further check, or a further step, behind it.
final class CheckedForm<T, U> extends Form<U> {
    private final Form<T> inner;
    private final Check<T> check;
    private final BiFunction<? super T, Place, ? extends U> change;

    CheckedForm(Form<T> inner, Check<T> check, BiFunction<? super T, Place, ? extends U> change) {
        this.inner = inner;
        this.check = check;
        this.change = change;
    }

    @Override
    Reading<U> read(Written written) {
        Findings findings = new Findings();
        Optional<T> value = findings.take(inner.read(written));
        value.ifPresent(good -> findings.problems().addAll(check.problems(good, written.place())));
        return findings.reading(value.map(good -> change.apply(good, written.place())));
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
