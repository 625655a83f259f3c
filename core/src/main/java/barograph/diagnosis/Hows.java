package barograph.diagnosis;

/// In which way a suspect did it, by its strongest sign; a few words, or none.
final class Hows {
    private Hows() {}

    static String of(Sign sign) {
        return switch (sign) {
            case DOOR_NAME_UNKNOWN, BACKEND_NAME_UNKNOWN, LOG_NAME_UNKNOWN -> "a name is not known";
            case DOOR_NAMES_SILENT, BACKEND_NAMES_SILENT -> "no name server answers";
            case DOOR_SILENT, RADIUS_SILENT, BACKEND_SILENT -> "nothing comes back";
            case LOG_BACKEND_SILENT, LOGIN_HANGS -> "no answer from there";
            case DOOR_REFUSED, BACKEND_REFUSED -> "connections are refused";
            case DOOR_NO_ROUTE, BACKEND_NO_ROUTE -> "there is no route, or a firewall rejects";
            case NOT_LISTENING -> "nothing listens there";
            case OPEN_ON_ITS_HOST, OPEN_FROM_ELSEWHERE -> "open from elsewhere, shut from the controller";
            case NOT_HEARD -> "logins do not arrive";
            case TUNNEL_STALLED, TLS_STALLED, LARGE_LOST, BACKEND_TLS_STALLED -> "small packets pass";
            case CERTIFICATE_EXPIRED -> "a certificate has expired";
            case CERTIFICATE_NOT_YET_VALID -> "a certificate is not valid yet";
            case CERTIFICATE_UNTRUSTED -> "a certificate of an authority that is not trusted";
            case CERTIFICATE_WRONG, BACKEND_CERTIFICATE_BAD -> "a certificate that does not fit";
            case OTHER_CERTIFICATE, BACKEND_OTHER_CERTIFICATE -> "two places see two certificates";
            case WRONG_AUTHENTICATOR, LOG_SECRET_WRONG -> "the two sides have different secrets";
            case LOG_CLIENT_UNKNOWN -> "the server does not know this client";
            case LOG_BACKEND_REFUSES -> "it refuses the server's own login";
            case LOG_BACKEND_UNREACHABLE, BACKEND_SHUT_ELSEWHERE -> "it cannot be reached";
            case BACKEND_OPEN_ELSEWHERE -> "others reach it";
            case ACCOUNT_SAID, LOG_ACCOUNT -> "locked, expired or disabled";
            case PROBE_NOT_SET_UP -> "the probe is not set up well";
            case CLOCK_OFF -> "the server's clock is off";
            case ANSWER_LACKS -> "accepted without what belongs to it";
            case DOOR_LEFT_OPEN -> "somebody gets in who must not";
            default -> ""; // the suspect alone says enough
        };
    }
}
