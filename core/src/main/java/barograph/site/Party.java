package barograph.site;

import java.util.List;
import java.util.Optional;

/// A customer, vendor or operator organisation.
///
/// @param name how letters address it
/// @param domain the mail domain that its own word comes from, where it has one
/// @param desk the support desk's mail address, which is told of everything that users feel
public record Party(
        PartyId id, Role role, String name, Optional<String> domain, List<Person> people, Optional<String> desk) {
    public Party {
        people = List.copyOf(people);
    }
}
