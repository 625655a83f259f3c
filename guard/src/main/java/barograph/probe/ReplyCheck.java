package barograph.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An acceptance without its VLAN or filter is no success: compares the answer with what the probe asks for.
final class ReplyCheck {
    private ReplyCheck() {}

    /// @param said the server's words
    static Answer answer(Attempt attempt, String said, Map<String, String> reply) throws Halt {
        List<String> missing = new ArrayList<>();
        for (String wanted : attempt.option("reply").orElse("").split(",", -1)) {
            if (wanted.isBlank()) {
                continue;
            }
            int sign = wanted.indexOf('=');
            if (sign < 0) {
                throw attempt.misconfigured("its reply '" + wanted.strip() + "' is not of the form Name=value");
            }
            String name = wanted.substring(0, sign).strip();
            String value = wanted.substring(sign + 1).strip();
            String got = reply.get(name);
            if (!value.equals(got)) {
                missing.add(name + "=" + value + (got == null ? "" : " (but with " + got + ")"));
            }
        }
        return missing.isEmpty()
                ? new Answer(true, said.isEmpty() ? "accepted" : "accepted: " + said, reply)
                : new Answer(false, "accepted without " + String.join(", ", missing), reply);
    }
}
