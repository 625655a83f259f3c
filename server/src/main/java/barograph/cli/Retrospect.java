package barograph.cli;

import barograph.form.Nearest;
import barograph.login.Login;
import barograph.site.ServerId;
import barograph.site.WatchRules;
import barograph.watch.WatchPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One hindcast over a stream of logins: the first of them tell when the logs begin and, where nobody knows that
/// beforehand, which servers they are of.
final class Retrospect {
    /// Of a trace that cannot be read twice, so many logins are looked at for the names of its servers.
    static final int LOOK_AHEAD = 50_000;

    private static final int MOST_LEFT_OUT = 1_000;

    private final Question question;
    private final Set<ServerId> known;
    private final int ahead;
    private final List<Login> waiting = new ArrayList<>();
    private final Map<ServerId, Long> leftOut = new TreeMap<>();
    private barograph.hindcast.@Nullable Hindcast hindcast;
    private @Nullable WatchPlan plan;
    private @Nullable Instant first;
    private Instant last = Instant.MIN;

    /// What is asked.
    ///
    /// @param unchanged the servers to compare with; empty for all others
    /// @param ways how the logs are read, and when a trace starts
    record Question(List<String> changed, List<String> unchanged, Moment at, WatchRules rules, OldLogs.Ways ways) {}

    /// @param known the servers that the logs are of; empty if only they themselves tell
    Retrospect(Question question, Set<ServerId> known) {
        this.question = question;
        this.known = new TreeSet<>(known);
        ahead = known.isEmpty() ? LOOK_AHEAD : 1;
        if (!known.isEmpty()) {
            question.changed().forEach(name -> server("--changed", name));
            question.unchanged().forEach(name -> server("--unchanged", name));
        }
    }

    void add(Login login) {
        boolean person = !login.server().equals(OldLogs.BEFORE);
        if (person) {
            first = first == null ? login.at() : first;
            last = login.at().isAfter(last) ? login.at() : last;
        }
        if (hindcast != null) {
            hand(hindcast, login);
            return;
        }
        waiting.add(login);
        if (person && waiting.size() >= ahead) {
            begin();
        }
    }

    private void hand(barograph.hindcast.Hindcast open, Login login) {
        if (!known.contains(login.server())
                && !login.server().equals(OldLogs.BEFORE)
                && leftOut.size() < MOST_LEFT_OUT) {
            leftOut.merge(login.server(), 1L, Long::sum);
        }
        open.add(login);
    }

    private barograph.hindcast.Hindcast begin() {
        WatchPlan made = plan();
        plan = made;
        barograph.hindcast.Hindcast open = new barograph.hindcast.Hindcast(made);
        hindcast = open;
        waiting.forEach(login -> hand(open, login));
        waiting.clear();
        return open;
    }

    private WatchPlan plan() {
        if (ahead > 1) {
            waiting.stream()
                    .map(Login::server)
                    .filter(server -> !server.equals(OldLogs.BEFORE))
                    .forEach(known::add);
            question.unchanged().forEach(name -> known.add(new ServerId(name)));
        }
        Instant begin = first == null ? question.ways().start() : first;
        Instant at = question.at().at(question.ways().trace() ? question.ways().start() : begin);
        if (!begin.isBefore(at)) {
            throw outside("begin only at " + begin, at);
        }
        Map<ServerId, Instant> changed = new HashMap<>();
        question.changed().forEach(name -> changed.put(server("--changed", name), at));
        Set<ServerId> unchanged = new HashSet<>();
        question.unchanged().forEach(name -> unchanged.add(server("--unchanged", name)));
        if (unchanged.isEmpty()) {
            unchanged.addAll(known);
            unchanged.removeAll(changed.keySet());
        }
        if (unchanged.stream().anyMatch(changed::containsKey)) {
            throw new Trouble(ExitCode.USAGE, "A server is named under both --changed and --unchanged.");
        }
        Instant learn = at.minus(question.rules().learn());
        return new WatchPlan(
                changed, unchanged, changed.keySet(), begin.isAfter(learn) ? begin : learn, question.rules());
    }

    private static Trouble outside(String logs, Instant at) {
        return new Trouble(
                ExitCode.USAGE,
                "The logs " + logs + ", and the change of --at is " + at + ": the verdict needs logins from before and"
                        + " after it. Give older or newer logs too, or look at the time and its zone (--zone).");
    }

    private ServerId server(String option, String name) {
        return known.stream()
                .filter(server -> server.value().equals(name))
                .findFirst()
                .orElseThrow(() -> new Trouble(
                        ExitCode.USAGE,
                        option + ": the logs have no server '" + name + "'. "
                                + Nearest.remedy(
                                        name,
                                        known.stream().map(ServerId::value).toList())));
    }

    /// What came of it, at the end of the logs.
    Found end() {
        barograph.hindcast.Hindcast open = hindcast == null ? begin() : hindcast;
        WatchPlan made = java.util.Objects.requireNonNull(plan);
        if (last.isBefore(made.at())) {
            throw outside("end already at " + last, made.at());
        }
        leftOut.keySet().removeAll(made.unchanged());
        leftOut.keySet().removeAll(made.changed().keySet());
        return new Found(made, open, open.end(last));
    }

    /// The servers that nobody named in time, and how many logins of theirs were left out.
    String leftOut() {
        return leftOut.entrySet().stream()
                .limit(5)
                .map(entry -> entry.getKey() + " (" + entry.getValue() + " logins)")
                .collect(Collectors.joining(", "));
    }

    /// What came of it.
    record Found(WatchPlan plan, barograph.hindcast.Hindcast hindcast, barograph.hindcast.Hindcast.Summary summary) {}
}
