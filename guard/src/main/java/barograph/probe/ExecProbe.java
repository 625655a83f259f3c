package barograph.probe;

import barograph.login.Step;
import barograph.site.ProbeKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A login by any program that answers as checks of Nagios do: exit status 0 fine, 1 warning, 2 critical, 3 unknown.
///
/// Such a check does not tell a rejection from a server that is down: only one whose words say so is a rejection.
final class ExecProbe implements Protocol {
    static final ProbeKind KIND = Options.kindWithoutFrom(
            "exec",
            1,
            List.of(
                    Options.required(
                            "command",
                            "The shell command that logs in; it finds user and password in BAROGRAPH_USER and "
                                    + "BAROGRAPH_PASSWORD, and the server in BAROGRAPH_HOST and BAROGRAPH_PORT."),
                    Options.optional(
                            "rejected-text",
                            "Words in the output of a critical check that say that the server rejected the login.")));

    @Override
    public Answer login(Attempt attempt) throws Halt {
        Way way = attempt.way();
        Map<String, String> environment = Map.of(
                "BAROGRAPH_USER", attempt.probe().user(),
                "BAROGRAPH_PASSWORD", attempt.password(),
                "BAROGRAPH_HOST", attempt.server().host(),
                "BAROGRAPH_PORT", Integer.toString(attempt.port()),
                "BAROGRAPH_SERVER", attempt.server().id().toString());
        way.reach(Step.AUTHENTICATE);
        List<String> command = List.of("/bin/sh", "-c", attempt.required("command"));
        try (Program program = Program.start(attempt, command, environment, "")) {
            int status = program.await();
            return judge(attempt, status, program.output());
        }
    }

    private static Answer judge(Attempt attempt, int status, String output) throws Halt {
        Way way = attempt.way();
        // What follows the bar is numbers for graphs.
        String words = output.strip()
                .lines()
                .findFirst()
                .orElse("no output")
                .split("\\|", 2)[0]
                .strip();
        return switch (status) {
            case 0 -> new Answer(true, "accepted: " + words, Map.of());
            case 1 -> new Answer(false, "accepted with a warning: " + words, Map.of());
            case 2 -> throw critical(attempt, words, output);
            case 3 -> throw way.failed("unknown", "the check could not tell: " + words);
            case 126, 127 -> throw way.failed("tool_missing", "the check cannot be run: " + words);
            default -> throw way.failed("exit_" + status, "the check ended with " + status + ": " + words);
        };
    }

    private static Halt critical(Attempt attempt, String words, String output) {
        boolean rejected = attempt.option("rejected-text")
                .filter(text -> output.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
                .isPresent();
        return rejected
                ? attempt.way().rejected(AccountWords.reason(output).orElse("rejected"), words)
                : attempt.way().failed("critical", "critical: " + words);
    }
}
