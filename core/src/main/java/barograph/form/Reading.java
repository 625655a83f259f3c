package barograph.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What one form made of one word: as much of the value as could be understood, and what was wrong.
///
/// A value may be there beside problems: a list without its bad items, say. It serves only to look for more problems;
/// at the door a file with any problem at all is bad.
record Reading<T>(Optional<T> value, List<Problem> problems) {
    Reading {
        problems = List.copyOf(problems);
    }

    static <T> Reading<T> good(T value) {
        return new Reading<>(Optional.of(value), List.of());
    }

    static <T> Reading<T> bad(Problem problem) {
        return new Reading<>(Optional.empty(), List.of(problem));
    }

    static <T> Reading<T> bad(List<Problem> problems) {
        return new Reading<>(Optional.empty(), problems);
    }

    boolean whole() {
        return problems.isEmpty() && value.isPresent();
    }

    <U> Reading<U> map(Function<? super T, ? extends U> change) {
        return new Reading<>(value.map(change), problems);
    }

    Reading<T> with(List<Problem> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<Problem> all = new ArrayList<>(problems);
        all.addAll(more);
        return new Reading<>(value, all);
    }
}
