package barograph.logs;

import barograph.login.Dimensions;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import java.time.Instant;

/// What one line of FreeRADIUS says of a login: all of it, or one of its two halves.
///
/// @param request the number of the request; -1 where untold
/// @param client the device that asked
/// @param user who, as this line has it: inside a tunnel the real name, outside often `anonymous@…`
/// @param local a hash of the name without realm, to tell that two lines mean the same user
/// @param veiled whether the name is one that stands for everybody, such as `anonymous@acme.example`
/// @param tunnelled whether it is known that this login went through a tunnel
/// @param source where from; unknown for many of the inner lines, which by default are not told
/// @param readAt when the line was read
record Attempt(
        long request,
        String client,
        Pseudonym user,
        int local,
        boolean veiled,
        boolean tunnelled,
        Pseudonym source,
        String realm,
        String method,
        Outcome outcome,
        Instant at,
        Instant readAt) {

    /// This attempt, made by another user than its line says.
    Attempt by(Pseudonym who, String theirRealm, boolean throughTunnel) {
        return new Attempt(
                request,
                client,
                who,
                local,
                false,
                throughTunnel,
                source,
                theirRealm.equals(Dimensions.UNTOLD) ? realm : theirRealm,
                method,
                outcome,
                at,
                readAt);
    }

    /// This outer half with the name, and where there is one the reason, of its inner half.
    Attempt with(Attempt inner) {
        Attempt whole = by(inner.user, inner.realm, tunnelled || inner.tunnelled);
        return inner.outcome.accepted() ? whole : whole.ended(inner.outcome);
    }

    private Attempt ended(Outcome how) {
        return new Attempt(request, client, user, local, veiled, tunnelled, source, realm, method, how, at, readAt);
    }
}
