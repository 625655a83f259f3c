package barograph.form;

import barograph.form.Written.Shape;
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
        Reading<T> reading = inner.read(written);
        if (reading.value().isEmpty()) {
            return Reading.bad(reading.problems());
        }
        T value = reading.value().get();
        return Reading.<U>good(change.apply(value, written.place()))
                .with(reading.problems())
                .with(check.problems(value, written.place()));
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
