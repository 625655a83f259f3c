package barograph.guard;

import barograph.change.ChangeId;
import barograph.change.Diff;
import barograph.change.Edit;
import barograph.host.Host;
import barograph.host.Hosts;
import barograph.host.Result;
import barograph.lease.Drift;
import barograph.lease.Receipt;
import barograph.lease.Receipt.State;
import barograph.record.Digest;
import barograph.runner.Inspector;
import barograph.site.Server;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Looks at files against the lists that the guard keeps. The guard runs the script for it: where only `sudo` may run
/// the
/// guard, lists and files are nobody else's to read.
public final class ShellInspector implements Inspector {
    private static final int MOST_FILES = 20;
    private static final int LARGEST_FILE = 256 << 10;
    private static final int FIELDS = 8;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final GuardScript guard;
    private final String script = new String(Scripts.read("drift.sh"), StandardCharsets.UTF_8);

    public ShellInspector(Hosts hosts) {
        guard = new GuardScript(hosts, Optional.empty());
    }

    /// @param state the guard's own folder, absolute, on every host
    public ShellInspector(Hosts hosts, String state) {
        guard = new GuardScript(hosts, Optional.of(state));
    }

    @Override
    public Sighting sinceApplied(Server server, ChangeId change, Collection<String> paths, Optional<Edit> edit) {
        Map<String, byte[]> contents = new HashMap<>();
        if (edit.orElse(null) instanceof Edit.Overlay overlay) {
            overlay.puts().forEach(put -> contents.put(Archive.inner(put.path()), put.content()));
        }
        String chosen = paths.stream().map(Archive::inner).collect(Collectors.joining("\n"));
        return look(server, change, "candidate.list", chosen, file -> {
            Optional<byte[]> was = Optional.ofNullable(contents.get(Archive.inner(file.path())));
            return was.isPresent() || edit.orElse(null) instanceof Edit.Overlay ? Optional.of(was) : Optional.empty();
        });
    }

    @Override
    public Sighting sinceSnapshot(Server server, ChangeId change) {
        return look(server, change, "tree.list", "", file -> Optional.of(file.was()));
    }

    /// What a file was, where that is known; within it, nothing where it was not there.
    private interface Before {
        Optional<Optional<byte[]>> of(Found file);
    }

    /// A file that differs, as the host tells of it.
    ///
    /// @param was its content in the snapshot, where it is there and not too large
    /// @param now its content now, likewise
    private record Found(
            String path,
            Optional<Digest> hash,
            Optional<String> owner,
            Optional<Instant> at,
            Optional<Long> size,
            Optional<byte[]> was,
            Optional<byte[]> now) {}

    private Sighting look(Server server, ChangeId change, String list, String paths, Before before) {
        String words = "root=%s list=%s most=%d largest=%d%n"
                .formatted(Host.quote(server.config().root()), list, MOST_FILES, LARGEST_FILE);
        byte[] input = OrderText.inspect(words + script, paths);
        boolean applied = list.equals("candidate.list");
        return switch (guard.call(server, change, "look", input, LIMIT)) {
            case GuardScript.Reply.Words(Result.Ran ran) -> read(server, ran, applied, before);
            case GuardScript.Reply.Silence(Receipt because) -> unseen(because);
        };
    }

    private static Sighting unseen(Receipt because) {
        return because instanceof Receipt.Unreachable(String why)
                ? new Sighting.Unreachable(why)
                : new Sighting.Blind(because.trouble());
    }

    private static Sighting read(Server server, Result.Ran ran, boolean applied, Before before) {
        List<String> lines = ran.text().lines().toList();
        String last = lines.isEmpty() ? "" : lines.getLast();
        if (last.startsWith("blind ")) {
            return new Sighting.Blind(last.substring(6));
        }
        if (!last.startsWith("state ") || ran.cut()) {
            return ReceiptText.read(last)
                    .map(ShellInspector::unseen)
                    .orElseGet(() ->
                            new Sighting.Blind("The files of " + server.id() + " could not be looked at: it ended with "
                                    + ran.exit() + " " + ran.err().strip()));
        }
        if (applied && !last.equals("state " + State.APPLIED)) {
            return new Sighting.Blind("The change is " + last.substring(6));
        }
        List<Drift> drifts = new ArrayList<>();
        for (String line : lines.subList(0, lines.size() - 1)) {
            Found file = found(line.split(" ", -1));
            drifts.add(new Drift(file.path(), file.hash(), file.owner(), file.at(), diff(file, before, server)));
        }
        return new Sighting.Seen(drifts);
    }

    private static Found found(String[] fields) {
        if (fields.length != FIELDS) {
            throw new IllegalStateException("not a line of drift.sh: " + fields.length + " fields");
        }
        return new Found(
                new String(Base64.getDecoder().decode(fields[1]), StandardCharsets.UTF_8).replaceFirst("^\\./", ""),
                field(fields[2]).map(Digest::new),
                field(fields[3]),
                field(fields[4]).map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds))),
                field(fields[5]).map(Long::valueOf),
                content(fields[6]),
                content(fields[7]));
    }

    private static Optional<String> field(String text) {
        return Optional.of(text).filter(value -> !value.equals("-"));
    }

    private static Optional<byte[]> content(String text) {
        return text.startsWith("=") ? Optional.of(Base64.getDecoder().decode(text.substring(1))) : Optional.empty();
    }

    /// A diff of text, secrets hidden; of anything else the size and the hash.
    private static String diff(Found file, Before before, Server server) {
        Optional<Optional<byte[]>> was = before.of(file);
        boolean gone = file.size().isEmpty();
        if (was.isEmpty() || (file.now().isEmpty() && !gone)) {
            return file.path() + ": now "
                    + file.size().map(size -> size + " bytes").orElse("gone")
                    + file.hash().map(hash -> ", " + hash).orElse("") + "\n";
        }
        Edit edit = new Edit.Overlay(
                file.now().stream()
                        .map(now -> new Edit.Put(file.path(), 0640, now))
                        .toList(),
                gone ? List.of(file.path()) : List.of());
        return legible(Diff.of(edit, _ -> was.get(), server.secrets()).text());
    }

    /// Nothing in somebody else's file may act on the terminal of who reads this.
    private static String legible(String text) {
        StringBuilder legible = new StringBuilder();
        text.chars()
                .forEach(
                        c -> legible.append(Character.isISOControl(c) && c != '\n' && c != '\t' ? '\uFFFD' : (char) c));
        return legible.toString();
    }
}
