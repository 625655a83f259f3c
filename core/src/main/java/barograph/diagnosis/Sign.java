package barograph.diagnosis;

import static barograph.diagnosis.Suspect.ACCOUNT;
import static barograph.diagnosis.Suspect.BACKEND;
import static barograph.diagnosis.Suspect.BACKEND_PATH;
import static barograph.diagnosis.Suspect.CHANGE;
import static barograph.diagnosis.Suspect.CLOCK;
import static barograph.diagnosis.Suspect.FRAGMENTS;
import static barograph.diagnosis.Suspect.INTERCEPTION;
import static barograph.diagnosis.Suspect.LOAD;
import static barograph.diagnosis.Suspect.NAMES;
import static barograph.diagnosis.Suspect.PATH;
import static barograph.diagnosis.Suspect.POLICY;
import static barograph.diagnosis.Suspect.SECRET;
import static barograph.diagnosis.Suspect.SERVER;
import static barograph.diagnosis.Suspect.TLS;

import barograph.diagnosis.Suspect.Weight;
import java.util.List;

/// Everything that counts for or against a suspect, and how much: the whole table of the diagnosis.
///
/// Weights are decibans (I. J. Good, "Probability and the Weighing of Evidence", 1950): ten times the logarithm of how
/// much likelier the sign is if the suspect did it than if something else did. 3 doubles the odds, 10 makes them ten
/// times, 20 a hundred times what they were; a suspect that is not named is neither helped nor harmed. They are
/// judgement from what each fault was seen to look like on real servers, rounded hard, and held to account by tests
/// with real faults; where a sign has a source of its own, it stands beside it. What fails has to be explained, too: a
/// sign speaks against every suspect that could not have made it. Signs are added up as if they were independent, so
/// each counts once however often it is seen.
public enum Sign {
    // What the probes meet from the controller.

