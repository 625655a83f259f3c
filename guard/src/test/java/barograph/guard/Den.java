package barograph.guard;

import static org.junit.jupiter.api.Assertions.fail;

import barograph.change.ChangeId;
import barograph.change.Edit;
import barograph.host.Await;
import barograph.host.RealSshd;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.record.Digest;
import barograph.site.At;
import barograph.site.BootHook;
import barograph.site.Commands;
import barograph.site.Config;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Stage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A configuration folder with a guard over it, driven as the controller drives it: one process per order.
final class Den implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(30);
    static final ChangeId CHANGE = new ChangeId("session-timeout");
    static final Digest DIGEST = Digest.of("the change");
    static final Duration LONG = Duration.ofMinutes(10);

    final Path folder;
    final Path root;
    final Path state;
    private final Path script;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> before = new ArrayList<>();
    private Config config;
    private Commands commands = new Commands(
            Optional.empty(),
            Optional.of("echo reload >>../calls"),
            List.of(),
            Duration.ZERO,
            Optional.of("echo restart >>../calls"),
            Optional.empty(),
            Optional.empty(),
            new BootHook.None(),
            Duration.ofSeconds(10));

    Den(Path folder, Shell shell) throws IOException {
        this.folder = folder;
        this.root = Files.createDirectories(folder.resolve("etc/server"));
        this.state = folder.resolve("state");
        this.config = new Config(root.toString(), List.of(), List.of());
        if (!shell.isHere()) {
            RealSshd.missing("the shell " + shell + " is not installed");
        }
        Path bin = Files.createDirectories(folder.resolve("bin"));
        shell.install(bin);
        script = folder.resolve("guard.sh");
        try (var in = Den.class.getResourceAsStream("/barograph/guard/guard.sh")) {
            Files.copy(java.util.Objects.requireNonNull(in), script);
        }
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        environment.put("BAROGRAPH_STATE", state.toString());
        environment.put("HOME", folder.toString());
    }

    /// Sets what every later order runs with.
    void set(String variable, String value) {
        environment.put(variable, value);
    }

    /// Puts a command in front of every later one, such as `setpriv`.
    void under(String... command) {
        before.addAll(List.of(command));
    }

    /// The same, in place of all that was put there so far.
    void inside(String... command) {
        before.clear();
        under(command);
    }

    void configured(List<String> include, List<String> exclude) {
        config = new Config(root.toString(), include, exclude);
    }

    /// Relative paths in the commands start at the configuration folder.
    void commanded(Commands with) {
        commands = with;
    }

    Commands commands() {
        return commands;
    }

    void validates(String command) {
        commands = new Commands(
                Optional.of(command),
                commands.reload(),
                List.of(),
                commands.reloadGap(),
                commands.restart(),
                commands.health(),
                commands.loaded(),
                commands.bootHook(),
                commands.limit());
    }

    void reloads(String command, Duration gap) {
        commands = new Commands(
                commands.validate(),
                Optional.of(command),
                List.of(),
                gap,
                commands.restart(),
                commands.health(),
                commands.loaded(),
                commands.bootHook(),
                commands.limit());
    }

    void healthy(String command, Duration limit) {
        commands = new Commands(
                commands.validate(),
                commands.reload(),
                List.of(),
                commands.reloadGap(),
                commands.restart(),
                Optional.of(command),
                commands.loaded(),
                commands.bootHook(),
                limit);
    }

    void loads(String command) {
        commands = new Commands(
                commands.validate(),
                commands.reload(),
                List.of(),
                commands.reloadGap(),
                commands.restart(),
                commands.health(),
                Optional.of(command),
                commands.bootHook(),
                commands.limit());
    }

    void hooked(BootHook how) {
        commands = new Commands(
                commands.validate(),
                commands.reload(),
                List.of(),
                commands.reloadGap(),
                commands.restart(),
                commands.health(),
                commands.loaded(),
                how,
                commands.limit());
    }

    Server server() {
        return server(new At.Local());
    }

    Server server(At at) {
        Commands there = new Commands(
                commands.validate().map(this::inRoot),
                commands.reload().map(this::inRoot),
                commands.reloadCovers(),
                commands.reloadGap(),
                commands.restart().map(this::inRoot),
                commands.health().map(this::inRoot),
                commands.loaded().map(this::inRoot),
                commands.bootHook(),
                commands.limit());
        return new Server(
                new ServerId("radius-1"),
                "files",
                at,
                Stage.CANARY,
                "127.0.0.1",
                1812,
                config,
                there,
                Optional.empty(),
                List.of(),
                List.of());
    }

    private String inRoot(String command) {
        return "cd '" + root + "' && { " + command + "\n}";
    }

    /// The commands that the server was given, in order.
    List<String> calls() throws IOException {
        Path calls = root.resolveSibling("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    Path write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        return Files.writeString(file, text);
    }

    String read(String name) throws IOException {
        return Files.readString(root.resolve(name));
    }

    /// Runs a script in the configuration folder.
    void sh(String text) throws IOException {
        RealSshd.exec("bash", "-euc", "cd \"$0\"\n" + text, root.toString());
    }

    Facts facts() throws IOException {
        return Facts.of(root);
    }

    Receipt snapshot() throws IOException {
        return send(new Order.Snapshot(CHANGE));
    }

    Receipt apply(Edit edit) throws IOException {
        return apply(edit, LONG);
    }

    Receipt apply(Edit edit, Duration lease) throws IOException {
        return send(applying(edit, lease));
    }

    static Order.Apply applying(Edit edit, Duration lease) {
        return new Order.Apply(CHANGE, DIGEST, edit, Order.Activation.RELOAD, lease);
    }

    Receipt rollBack() throws IOException {
        return send(new Order.RollBack(CHANGE));
    }

    Receipt.Standing look() throws IOException {
        return send(new Order.Look(CHANGE)) instanceof Receipt.Standing standing ? standing : fail("not a standing");
    }

    Receipt send(Order order) throws IOException {
        OrderText text = OrderText.of(server(), order);
        String answer = run(text.text(), text.verb(), "radius-1", order.change().value());
        return ReceiptText.read(answer).orElseGet(() -> fail("no receipt for " + order + ": " + answer));
    }

    /// Waits until the guard says that the change is rolled back; how long that took.
    Duration awaitRolledBack() {
        return Await.that(SOON, "rolled back", () -> look().state() == Receipt.State.ROLLED_BACK);
    }

    String run(byte[] stdin, String... words) throws IOException {
        Process process = start(stdin, words);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)) {
                fail("the guard hangs: " + String.join(" ", words));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return out;
    }

    Process start(byte[] stdin, String... words) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of("sh", script.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(folder.resolve("errors").toFile());
        // The shell under test must be found before the machine's own.
        command.set(before.size(), environment.getOrDefault("PATH", "").split(":", 2)[0] + "/sh");
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (OutputStream to = process.getOutputStream()) {
            to.write(stdin);
        } catch (IOException e) {
            // It was killed, or does not want all of it: what it answers is what counts.
        }
        return process;
    }

    /// Kills every process that works in this den: guards, timers and what they started.
    void killAll() {
        ProcessHandle.allProcesses()
                .filter(each -> each.info()
                        .commandLine()
                        .filter(line -> line.contains(folder + "/"))
                        .isPresent())
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        killAll();
    }
}
