package barograph.claims;

import java.util.List;
import java.util.Optional;

/// How far a claim can be relied upon.
public sealed interface Standing {
    /// Somebody says that the party says so; the party itself has not answered.
    record Hearsay() implements Standing {}

    /// The party says so itself.
    record Confirmed() implements Standing {}

    /// The party would like it, and does not require it.
    record Wished() implements Standing {}

    /// The party says no, or that it never said so.
    record Denied() implements Standing {}

    /// People of the party have given answers that do not go together.
    record Contradicted() implements Standing {}

    /// Weighs all answers that the party itself gave to one claim.
    static Standing of(List<Answer> answers) {
        Optional<Standing> first = Optional.empty();
        for (Answer answer : answers) {
            Standing standing = of(answer);
            if (first.isPresent() && !first.get().equals(standing)) {
                return new Contradicted();
            }
            first = Optional.of(standing);
        }
        return first.orElseGet(Hearsay::new);
    }

    private static Standing of(Answer answer) {
        return switch (answer) {
            case REQUESTED, AGREED -> new Confirmed();
            case WISHED -> new Wished();
            case NO, NOT_US -> new Denied();
        };
    }

    /// Whether it lets a gate open that wants a claim of this strength confirmed: a wish never carries a demand.
    default boolean carries(Demand demand) {
        return switch (this) {
            case Confirmed() -> true;
            case Wished() -> demand != Demand.MUST;
            case Hearsay(), Denied(), Contradicted() -> false;
        };
    }

    /// For a sentence that begins "The claim is …".
    default String words() {
        return switch (this) {
            case Hearsay() -> "hearsay: the party itself has not answered";
            case Confirmed() -> "confirmed by the party";
            case Wished() -> "only a wish, says the party";
            case Denied() -> "denied by the party";
            case Contradicted() -> "contradicted: people of the party disagree";
        };
    }
}
