package barograph.form;

import java.util.List;
import java.util.Optional;

/// What one form made of one word: as much of the value as could be understood, and what was wrong.
///
/// A value may be there beside problems: a list without its bad items, say. It serves only to look for more problems;
/// at the door a file with any problem at all is bad.
///
/// @param noted what carries a mark in it, be the value there or not
record Reading<T>(Optional<T> value, List<Problem> problems, List<Noted> noted) {
    Reading {
        problems = List.copyOf(problems);
        noted = List.copyOf(noted);
    }

    static <T> Reading<T> good(T value) {
        return new Reading<>(Optional.of(value), List.of(), List.of());
    }

    static <T> Reading<T> bad(Problem problem) {
        return bad(List.of(problem));
    }

    static <T> Reading<T> bad(List<Problem> problems) {
        return new Reading<>(Optional.empty(), problems, List.of());
    }

    boolean whole() {
        return problems.isEmpty() && value.isPresent();
    }
}
