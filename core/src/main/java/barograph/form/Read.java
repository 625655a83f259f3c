package barograph.form;

import java.util.List;

/// What came of reading a file that a person wrote.
public sealed interface Read<T> {
    /// Nothing is wrong with it.
    record Good<T>(T value) implements Read<T> {}

    /// Everything that is wrong with it, in the order in which it is written; at least one problem.
    record Bad<T>(List<Problem> problems) implements Read<T> {
        public Bad {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("what is bad has at least one problem");
            }
        }

        public Bad(Problem problem) {
            this(List.of(problem));
        }
    }
}
