package barograph.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What comes together while the parts of something are read.
record Findings(List<Problem> problems, List<Noted> noted) {
    Findings() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    /// Keeps what was found in a part, and hands out its value.
    <T> Optional<T> take(Reading<T> part) {
        problems.addAll(part.problems());
        noted.addAll(part.noted());
        return part.value();
    }

    <T> Reading<T> reading(Optional<T> value) {
        return new Reading<>(value, problems, noted);
    }
}
