package barograph.diagnosis;

/// What is wrong where something was looked at.
public enum Trouble {
    /// There is no such name.
    NAME_UNKNOWN,
    /// No name server answered.
    NAMES_SILENT,
    NO_ROUTE,
    /// Somebody said at once that nobody listens there: the host itself, or a firewall that rejects.
    REFUSED,
    /// Nothing came back.
    SILENT,
    /// No process of the host listens there.
    NOT_LISTENING,
    /// What fits into one packet is answered, and what does not is not.
    LARGE_LOST,
    /// It connected, and TLS did not come to an end.
    STALLED,
    /// TLS was refused, or what came back is no TLS.
    NO_TLS,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_NOT_YET_VALID
}
