package barograph.vantage;

import barograph.diagnosis.Target;
import barograph.login.Step;
import java.util.Optional;
import java.util.regex.Pattern;

/// One thing that a host is asked to look at.
///
/// @param step what it is about
/// @param line as `look.sh` reads it, without its number
record Question(Target target, Step step, String line) {
    /// What may stand in a question: nothing that a shell would take for more than a word.
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._:-]{1,253}");

    /// Whether a host's name or address may be asked about.
    static boolean fit(String host) {
        return WORD.matcher(host).matches() && !host.startsWith("-");
    }

    static Question name(Target target) {
        return new Question(target, Step.RESOLVE, "name " + target.host());
    }

    static Question route(Target target) {
        return new Question(target, Step.CONNECT, "route " + target.host());
    }

    static Question connect(Target target, boolean udp) {
        return new Question(target, Step.CONNECT, (udp ? "udp " : "tcp ") + target.host() + " " + target.port());
    }

    static Question listens(Target target, boolean udp) {
        return new Question(target, Step.CONNECT, "listens " + (udp ? "udp " : "tcp ") + target.port());
    }

    /// @param start the protocol in which TLS is asked for, such as `ldap`; empty for TLS from the first byte
    static Question tls(Target target, Optional<String> start) {
        return new Question(
                target,
                Step.TLS,
                "tls " + target.host() + " " + target.port() + " " + target.host() + " " + start.orElse("-"));
    }

    String verb() {
        return line.substring(0, line.indexOf(' '));
    }
}
