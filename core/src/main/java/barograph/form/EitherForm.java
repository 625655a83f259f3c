package barograph.form;

import barograph.form.Written.Shape;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// One of two forms, told apart by the outward form of what is written.
final class EitherForm<T> extends Form<T> {
    private final Form<T> one;
    private final Form<T> other;

    EitherForm(Form<T> one, Form<T> other) {
        if (one.takes().stream().anyMatch(other.takes()::contains)) {
            throw new IllegalArgumentException("two forms that both read " + one.takes() + " cannot be told apart");
        }
        this.one = one;
        this.other = other;
    }

    @Override
    Reading<T> read(Written written) {
        if (one.takes().contains(written.shape())) {
            return one.read(written);
        }
        return other.takes().contains(written.shape())
                ? other.read(written)
                : Reading.bad(ScalarForm.wrongShape(this, written));
    }

    @Override
    Set<Shape> takes() {
        Set<Shape> both = new HashSet<>(one.takes());
        both.addAll(other.takes());
        return both;
    }

    @Override
    String wanted() {
        return one.wanted() + " or " + other.wanted();
    }

    @Override
    public ObjectNode schema() {
        return Schemas.anyOf(one.schema(), other.schema());
    }
}
