package barograph.watch;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.site.ServerId;
import java.time.Instant;

/// What remains of a login once it is known who it was and who was counted when: what is counted. Logins that are
/// alike in all but the moment make the same piece.
///
/// @param at when it was written down
/// @param reason the short word for why not; empty for an acceptance
/// @param latency the bucket of [Latencies] that it lies in, [Latencies#UNTOLD] where the log does not tell
record Piece(
        Instant at, Phase phase, ServerId server, Dimensions dimensions, String reason, int latency, Keys.Grain grain) {
    private static final Dimensions NOBODY = new Dimensions("", "", "", "");

    static Piece of(Login login, Phase phase, Keys.Grain grain) {
        boolean accepted = login.outcome().accepted();
        boolean stranger = !accepted && !grain.couldBefore();
        return new Piece(
                login.at(),
                phase,
                login.server(),
                stranger ? NOBODY : login.dimensions(),
                accepted ? "" : reason(login),
                Latencies.bucket(login.latency()),
                grain);
    }

    private static String reason(Login login) {
        String reason = login.outcome().reason();
        return reason.isEmpty() ? Dimensions.UNTOLD : reason;
    }

    boolean accepted() {
        return reason.isEmpty();
    }

    /// Who never could log in is no evidence, and makes no segment: of strangers there are as many as an attacker
    /// likes.
    boolean stranger() {
        return !accepted() && !grain.couldBefore();
    }
}
