package barograph.cli;

import barograph.api.ApiGuards;
import barograph.api.ApiInspector;
import barograph.change.Change;
import barograph.change.ChangeId;
import barograph.change.Diff;
import barograph.folder.ChangeFolder;
import barograph.folder.ProposedChanges;
import barograph.folder.SiteFolder;
import barograph.forecast.Sight;
import barograph.form.Read;
import barograph.guard.FactFinder;
import barograph.guard.Guards;
import barograph.guard.Inspectors;
import barograph.guard.ShellGuards;
import barograph.guard.ShellInspector;
import barograph.host.Hosts;
import barograph.host.Result;
import barograph.host.SshAccess;
import barograph.kinds.Kinds;
import barograph.login.Pseudonyms;
import barograph.logs.LogFeed;
import barograph.looks.Looks;
import barograph.looks.Remark;
import barograph.probe.Budget;
import barograph.probe.Probes;
import barograph.probe.RadiusPulse;
import barograph.replay.SiteReplays;
import barograph.rollout.Insight;
import barograph.runner.Desk;
import barograph.runner.Journal;
import barograph.runner.World;
import barograph.secrets.Secrets;
import barograph.site.Clues;
import barograph.site.Kind;
import barograph.site.Look;
import barograph.site.Server;
import barograph.site.Site;
import barograph.site.Stage;
import barograph.store.SiteKeys;
import barograph.store.SqliteRecorder;
import barograph.vantage.SiteDiagnostician;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything that a command works with: the site as its file describes it, its keys, its record, and the lines to its
/// servers. It stands in the folder of `site.yaml`; what Barograph itself writes is in `.barograph` beside it.
public final class Workplace implements AutoCloseable {
    private static final String OWN = ".barograph";
    /// The kinds of a site are beside its file, whatever that is called.
    private static final String SITE_FILE = "site.yaml";
    private static final int LARGEST_FILE = 1 << 20;

    private final Path folder;
    private final Site site;
    private final SiteKeys keys;
    private final SqliteRecorder recorder;
    private final Secrets secrets;
    private final Journal journal;
    private final Hosts hosts;
    private final ApiGuards apis;
    private final LogFeed feed;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final World world;
    private final FactFinder facts;

    private Workplace(
            Path folder,
            Site site,
            SiteKeys keys,
            SqliteRecorder recorder,
            Optional<String> guardFolder,
            SshAccess access,
            Map<String, Clues> clues) {
        this.folder = folder;
        this.site = site;
        this.keys = keys;
        this.recorder = recorder;
        Clock clock = Clock.systemUTC();
        secrets = new Secrets(folder);
        journal = new Journal(recorder, clock);
        hosts = new Hosts(access);
        facts = new FactFinder(hosts, guardFolder, clock);
        Path apiFolder = folder.resolve(OWN).resolve("api");
        apis = new ApiGuards(apiFolder, secrets);
        feed = new LogFeed(hosts, keys.pseudonyms(), clock);
        Probes prober = new Probes(
                secrets,
                clock,
                new SecureRandom(),
                Optional.of(new Budget(
                        folder.resolve(OWN).resolve("wrong-passwords"),
                        site.wrongPasswords(),
                        new Pseudonyms(keys.pseudonyms()),
                        clock)));
        world = new World(
                new Guards(
                        guardFolder.map(state -> new ShellGuards(hosts, state)).orElseGet(() -> new ShellGuards(hosts)),
                        apis),
                new Inspectors(
                        guardFolder
                                .map(state -> new ShellInspector(hosts, state))
                                .orElseGet(() -> new ShellInspector(hosts)),
                        new ApiInspector(apiFolder, secrets)),
                prober,
                feed,
                new ProposedChanges(site),
                new Pseudonyms(keys.pseudonyms()),
                clock,
                new SiteDiagnostician(
                        hosts::at,
                        clues,
                        prober,
                        Optional.of(new RadiusPulse(secrets, new SecureRandom())),
                        new SiteDiagnostician.Hands(clock, workers)),
                workers,
                new SiteReplays(site, secrets, folder));
    }

    /// Opens the site of a file; its keys are made when there are none yet.
    ///
    /// @param siteFile the site's file
    /// @param guardFolder where the guards keep snapshots on their hosts; empty for each host's usual place
    /// @throws Trouble with every problem that the file has
    public static Workplace open(Path siteFile, Optional<String> guardFolder) {
        return open(siteFile, guardFolder, SshAccess.ofUser(Path.of(System.getProperty("user.home")), System.getenv()));
    }

