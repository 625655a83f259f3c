package barograph.hindcast;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import barograph.login.Step;
import barograph.site.ServerId;
import barograph.site.WatchRules;
import barograph.watch.WatchPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One public login trace: a synthetic log of a few servers around one change, and the truth about it.
record Trace(String id, WatchPlan plan, Instant end, List<Login> logins, JsonNode truth) {
    /// @param file without its endings
    static Trace read(Path file) {
        String id = file.getFileName().toString();
        try {
            JsonNode meta = new JsonMapper().readTree(Files.readAllBytes(file.resolveSibling(id + ".meta.json")));
            JsonNode truth = new JsonMapper().readTree(Files.readAllBytes(file.resolveSibling(id + ".truth.json")));
            Instant start = Instant.ofEpochMilli(meta.get("start_epoch_ms").asLong());
            Instant change = start.plusMillis(meta.get("change_ms").asLong());
            Map<ServerId, Instant> changed = new HashMap<>();
            meta.get("changed_servers").forEach(name -> changed.put(new ServerId(name.asString()), change));
            Set<ServerId> unchanged = new HashSet<>();
            meta.get("control_servers").forEach(name -> unchanged.add(new ServerId(name.asString())));
            WatchPlan plan = new WatchPlan(
                    changed,
                    unchanged,
                    changed.keySet(),
                    start,
                    rules(Duration.ofMillis(meta.get("settle_ms").asLong())));
            Instant end = start.plusMillis(meta.get("end_ms").asLong());
            return new Trace(id, plan, end, lines(file.resolveSibling(id + ".csv.gz"), start), truth);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static WatchRules rules(Duration settle) {
        return new WatchRules(
                Duration.ofMinutes(30),
                Duration.ofHours(24),
                settle,
                Duration.ofMinutes(10),
                Duration.ofDays(1),
                0.01,
                0.02,
                Duration.ofMinutes(30),
                WatchRules.Policy.ASK,
                WatchRules.Policy.ASK,
                Duration.ofMinutes(1));
    }

    Instant onset() {
        return plan.learnFrom().plusMillis(truth.path("onset_ms").asLong());
    }

    boolean harmful() {
        return !truth.get("verdict").asString().equals("keep");
    }

    double boundSeconds() {
        return truth.path("bound").path("seconds_after_onset").asDouble();
    }

    private static List<Login> lines(Path file, Instant start) throws IOException {
        List<Login> logins = new ArrayList<>();
        Set<String> met = new HashSet<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            in.readLine();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] field = line.split(",", -1);
                Login login = login(field, start);
                if (met.add(field[4] + "," + field[5]) && !field[6].equals("n")) {
                    logins.add(known(login, field[6].equals("o"), start));
                }
                logins.add(login);
            }
        }
        logins.sort(java.util.Comparator.comparing(Login::at));
        return logins;
    }

    /// What a trace knows of a key beforehand stands as a login before the time to learn from.
    private static Login known(Login login, boolean accepted, Instant start) {
        return new Login(
                start.minusSeconds(3600),
                login.server(),
                login.user(),
                login.source(),
                login.dimensions(),
                accepted ? new Outcome.Accepted() : new Outcome.Rejected("bad_password"),
                Duration.ZERO,
                Origin.PERSON);
    }

    private static Login login(String[] field, Instant start) {
        String[] group = field[2].split("/", -1);
        Duration latency = Duration.ofMillis(Long.parseLong(field[9]));
        Outcome outcome = switch (field[7]) {
            case "accept" -> new Outcome.Accepted();
            case "timeout" -> new Outcome.Unanswered(latency);
            case "error" -> new Outcome.Failed(Step.AUTHENTICATE, field[8]);
            default -> new Outcome.Rejected(field[8]);
        };
        return new Login(
                start.plusMillis(Long.parseLong(field[0])),
                new ServerId(field[1]),
                new Pseudonym(hash(field[4])),
                new Pseudonym(hash(field[5])),
                new Dimensions(group[0], field[3], group[2], ""),
                outcome,
                latency,
                Origin.PERSON);
    }

    private static long hash(String text) {
        long hash = 1469598103934665603L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 1099511628211L;
        }
        return hash;
    }
}
