package barograph.change;

import barograph.claims.Claim;
import barograph.expectations.Expectation;
import barograph.site.PartyId;
import barograph.site.PersonId;
import barograph.site.ServerId;
import barograph.site.WatchRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a `change.yaml` asks for, checked against its site; all that it left out is filled in from there.
///
/// @param because why it is wanted, in a sentence for everyone
/// @param servers which servers get it, each once, in the order of the site; never empty
/// @param edit where the new files are
/// @param expectations the new behaviour as it will be seen from outside
/// @param confirm who must say that the change does what was wanted; without it the verdict alone decides
/// @param lease how long a host keeps the unconfirmed change without hearing from the controller
/// @param watch how long and how strictly real logins are watched
public record ChangeRequest(
        ChangeId id,
        String title,
        PersonId requestedBy,
        String because,
        List<Claim> claims,
        List<ServerId> servers,
        EditSource edit,
        List<Expectation> expectations,
        Optional<Confirm> confirm,
        Duration lease,
        WatchRules watch) {
    public ChangeRequest {
        claims = List.copyOf(claims);
        servers = List.copyOf(servers);
        expectations = List.copyOf(expectations);
    }

    /// Who must say that the change does what was wanted.
    ///
    /// @param within how long they have once the last stage has the change; then it is rolled back
    public record Confirm(PartyId by, Duration within) {}
}
