package barograph.rehearsal;

/// When a difference sets in.
public enum Onset {
    /// As soon as the server has taken the files over in the way that the change goes out.
    AT_ONCE,
    /// The change goes out by a reload, and the difference sleeps until the server is started anew: at the next reboot,
    /// update or accident.
    NEXT_RESTART
}