    /// The same, with other keys and known hosts than the user's own.
    public static Workplace open(Path siteFile, Optional<String> guardFolder, SshAccess access) {
        Path file = siteFile.toAbsolutePath().normalize();
        Path folder = parent(file);
        Site site = site(file);
        Path keys = keys(folder);
        if (!Files.exists(keys.resolve(SiteKeys.PUBLIC))) {
            SiteKeys.create(keys, site.name());
        }
        SiteKeys own = SiteKeys.read(keys);
        return new Workplace(
                folder,
                site,
                own,
                SqliteRecorder.open(folder.resolve(OWN).resolve("record.db"), own.signer()),
                guardFolder,
                access,
                kinds(file).stream().collect(Collectors.toMap(Kind::name, Kind::clues)));
    }

    private static Site site(Path file) {
        return switch (SiteFolder.read(file, Kinds.builtIn(), Probes.KINDS)) {
            case Read.Good<Site>(Site site) -> site;
            case Read.Bad<Site> bad -> throw new Trouble(ExitCode.USAGE, lines(bad));
        };
    }

    /// The kinds that a site may use; its file itself need not be there.
    static Collection<Kind> kinds(Path file) {
        return switch (SiteFolder.kinds(file.toAbsolutePath(), Kinds.builtIn())) {
            case Read.Good<Map<String, Kind>>(Map<String, Kind> kinds) -> kinds.values();
            case Read.Bad<Map<String, Kind>> bad -> throw new Trouble(ExitCode.USAGE, lines(bad));
        };
    }

    /// The name of the site that a file describes; the file has to be right.
    static String siteName(Path file) {
        return site(file).name();
    }

