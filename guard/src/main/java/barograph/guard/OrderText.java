package barograph.guard;

import barograph.change.Edit;
import barograph.kinds.Kinds;
import barograph.lease.Order;
import barograph.site.BootHook;
import barograph.site.Commands;
import barograph.site.Config;
import barograph.site.Server;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// An order as `guard.sh` reads it: which verb, and what goes to its standard input.
///
/// @param verb the guard's word for the order
/// @param text lines of `KEY=VALUE`, an empty line, and for an apply the edit
/// @param limit how long the guard may take to answer, everything included
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below look at the content
record OrderText(String verb, byte[] text, Duration limit) {
    /// What the guard's own steps may take, beside the server's commands.
    private static final Duration OWN = Duration.ofSeconds(60);

    private static final String USUAL_BOOT_HOOK = new String(Scripts.read("boot-hook.sh"), StandardCharsets.UTF_8);

    static OrderText of(Server server, Order order) {
        Duration command = server.commands().limit();
        Duration gap = server.commands().reloadGap();
        return switch (order) {
            case Order.Snapshot _ -> new OrderText("snapshot", header(folder(server)), OWN.multipliedBy(3));
            // Validate, hook, activate, health, loaded; and then perhaps activate, restart, both proven, to roll back.
            case Order.Apply apply ->
                new OrderText(
                        "apply",
                        apply(server, apply),
                        OWN.plus(command.multipliedBy(11)).plus(gap.multipliedBy(2)));
            case Order.Renew renew -> new OrderText("renew", header("lease=" + hundredths(renew.lease())), OWN);
            case Order.Confirm confirm ->
                new OrderText("confirm", header("digest=" + confirm.digest().hex()), OWN);
            case Order.RollBack _ ->
                new OrderText(
                        "rollback",
                        header("wait=" + hundredths(command.multipliedBy(11).plus(gap.multipliedBy(2)))),
                        OWN.plus(command.multipliedBy(17)).plus(gap.multipliedBy(3)));
            case Order.Look _ -> new OrderText("look", header(""), OWN);
        };
    }

    /// A look by a script that only reads.
    ///
    /// @param input what the script reads
    static byte[] inspect(String script, String input) {
        StringBuilder lines = new StringBuilder();
        line(lines, "inspect", script);
        return join(header(lines.toString()), input.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] apply(Server server, Order.Apply order) {
        StringBuilder lines = new StringBuilder(folder(server));
        line(lines, "digest", order.digest().hex());
        line(lines, "lease", hundredths(order.lease()));
        line(lines, "port", Integer.toString(server.port()));
        line(lines, "limit", hundredths(server.commands().limit()));
        server.commands().validate().ifPresent(command -> command(lines, "validate", command));
        server.commands().health().ifPresent(command -> command(lines, "health", command));
        server.commands().loaded().ifPresent(command -> command(lines, "loaded", command));
        server.log().ifPresent(log -> line(lines, "log", log.path()));
        activation(lines, server.commands(), order.how());
        byte[] edit = edit(lines, order.edit());
        line(lines, "size", Integer.toString(edit.length));
        return join(header(lines.toString()), edit);
    }

    private static byte[] edit(StringBuilder lines, Edit edit) {
        return switch (edit) {
            case Edit.Overlay overlay -> {
                overlay.puts().forEach(put -> line(lines, "put", Archive.inner(put.path())));
                overlay.removals().forEach(path -> line(lines, "remove", Archive.inner(path)));
                yield Archive.of(overlay.puts());
            }
            case Edit.Patch(String text) -> {
                line(lines, "patch", "1");
                yield text.getBytes(StandardCharsets.UTF_8);
            }
        };
    }

    /// Without a reload command the server is restarted, and the other way round; a restart is what is left when a
    /// reload does not bring the old configuration back.
    private static void activation(StringBuilder lines, Commands commands, Order.Activation how) {
        Optional<String> restart = commands.restart();
        boolean reloads = commands.reload().isPresent() && (how == Order.Activation.RELOAD || restart.isEmpty());
        Order.Activation did = reloads || restart.isEmpty() ? how : Order.Activation.RESTART;
        line(lines, "did", (reloads ? Order.Activation.RELOAD : did).name());
        if (reloads) {
            commands.reload().ifPresent(command -> command(lines, "activate", command));
            line(lines, "gap", hundredths(commands.reloadGap()));
            restart.ifPresent(command -> command(lines, "restart", command));
        } else {
            restart.ifPresent(command -> command(lines, "activate", command));
        }
    }

    private static void command(StringBuilder lines, String name, String command) {
        line(lines, name, Kinds.prelude() + command);
    }

    /// The folder, `find`'s arguments that choose what belongs to the configuration, and what calls the guard at boot.
    private static String folder(Server server) {
        Config config = server.config();
        StringBuilder lines = new StringBuilder();
        line(lines, "root", config.root());
        for (String pattern : config.exclude()) {
            filter(lines, "-path", below(pattern), "-prune", "-o");
        }
        String or = "(";
        for (String pattern : config.include()) {
            filter(lines, or, "-path", below(pattern), "-o", "-path", below(pattern) + "/*");
            or = "-o";
        }
        if (!config.include().isEmpty()) {
            filter(lines, ")");
        }
        switch (server.commands().bootHook()) {
            case BootHook.Usual _ -> line(lines, "hook", USUAL_BOOT_HOOK);
            case BootHook.Own(String command) -> line(lines, "hook", command);
            case BootHook.None _ -> {}
        }
        return lines.toString();
    }

    private static void filter(StringBuilder lines, String... arguments) {
        Arrays.stream(arguments).forEach(argument -> line(lines, "filter", argument));
    }

    private static String below(String pattern) {
        if (pattern.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a pattern is one line: '" + pattern + "'");
        }
        return "./"
                + Arrays.stream(pattern.split("/", -1))
                        .filter(part -> !part.isEmpty() && !part.equals("."))
                        .collect(Collectors.joining("/"));
    }

    private static void line(StringBuilder lines, String key, String value) {
        lines.append(key)
                .append('=')
                .append(value.replace("\\", "\\\\").replace("\n", "\\n"))
                .append('\n');
    }

    private static byte[] header(String lines) {
        String ended = lines.isEmpty() || lines.endsWith("\n") ? lines : lines + "\n";
        return (ended + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String hundredths(Duration duration) {
        return Long.toString(duration.toMillis() / 10);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OrderText(String v, byte[] t, Duration l)
                && verb.equals(v)
                && Arrays.equals(text, t)
                && limit.equals(l);
    }

    @Override
    public int hashCode() {
        return Objects.hash(verb, Arrays.hashCode(text), limit);
    }
}
