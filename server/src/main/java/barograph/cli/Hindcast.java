package barograph.cli;

import barograph.cli.Paper.Ink;
import barograph.rollout.EventJson;
import barograph.site.ServerId;
import barograph.site.WatchRules;
import barograph.verdict.Verdict;
import barograph.watch.WatchPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "hindcast",
        description = "Run the verdict over old logs: when would it have rolled back, and how many logins earlier?",
        footer = {
            "",
            "Examples:",
            "  barograph hindcast --grammar freeradius radius-1=radius-1.log radius-2=radius-2.log \\",
            "      --changed radius-1 --at 2026-11-22T10:00:00Z",
            "  barograph hindcast --grammar trace incident.csv.gz --changed s1 --at 2026-11-22T10:00:00Z",
            "",
            "Exit code 0: harmless. 1: harmful. 3: it could not tell."
        })
final class Hindcast implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Common common;

    @Parameters(
            arity = "1..*",
            paramLabel = "[SERVER=]LOG",
            description = "Log files, plain or gzip; SERVER= names whose it is.")
    @SuppressWarnings("NullAway.Init")
    private List<String> logs;

    @Option(
            names = "--grammar",
            defaultValue = "trace",
            description = "What the logs are written in: ${DEFAULT-VALUE} by default.")
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
            names = "--at",
            required = true,
            paramLabel = "TIME",
            description = "When they got it: 2026-11-22T10:00:00Z.")
    @SuppressWarnings("NullAway.Init")
    private String at;

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

    @Override
    public Integer call() {
        Instant changedAt = time("--at", at);
        OldLogs old = new OldLogs(grammar, time("--start", start));
        List<OldLogs.Source> sources = logs.stream().map(OldLogs.Source::of).toList();
        OldLogs.Extent extent = old.extent(sources);
        Map<ServerId, Instant> map = new HashMap<>();
        for (String name : changed) {
            ServerId id = new ServerId(name);
            if (!extent.servers().contains(id)) {
                throw new Trouble(
                        ExitCode.USAGE,
                        "The logs have no server '" + name + "'. They have: " + new TreeSet<>(extent.servers()) + ".");
            }
            map.put(id, changedAt);
        }
        Set<ServerId> unchanged = new HashSet<>(extent.servers());
        unchanged.removeAll(map.keySet());
        if (!extent.first().isBefore(changedAt) || extent.last().isBefore(changedAt)) {
            throw new Trouble(
                    ExitCode.USAGE,
                    "The logs go from " + extent.first() + " to " + extent.last() + ", and the change of --at "
                            + changedAt + " is not within: the verdict needs logins from before and after it.");
        }
        WatchPlan plan = new WatchPlan(map, unchanged, map.keySet(), extent.first(), rules());
        barograph.hindcast.Hindcast hindcast = new barograph.hindcast.Hindcast(plan, LOOK_EVERY);
        old.read(sources, hindcast::add);
        return tell(hindcast.end(extent.last()), changedAt);
    }

    private static Instant time(String option, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Trouble(
                    ExitCode.USAGE, option + ": '" + text + "' is not a time. Write it like 2026-11-22T10:00:00Z.");
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

    private int tell(barograph.hindcast.Hindcast.Summary summary, Instant changedAt) {
        Paper paper = common.paper();
        for (var turn : summary.turns()) {
            paper.line(
                    ink(turn.verdict()),
                    turn.at() + "  " + turn.verdict().word() + ". "
                            + turn.verdict().because());
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("at", turn.at().toString()).put("verdict", turn.verdict().word());
            node.put("because", turn.verdict().because());
            node.put("unitsSeen", turn.counts().units())
                    .put("failedLogins", turn.counts().failedLogins());
            node.set("detail", EventJson.tree(turn.verdict()));
            paper.json(node);
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("summary", true).put("harmful", summary.harm().isPresent());
        node.put("logins", summary.counts().logins())
                .put("failedLogins", summary.counts().failedLogins());
        summary.harm().ifPresent(turn -> {
            Duration after = Duration.between(changedAt, turn.at());
            paper.line(
                    Ink.STRONG,
                    "It would have rolled back " + after.toSeconds() + " s after the change, when "
                            + turn.counts().failedLogins() + " logins had failed; "
                            + summary.failedLoginsAfterHarm() + " more failed by the end of the logs.");
            node.put("secondsAfterChange", after.toMillis() / 1000.0);
            node.put("failedLoginsSpared", summary.failedLoginsAfterHarm());
        });
        paper.json(node);
        if (summary.harm().isPresent()) {
            return ExitCode.HARMFUL;
        }
        paper.line("It would not have rolled back.");
        return summary.turns().getLast().verdict() instanceof Verdict.Healthy ? ExitCode.DONE : ExitCode.PERSON;
    }

    private static Ink ink(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Healthy _ -> Ink.GOOD;
            case Verdict.Harmful _ -> Ink.BAD;
            case Verdict.Undecided _ -> Ink.FAINT;
            case Verdict.Blind _ -> Ink.WARNING;
        };
    }
}