    /// A name that does not exist for the controller does not exist for clients with the same name servers.
    DOOR_NAME_UNKNOWN(NAMES.by(28), SERVER.by(-5)),
    DOOR_NAMES_SILENT(NAMES.by(26), PATH.by(4)),
    /// A dropped SYN is a firewall's or a dead host's; a full backlog drops them too (tcp(7)).
    DOOR_SILENT(
            PATH.by(12),
            SERVER.by(3),
            LOAD.by(3),
            NAMES.by(-12),
            BACKEND.by(-15),
            BACKEND_PATH.by(-15),
            POLICY.by(-20),
            ACCOUNT.by(-15),
            TLS.by(-10)),
    /// A host without a listener and a firewall that rejects look alike (RFC 1122 §3.2.2.1, RFC 9293 §3.5.2).
    DOOR_REFUSED(
            SERVER.by(8),
            PATH.by(5),
            NAMES.by(-12),
            BACKEND.by(-15),
            BACKEND_PATH.by(-15),
            POLICY.by(-20),
            ACCOUNT.by(-15),
            TLS.by(-10)),
    DOOR_NO_ROUTE(
            PATH.by(24),
            NAMES.by(-12),
            BACKEND.by(-15),
            BACKEND_PATH.by(-15),
            POLICY.by(-20),
            ACCOUNT.by(-15),
            TLS.by(-10)),
    /// RADIUS is silent by design to unknown clients and wrong secrets (RFC 2865 §3, RFC 3579 §3.2); a server that
    /// waits for its backend is silent, too.
    RADIUS_SILENT(
            PATH.by(7),
            SECRET.by(6),
            BACKEND_PATH.by(4),
            BACKEND.by(3),
            SERVER.by(3),
            LOAD.by(3),
            POLICY.by(-10),
            ACCOUNT.by(-12),
            NAMES.by(-4)),
    /// It began well and stopped at the certificate, whose messages are the largest ones.
    TUNNEL_STALLED(FRAGMENTS.by(12), LOAD.by(2), TLS.by(2), BACKEND_PATH.by(1)),
    /// TCP connected and TLS hung: the sign of a path-MTU black hole (RFC 2923 §2.1).
    TLS_STALLED(FRAGMENTS.by(9), LOAD.by(4), INTERCEPTION.by(2), PATH.by(2)),
    CONNECTION_RESET(PATH.by(4), SERVER.by(4), LOAD.by(3), BACKEND.by(1)),
    /// It greeted, and then nothing came: servers wait for what they lean on.
    LOGIN_HANGS(BACKEND_PATH.by(7), BACKEND.by(6), LOAD.by(6)),
    /// Somebody answered, and signed with another secret.
    WRONG_AUTHENTICATOR(SECRET.by(32), BACKEND.by(-12), BACKEND_PATH.by(-12), NAMES.by(-12)),
    CERTIFICATE_EXPIRED(
            TLS.by(26),
            CLOCK.by(5),
            INTERCEPTION.by(5),
            BACKEND.by(-15),
            BACKEND_PATH.by(-15),
            NAMES.by(-12),
            POLICY.by(-12),
            ACCOUNT.by(-12),
            PATH.by(-8)),
    CERTIFICATE_NOT_YET_VALID(
            TLS.by(18),
            CLOCK.by(18),
            BACKEND.by(-15),
            BACKEND_PATH.by(-15),
            NAMES.by(-12),
            POLICY.by(-12),
            ACCOUNT.by(-12),
            PATH.by(-8)),
    CERTIFICATE_UNTRUSTED(
            TLS.by(22),
            INTERCEPTION.by(19),
            BACKEND.by(-15),
            BACKEND_PATH.by(-15),
            NAMES.by(-12),
            POLICY.by(-12),
            ACCOUNT.by(-12),
            PATH.by(-8)),
    CERTIFICATE_WRONG(
            TLS.by(22),
            INTERCEPTION.by(17),
            BACKEND.by(-15),
            BACKEND_PATH.by(-15),
            NAMES.by(-12),
            POLICY.by(-12),
            ACCOUNT.by(-12),
            PATH.by(-8)),
    TLS_BROKEN_OFF(TLS.by(18), INTERCEPTION.by(5), SERVER.by(1)),
    /// Locked, expired, disabled: the server's own word about the account.
    ACCOUNT_SAID(ACCOUNT.by(30), NAMES.by(-12), BACKEND_PATH.by(-12)),
    PROBE_NOT_SET_UP(ACCOUNT.by(34)),
    /// With a directory that judges passwords, and with an unsigned request under a wrong secret, every password is
    /// wrong (measured: FreeRADIUS 3.2.1, "NT digest does not match").
    BAD_PASSWORD(ACCOUNT.by(7), SECRET.by(2), POLICY.by(2), BACKEND.by(1)),
    /// FreeRADIUS says no without a reason also while its directory cannot be reached (measured: 3.2.1).
    BARE_REJECT(POLICY.by(5), BACKEND.by(4), BACKEND_PATH.by(4), ACCOUNT.by(3)),
    POLICY_SAID(POLICY.by(14)),
    /// Accepted without the group or the attribute that the probe asks for.
    ANSWER_LACKS(POLICY.by(14)),
    /// What must be refused was accepted.
    DOOR_LEFT_OPEN(POLICY.by(14)),
    BACKEND_SAID(BACKEND.by(14), BACKEND_PATH.by(14), NAMES.by(5)),
    /// A server that has lost what it needs and cannot say it better (HTTP 500, LDAP 80, IMAP UNAVAILABLE).
    SERVER_FAULT(BACKEND.by(6), BACKEND_PATH.by(5), SERVER.by(5), LOAD.by(3)),
    CLOCK_SAID(CLOCK.by(30)),
    /// It says yes or no to whoever asks from the controller.
    ANSWERS(PATH.by(-12), SERVER.by(-10), SECRET.by(-8)),
    /// Other probes over the same protocol get in at the same server.
    OTHERS_PASS(
            NAMES.by(-8),
            BACKEND.by(-6),
            BACKEND_PATH.by(-6),
            TLS.by(-4),
            FRAGMENTS.by(-6),
            ACCOUNT.by(5),
            POLICY.by(5)),
    /// Probes without a tunnel get in where those with one do not: door, secret and backend are well.
    ONLY_TUNNELS_FAIL(FRAGMENTS.by(5), TLS.by(5), NAMES.by(-8), BACKEND.by(-8), BACKEND_PATH.by(-8)),
    /// Several accounts at once: hardly each of them for itself.
    ALL_ACCOUNTS_FAIL(ACCOUNT.by(-12), POLICY.by(-3)),

    // Signs of life of RADIUS (RFC 5997): they need path, secret and server, and nothing else.

    ALIVE(PATH.by(-15), SECRET.by(-18), SERVER.by(-15), NAMES.by(-10), BACKEND.by(2), BACKEND_PATH.by(3)),
    LARGE_LOST(FRAGMENTS.by(32)),
    LARGE_PASSED(FRAGMENTS.by(-18)),

    // What the server's own host sees.

