package barograph.site;

import java.util.Set;

/// A human being who answers for a party.
///
/// @param mail where notices reach this person
/// @param may what this person may do; empty for someone who is only told
public record Person(PersonId id, String mail, Set<Right> may) {
    public Person {
        may = Set.copyOf(may);
    }

    public boolean may(Right right) {
        return may.contains(right);
    }
}
