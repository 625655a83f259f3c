package barograph.world;

/// Something that happens and is not the change; times in seconds since the change.
///
/// @param strength the share of logins or people it hits; for attacks, lines sprayed per line of people
public record Mishap(Kind kind, double from, double to, double strength) {
    public enum Kind {
        /// Strangers are sprayed; some real people are locked out by it.
        ATTACK,
        /// The same, nearly all of it on changed servers.
        ATTACK_ON_CHANGED,
        /// A share of logins fails, on all servers alike.
        INCIDENT,
        /// The same for one group that has people on both sides: nobody could tell what befalls a group of changed
        /// servers only from what the change does to it.
        GROUP_INCIDENT,
        /// Some of the people of one server are cut off for minutes, then all come back at once.
        REBOOT,
        /// A share of all people is cut off.
        SITE_OUTAGE,
        /// One unchanged server gets no logins; the others take them over.
        DRAIN,
        /// One unchanged server fails by itself.
        SERVER_FAULT,
        /// Changed servers fail for some seconds as they restart.
        RESTART_BLIP,
        /// People mistype several times as often.
        PASSWORD_DAY
    }

    boolean lasts(double at) {
        return at >= from && at < to;
    }

    boolean sprays() {
        return kind == Kind.ATTACK || kind == Kind.ATTACK_ON_CHANGED;
    }
}
