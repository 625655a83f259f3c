package barograph.toy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// Lets shell commands talk to a server inside this JVM: through files in a folder, each put there whole by a rename.
///
/// `toyctl` writes `request.N` and waits for `answer.N`, whose first line is `ok` or `failed`. The file `open` is there
/// as
/// long as somebody answers.
final class ToyControl implements AutoCloseable {
    private final Path run;
    private final Handler handler;
    private final WatchService watch;

    /// Obeys an order.
    @FunctionalInterface
    interface Handler {
        ToyDirectory.Answer obey(String verb, String argument);
    }

    ToyControl(Path run, Handler handler) throws IOException {
        this.run = run;
        this.handler = handler;
        Files.createDirectories(run);
        this.watch = run.getFileSystem().newWatchService();
    }

    void start() throws IOException {
        forget();
        Path script = run.resolve("toyctl");
        Files.writeString(script, script());
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        run.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
        Files.writeString(run.resolve("open"), "");
        Thread.ofVirtual().name("toy control").start(this::listen);
    }

    /// Orders and answers of an earlier life.
    private void forget() throws IOException {
        for (String glob : List.of("request.*", "answer.*", "part.*")) {
            for (Path old : list(glob)) {
                Files.deleteIfExists(old);
            }
        }
    }

    private List<Path> list(String glob) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(run, glob)) {
            List<Path> found = new ArrayList<>();
            files.forEach(found::add);
            return found;
        }
    }

    private void listen() {
        try {
            while (true) {
                WatchKey key = watch.take();
                // What exactly happened may have been too much to remember: the folder itself tells.
                key.pollEvents();
                key.reset();
                for (Path request : list("request.*")) {
                    answer(request);
                }
            }
        } catch (ClosedWatchServiceException e) {
            return; // the server ended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("the toy server no longer hears orders in " + run, e);
        }
    }

    private void answer(Path request) throws IOException {
        String number = String.valueOf(request.getFileName()).substring("request.".length());
        List<String> lines = new String(Files.readAllBytes(request), StandardCharsets.UTF_8)
                .lines()
                .toList();
        Files.delete(request);
        ToyDirectory.Answer answer =
                handler.obey(lines.isEmpty() ? "" : lines.getFirst(), lines.size() < 2 ? "" : lines.get(1));
        Path part = run.resolve("part." + number);
        Files.writeString(part, (answer.done() ? "ok" : "failed") + "\n" + answer.message() + "\n");
        Files.move(part, run.resolve("answer." + number), StandardCopyOption.ATOMIC_MOVE);
    }

    private String script() {
        return """
                #!/bin/sh
                # Talks to the toy server of this folder: reload, restart, health, validate DIR.
                run='%s'
                folder=
                if [ "$1" = validate ]; then
                    folder=$(cd "$2" && pwd) || { echo "there is no folder $2"; exit 1; }
                fi
                [ -e "$run/open" ] || { echo "the server is not running"; exit 1; }
                printf '%%s\\n%%s\\n' "$1" "$folder" >"$run/part.$$" && mv "$run/part.$$" "$run/request.$$" || exit 1
                tries=0
                until [ -e "$run/answer.$$" ]; do
                    tries=$((tries + 1))
                    if [ "$tries" -gt 500 ]; then
                        rm -f "$run/request.$$"
                        echo "the server does not answer"
                        exit 1
                    fi
                    sleep 0.02
                done
                { read -r word; cat; } <"$run/answer.$$"
                rm -f "$run/answer.$$"
                [ "$word" = ok ]
                """.formatted(run.toString().replace("'", "'\\''"));
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(run.resolve("open"));
            watch.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