    /// Where the keys of the site in a folder are.
    static Path keys(Path folder) {
        return folder.resolve(OWN).resolve("keys");
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new Trouble(ExitCode.USAGE, file + " is no file in a folder.");
        }
        return parent;
    }

    public Path folder() {
        return folder.resolve(OWN);
    }

    public Site site() {
        return site;
    }

    public SiteKeys keys() {
        return keys;
    }

    public SqliteRecorder recorder() {
        return recorder;
    }

    public Secrets secrets() {
        return secrets;
    }

    public Journal journal() {
        return journal;
    }

    public World world() {
        return world;
    }

    FactFinder facts() {
        return facts;
    }

    public Hosts hosts() {
        return hosts;
    }

    /// The guards of the servers that are configured over an API.
    public ApiGuards apis() {
        return apis;
    }

    /// What a controller does first: servers without a dead-man whose lease ran out meanwhile go back at once.
    ///
    /// @return what happened, a line for each of them
    public List<String> recover() {
        return apis.recover(site.servers());
    }

    public Desk desk() {
        return new Desk(journal, site);
    }

    /// Who this controller is, for the record.
    public String controller() {
        return System.getProperty("user.name") + "/" + ProcessHandle.current().pid();
    }

    /// @throws Trouble when there is no such change
    ChangeId change(String name) {
        ChangeId id;
        try {
            id = new ChangeId(name);
        } catch (IllegalArgumentException e) {
            throw new Trouble(ExitCode.USAGE, e.getMessage() + ".");
        }
        if (journal.of(id).isEmpty()) {
            throw new Trouble(
                    ExitCode.USAGE,
                    "There is no change '" + name + "'. "
                            + (journal.changes().isEmpty()
                                    ? "Propose it first: barograph propose changes/" + name
                                    : "There are: "
                                            + journal.changes().stream()
                                                    .map(ChangeId::value)
                                                    .collect(Collectors.joining(", ")))
                            + ".");
        }
        return id;
    }

    /// A change that was taken in.
    ///
    /// @param diff what it does to the files of its first server, secrets hidden
    /// @param sight what the watch over the first stage would see if it began now; empty where no log tells
    public record Proposal(ChangeId id, String diff, Optional<Sight> sight) {}

    /// Takes a change in from its folder.
    ///
    /// @throws Trouble with every problem that it has
    public Proposal propose(Path place) {
        if (!Files.isDirectory(place)) {
            throw new Trouble(
                    ExitCode.USAGE, "There is no folder " + place + ". A change is a folder with a change.yaml.");
        }
        Change change = switch (ChangeFolder.read(place, site)) {
            case Read.Good<Change>(Change good) -> good;
            case Read.Bad<Change> bad -> throw new Trouble(ExitCode.USAGE, lines(bad));
        };
        try {
            Diff diff = diff(change);
            Sights.Seen seen = Sights.of(this, firstStage(change));
            Insight insight = new Insight(looks(change, diff), seen.coverage(), seen.rhythms());
            return new Proposal(
                    desk().propose(change, place.toAbsolutePath().toString(), diff.text(), insight),
                    diff.text(),
                    seen.sight());
        } catch (IllegalArgumentException e) {
            throw new Trouble(ExitCode.USAGE, place.resolve("change.yaml") + ": " + e.getMessage() + ".");
        }
    }

    private Stream<Server> servers(Change change) {
        return change.request().servers().stream().flatMap(id -> site.server(id).stream());
    }

    /// The servers that get a change first; none where it names backups alone, which is told elsewhere.
    private List<Server> firstStage(Change change) {
        Optional<Stage> first = servers(change)
                .map(Server::stage)
                .filter(stage -> !stage.equals(Stage.BACKUP))
                .min(Stage::compareTo);
        return servers(change)
                .filter(server -> first.filter(server.stage()::equals).isPresent())
                .toList();
    }

    /// What catches the eye in the diff, by the rules of the kinds of all its servers.
    private List<Remark> looks(Change change, Diff diff) {
        Set<String> kinds = servers(change).map(Server::kind).collect(Collectors.toSet());
        List<Look> rules = kinds(folder.resolve(SITE_FILE)).stream()
                .filter(kind -> kinds.contains(kind.name()))
                .flatMap(kind -> kind.looks().stream())
                .toList();
        Server server = servers(change).findFirst().orElseThrow();
        return Looks.at(
                change.edit(),
                diff,
                path -> live(server, path),
                rules,
                world.clock().instant());
    }

    /// What is wrong with a file, a line for each.
    static String lines(Read.Bad<?> bad) {
        return bad.problems().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    /// What the edit does to the files of the first server that gets it.
    private Diff diff(Change change) {
        Server server = servers(change).findFirst().orElseThrow();
        if (!server.hasDeadMan()) {
            String silent = server.id() + " does not answer, so that it cannot be told what the change does to it.";
            return apis.diff(server, change.edit())
                    .orElseGet(() ->
                            new Diff(List.of(new Diff.FileDiff.Text(server.id().value(), List.of(silent)))));
        }
        return Diff.of(change.edit(), path -> live(server, path), server.secrets());
    }

    private Optional<byte[]> live(Server server, String path) {
        String file = server.config().root() + "/" + path;
        String command = "head -c " + LARGEST_FILE + " -- '" + file.replace("'", "'\\''") + "'";
        Result result = hosts.at(server.at()).run(command, new byte[0], Duration.ofSeconds(10));
        return result instanceof Result.Ran ran && ran.exit() == 0 && !ran.cut()
                ? Optional.of(ran.out())
                : Optional.empty();
    }

    /// Makes sure that one process alone carries a change.
    ///
    /// @throws Trouble when another one does
    Lock lock(String change) {
        Lock lock = tryLock(change);
        if (lock == null) {
            throw new Trouble(
                    ExitCode.PERSON,
                    "Another `barograph` carries change " + change
                            + " already. Follow it there, or see `barograph status " + change + "`.");
        }
        return lock;
    }

    /// The same for anything that one process alone does; empty when another one does it.
    Optional<Lock> lockIfFree(String what) {
        return Optional.ofNullable(tryLock(what));
    }

    boolean isLocked(String change) {
        try (Lock lock = tryLock(change)) {
            return lock == null;
        }
    }

    private @Nullable Lock tryLock(String change) {
        try {
            FileChannel channel = FileChannel.open(
                    folder().resolve(change + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return new Lock(channel);
                }
            } catch (OverlappingFileLockException e) {
                // Held by this very process, so it is not free.
            }
            channel.close();
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder() + " cannot be written: " + e.getMessage(), e);
        }
    }

    /// One process's right to carry a change; ends with the process at the latest.
    record Lock(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        workers.shutdown();
        apis.close();
        feed.close();
        hosts.close();
        recorder.close();
    }
}
