package barograph.diagnosis;

import barograph.login.Step;
import barograph.login.Trial;
import barograph.site.Clues.Meaning;
import barograph.site.ServerId;
import java.time.Duration;

/// Something that was seen, by whom, and where.
public sealed interface Observation {
    /// A probe login from the controller.
    ///
    /// @param via the probe's protocol, such as `radius-pap`
    record Tried(Phase phase, Trial trial, String via) implements Observation {}

    /// One step of the way to a door or a backend, without a login.
    record Looked(Vantage from, Target target, Step step, Finding finding) implements Observation {}

    /// What a server's own log says since the trouble was looked into.
    ///
    /// @param lines how many lines say so, at least 1
    /// @param sample one of them, without anything secret
    record Told(ServerId server, Meaning meaning, int lines, String sample) implements Observation {}

    /// Whether a server's log tells of the probe's own login.
    record Heard(ServerId server, boolean heard) implements Observation {}

    /// A RADIUS server was asked for nothing but a sign of life (Status-Server, RFC 5997), from the controller.
    ///
    /// @param bytes the size of the question, which is about that of the answer
    record Status(ServerId server, int bytes, boolean answered) implements Observation {}

    /// @param ahead how much the host's clock is ahead of the controller's; negative when behind
    record Clock(ServerId server, Duration ahead) implements Observation {}

    /// @param load the host's load average of the last minute
    record Busy(ServerId server, double load, int processors) implements Observation {}

    /// What cannot be seen of a host that cannot be reached.
    String ANYTHING = "anything";

    /// Something could not be looked at, which is told; only a host that cannot be reached at all is a sign in itself.
    ///
    /// @param what [#ANYTHING], or what it was about
    record Unseen(Vantage from, String what, String because) implements Observation {}

    /// When a probe was tried.
    enum Phase {
        /// Before the change.
        BEFORE,
        /// While logins fail.
        MEANWHILE,
        /// After the change was taken back.
        AFTERWARDS
    }
}