    LISTENS(SERVER.by(-14), PATH.by(6)),
    NOT_LISTENING(SERVER.by(28), PATH.by(-14), SECRET.by(-10), BACKEND_PATH.by(-4)),
    /// Shut from the controller, open from the host itself: it is lost in between.
    OPEN_ON_ITS_HOST(PATH.by(20), SERVER.by(-14), CHANGE.by(-6)),
    OPEN_FROM_ELSEWHERE(PATH.by(10), SERVER.by(-8), CHANGE.by(-4)),
    HOST_UNREACHABLE(PATH.by(6), SERVER.by(4)),
    /// The server's log tells of the probe's login: it arrived.
    HEARD(PATH.by(-10), SERVER.by(-8), NAMES.by(-6)),
    /// The log tells of other things and not of it: a wrong secret or an unknown client would have left a line.
    NOT_HEARD(PATH.by(12), SECRET.by(-5)),
    /// Another certificate than the server itself shows on its own host.
    OTHER_CERTIFICATE(INTERCEPTION.by(36), CHANGE.by(-10)),
    SAME_CERTIFICATE(INTERCEPTION.by(-20), TLS.by(2)),

    // What the server's log says (servers differ; the patterns are in each kind's file).

    LOG_SECRET_WRONG(SECRET.by(30), PATH.by(-8)),
    LOG_CLIENT_UNKNOWN(SECRET.by(26), PATH.by(-6)),
    LOG_BACKEND_UNREACHABLE(BACKEND_PATH.by(16), BACKEND.by(16), NAMES.by(8)),
    LOG_BACKEND_REFUSES(BACKEND.by(30), BACKEND_PATH.by(-8)),
    LOG_BACKEND_SILENT(BACKEND_PATH.by(17), BACKEND.by(16)),
    LOG_NAME_UNKNOWN(NAMES.by(26)),
    LOG_TLS(TLS.by(18), INTERCEPTION.by(5)),
    LOG_LOAD(LOAD.by(24)),
    LOG_CLOCK(CLOCK.by(28)),
    LOG_POLICY(POLICY.by(16)),
    LOG_ACCOUNT(ACCOUNT.by(18)),
    LOG_CONFIGURATION(SERVER.by(18)),

    // What the server leans on, as seen from its own host and from elsewhere.

    BACKEND_NAME_UNKNOWN(NAMES.by(28)),
    BACKEND_NAMES_SILENT(NAMES.by(28)),
    BACKEND_SILENT(BACKEND_PATH.by(18), BACKEND.by(12)),
    BACKEND_REFUSED(BACKEND.by(18), BACKEND_PATH.by(14)),
    BACKEND_NO_ROUTE(BACKEND_PATH.by(28)),
    BACKEND_OPEN(BACKEND_PATH.by(-16), NAMES.by(-8), BACKEND.by(-3)),
    BACKEND_OPEN_ELSEWHERE(BACKEND_PATH.by(10), BACKEND.by(-16), CHANGE.by(-14)),
    BACKEND_SHUT_ELSEWHERE(BACKEND.by(12), BACKEND_PATH.by(-6)),
    BACKEND_NAME_KNOWN_ELSEWHERE(NAMES.by(4), CHANGE.by(-14)),
    BACKEND_OTHER_CERTIFICATE(INTERCEPTION.by(32), CHANGE.by(-10)),
    BACKEND_CERTIFICATE_BAD(TLS.by(24), INTERCEPTION.by(5)),
    BACKEND_TLS_STALLED(FRAGMENTS.by(8), LOAD.by(3), BACKEND_PATH.by(4)),
    /// Kerberos gives up at five minutes (RFC 4120 §1.6: "a few minutes"; MIT's default `clockskew` is 300 s).
    CLOCK_OFF(CLOCK.by(20)),
    CLOCK_RIGHT(CLOCK.by(-12)),
    /// More than four processes wait for each processor.
    BUSY(LOAD.by(8)),
    IDLE(LOAD.by(-8)),

    // Whose doing it is.

    /// The same probes get in at a server without the change.
    UNCHANGED_PASS(CHANGE.by(4), ACCOUNT.by(-18), BACKEND.by(-5), CLOCK.by(-3), LOAD.by(-2)),
    /// What hits both sides is not the change's doing.
    UNCHANGED_FAIL(CHANGE.by(-20), ACCOUNT.by(8), BACKEND.by(6), SERVER.by(-10), PATH.by(2)),
    BEGAN_WITH_IT(CHANGE.by(4)),
    BEGAN_BEFORE_IT(CHANGE.by(-20)),
    REHEARSAL_SHOWED_IT(CHANGE.by(14)),
    REHEARSAL_SHOWED_NOTHING(CHANGE.by(-6)),
    /// It passes again since the old configuration is back.
    MENDED(CHANGE.by(12)),
    STILL_BROKEN(CHANGE.by(-14));

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Weight> weights;

    Sign(Weight... weights) {
        this.weights = List.of(weights);
    }

    /// How much it counts, for whom it counts.
    List<Weight> weights() {
        return weights;
    }
}
