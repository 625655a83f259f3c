package barograph.notices;

import barograph.site.PartyId;
import barograph.site.PersonId;
import barograph.site.Role;
import java.util.Locale;
import java.util.Optional;

/// Whom a notice goes to: a person, a party's desk, or a webhook of the party.
///
/// @param mail where it is sent: a mail address, or `webhook:NAME`
/// @param party for whom the recipient stands
/// @param person empty for a desk and a webhook
public record Recipient(String mail, PartyId party, Role role, Optional<PersonId> person) {
    /// What the name of a webhook follows.
    public static final String WEBHOOK = "webhook:";

    public boolean isDesk() {
        return person.isEmpty();
    }

    /// Whether this is the recipient of that address: case does not matter in practice.
    public boolean at(String address) {
        return key(mail).equals(key(address));
    }

    /// The form of an address in which two of them are compared.
    static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
