package barograph.dossier;

import barograph.site.PartyId;
import barograph.site.PersonId;
import barograph.site.Site;

/// How people and parties are called in a dossier: as the site writes them, never more than that.
final class Names {
    private final Site site;

    Names(Site site) {
        this.site = site;
    }

    /// "Keyring", or the bare name when the site no longer knows the party.
    String party(PartyId id) {
        return site.party(id).map(party -> party.name()).orElse(id.value());
    }

    /// "Dana (Acme Corp)".
    String person(PersonId id) {
        return Phrases.capital(id.name()) + " (" + party(id.party()) + ")";
    }

    /// "Dana of Acme Corp, the customer", for the first time that a person appears.
    String introduced(PersonId id) {
        return Phrases.capital(id.name()) + " of " + party(id.party())
                + site.party(id.party())
                        .map(party -> ", the " + Phrases.word(party.role()))
                        .orElse("");
    }

    /// Whom a notice went to. Of a web address only the host is told: the rest of it may be a secret.
    static String recipient(String address) {
        int scheme = address.indexOf("://");
        if (scheme < 0) {
            return address;
        }
        String rest = address.substring(scheme + 3).split("[/?#]", 2)[0];
        return rest.substring(rest.lastIndexOf('@') + 1) + " (web address)";
    }
}
