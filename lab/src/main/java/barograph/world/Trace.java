package barograph.world;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import barograph.login.Step;
import barograph.site.ServerId;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A world that somebody else wrote down: lines of the logs, what a judge may know, and the truth, in three files.
public final class Trace implements World {
    private static final String LINES = ".csv.gz";
    private static final JsonMapper JSON = new JsonMapper();

    private final String id;
    private final Path file;
    private final Instant start;
    private final WatchPlan plan;
    private final Instant end;
    private final JsonNode told;
    private final Truth truth;
    private final double perSecond;

    private Trace(Path file) throws IOException {
        this.file = file;
        id = String.valueOf(file.getFileName()).replace(LINES, "");
        JsonNode meta = JSON.readTree(Files.readAllBytes(file.resolveSibling(id + ".meta.json")));
        told = JSON.readTree(Files.readAllBytes(file.resolveSibling(id + ".truth.json")));
        start = Instant.ofEpochMilli(meta.get("start_epoch_ms").asLong());
        end = start.plusMillis(meta.get("end_ms").asLong());
        plan = plan(meta);
        truth = read();
        perSecond = meta.get("lines").asDouble() / (meta.get("end_ms").asDouble() / 1000);
    }

    /// All traces of a folder, by name.
    public static List<Trace> in(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(LINES)).sorted().toList();
        }
        List<Trace> traces = new ArrayList<>();
        for (Path file : files) {
            traces.add(new Trace(file));
        }
        return traces;
    }

    private WatchPlan plan(JsonNode meta) {
        Instant change = start.plusMillis(meta.get("change_ms").asLong());
        Map<ServerId, Instant> changed = new HashMap<>();
        meta.get("changed_servers").forEach(name -> changed.put(new ServerId(name.asString()), change));
        Set<ServerId> unchanged = new HashSet<>();
        meta.get("control_servers").forEach(name -> unchanged.add(new ServerId(name.asString())));
        Duration settle = Duration.ofMillis(meta.get("settle_ms").asLong());
        return new WatchPlan(changed, unchanged, changed.keySet(), start, World.rules(settle));
    }

    @Override
    public String name() {
        return id;
    }

    @Override
    public WatchPlan plan() {
        return plan;
    }

    @Override
    public Instant end() {
        return end;
    }

    @Override
    public Duration pace() {
        return World.pace(perSecond);
    }

    @Override
    public Truth truth() {
        return truth;
    }

    private Truth read() {
        if (told.get("verdict").asString().equals("keep")) {
            return new Truth("none", plan.at(), Bound.NONE);
        }
        JsonNode bound = told.get("bound");
        return new Truth(
                told.get("effect").asString(),
                start.plusMillis(told.get("onset_ms").asLong()),
                new Bound(
                        told.get("share_hit").asDouble(),
                        bound.get("p0").asDouble(),
                        bound.get("nats_per_unit").asDouble(),
                        bound.get("units").asDouble(),
                        bound.get("seconds_after_onset").asDouble()));
    }

    @Override
    public Iterator<Line> lines() {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            in.readLine();
            return read(in).iterator();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + file, e);
        }
    }

    private List<Line> read(BufferedReader in) throws IOException {
        List<Line> lines = new ArrayList<>();
        Set<String> met = new HashSet<>();
        NavigableMap<Double, Long> caused = caused();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] field = line.split(",", -1);
            Login login = login(field);
            long failed = caused(caused, login.at());
            if (met.add(field[4] + "," + field[5]) && !field[6].equals("n")) {
                lines.add(new Line(known(login, field[6].equals("o")), failed));
            }
            lines.add(new Line(login, failed));
        }
        return lines;
    }

    private NavigableMap<Double, Long> caused() {
        NavigableMap<Double, Long> caused = new TreeMap<>(Comparator.naturalOrder());
        told.path("caused_failures_by_s_after_onset")
                .propertyStream()
                .forEach(each -> caused.put(
                        Double.valueOf(each.getKey()), each.getValue().asLong()));
        return caused;
    }

    /// The truth tells sums at some seconds after the onset; in between they are taken to grow evenly.
    private long caused(NavigableMap<Double, Long> sums, Instant at) {
        double seconds = Duration.between(truth.onset(), at).toMillis() / 1e3;
        if (seconds <= 0 || sums.isEmpty()) {
            return 0;
        }
        Map.Entry<Double, Long> below = sums.floorEntry(seconds);
        Map.Entry<Double, Long> above = sums.ceilingEntry(seconds);
        double from = below == null ? 0 : below.getKey();
        double sum = below == null ? 0 : below.getValue();
        if (above == null || above.getKey() <= from) {
            return (long) sum;
        }
        return (long) (sum + (above.getValue() - sum) * (seconds - from) / (above.getKey() - from));
    }

    /// What a trace knows of a key beforehand stands as a login before the time to learn from.
    private Login known(Login login, boolean accepted) {
        return new Login(
                start.minus(Duration.ofHours(1)),
                login.server(),
                login.user(),
                login.source(),
                login.dimensions(),
                accepted ? new Outcome.Accepted() : new Outcome.Rejected("bad_password"),
                Duration.ZERO,
                Origin.PERSON);
    }

    private Login login(String[] field) {
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

    /// FNV-1a, over characters.
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
