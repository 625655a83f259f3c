package barograph.cli;

import barograph.kinds.Kinds;
import barograph.site.WatchRules;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "hindcast",
        description = "Run the verdict over old logs: when would it have rolled back, and how many logins earlier?",
        footer = {
            "",
            "It looks after each login, but no more often than a thousandth of the time since the change: every",
            "millisecond at first, every second after a quarter of an hour, more coarsely after a day; and every ten",
            "seconds where no login comes. Memory does not grow with the logs.",
            "",
            "Examples:",
            "  barograph hindcast --grammar freeradius radius-1=radius-1.log radius-2=radius-2.log.gz \\",
            "      --changed radius-1 --at 2026-11-22T10:00:00+01:00 --svg incident.svg",
            "  zcat slapd.log.*.gz | barograph hindcast --grammar slapd ldap-1=- --changed ldap-1 --at +36h",
            "  barograph hindcast incident.csv.gz --changed s1 --at +3600s --settle 0 --json",
            "",
            "Exit code 0: harmless. 1: harmful. 2: the command or the logs are wrong. 3: it could not tell."
        })
final class Hindcast implements Callable<Integer> {
    /// Of logs that do not tell the year, lines up to so long after the change are read with its year.
    private static final Duration HALF_A_YEAR = Duration.ofDays(180);

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Common common;

    @Parameters(
            arity = "1..*",
            paramLabel = "[SERVER=]LOG",
            description = "Log files, plain or gzip, several for a server if need be; - is the standard input. SERVER="
                    + " names whose it is; a trace tells that itself.")
    @SuppressWarnings("NullAway.Init")
    private List<String> logs;

    @Option(
            names = "--grammar",
            defaultValue = "trace",
            description =
                    "What the logs are written in: trace, or a kind of server such as freeradius, dovecot or one of"
                            + " your own (default: ${DEFAULT-VALUE}). `barograph kinds` lists them.")
    @SuppressWarnings("NullAway.Init")
    private String grammar;

    @Option(
            names = "--changed",
            required = true,
            split = ",",
            paramLabel = "SERVER",
            description = "The servers that got the change.")
    @SuppressWarnings("NullAway.Init")
    private List<String> changed;

    @Option(
            names = "--unchanged",
            split = ",",
            paramLabel = "SERVER",
            description = "The servers to compare with (default: all others in the logs).")
    private List<String> unchanged = new ArrayList<>();

    @Option(
            names = "--at",
            required = true,
            paramLabel = "TIME",
            description = "When they got it: 2026-11-22T10:00:00Z, with another offset or none, or +3600s, +5h30m since"
                    + " the start of the logs (of a trace: since its t_ms = 0).")
    @SuppressWarnings("NullAway.Init")
    private String at;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "The time zone of logs that tell local time, and of --at: Europe/Berlin (default: this"
                    + " machine's).")
    private String zone = "";

    @Option(
            names = "--start",
            paramLabel = "TIME",
            defaultValue = "1970-01-01T00:00:00Z",
            description = "For traces: the clock time of t_ms = 0.")
    @SuppressWarnings("NullAway.Init")
    private String start;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Logins that began earlier after the change are not judged (default: ${DEFAULT-VALUE}).")
    private int settle;

    @Option(
            names = "--false-rollback",
            paramLabel = "SHARE",
            defaultValue = "0.01",
            description = "The chance of a false alarm over the whole watch (default: ${DEFAULT-VALUE}).")
    private double falseRollback;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw it: needle, logins and failing shares over time.")
    @SuppressWarnings("NullAway.Init")
    private Optional<Path> svg = Optional.empty();

    @Option(names = "--quiet", description = "Say only what it comes to.")
    private boolean quiet;

    @Override
    public Integer call() {
        checkNumbers();
        ZoneId local = zone();
        Moment moment = Moment.of("--at", at, local);
        Instant epoch = Moment.of("--start", start, local).at(Instant.EPOCH);
        Instant near = Instant.now();
        if (!moment.relative() && moment.at(epoch).plus(HALF_A_YEAR).isBefore(near)) {
            near = moment.at(epoch);
        }
        OldLogs.Ways ways = new OldLogs.Ways(grammar, epoch, local, near);
        OldLogs old = new OldLogs(ways, Kinds.grammars(Workplace.kinds(common.siteFile())));
        List<OldLogs.Source> sources = logs.stream().map(OldLogs.Source::of).toList();
        boolean piped = sources.stream().anyMatch(source -> source.file().isEmpty());
        if (sources.stream().filter(source -> source.file().isEmpty()).count() > 1) {
            throw new Trouble(ExitCode.USAGE, "There is one standard input: name - once.");
        }
        Set<barograph.site.ServerId> known = ways.trace() && piped ? Set.of() : old.servers(sources);
        Retrospect retrospect =
                new Retrospect(new Retrospect.Question(changed, unchanged, moment, rules(), ways), known);
        HindcastTale tale = new HindcastTale(common.paper(), quiet);
        old.read(sources, login -> {
            retrospect.add(login);
            tale.pass(login);
        });
        Retrospect.Found found = retrospect.end();
        svg.ifPresent(file -> HindcastTale.draw(file, found));
        return tale.tell(found, old.heap(), retrospect.leftOut());
    }

    private void checkNumbers() {
        if (settle < 0 || settle > 86_400) {
            throw new Trouble(ExitCode.USAGE, "--settle: " + settle + " s is not within a day. Usual are 0 to 60.");
        }
        if (!(falseRollback > 0 && falseRollback < 1)) {
            throw new Trouble(
                    ExitCode.USAGE,
                    "--false-rollback: " + falseRollback + " is no chance above 0 and below 1, like 0.01.");
        }
    }

    private ZoneId zone() {
        try {
            return zone.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new Trouble(
                    ExitCode.USAGE,
                    "--zone: '" + zone + "' is no time zone. "
                            + barograph.form.Nearest.to(zone, ZoneId.getAvailableZoneIds())
                                    .map(near -> "Did you mean '" + near + "'?")
                                    .orElse("Write it like Europe/Berlin or +01:00."));
        }
    }

    private WatchRules rules() {
        return new WatchRules(
                Duration.ofMinutes(30),
                Duration.ofDays(7),
                Duration.ofSeconds(settle),
                Duration.ofMinutes(10),
                Duration.ofDays(7),
                falseRollback,
                0.02,
                Duration.ofMinutes(10),
                WatchRules.Policy.ASK,
                WatchRules.Policy.ASK,
                Duration.ofSeconds(30));
    }
}
