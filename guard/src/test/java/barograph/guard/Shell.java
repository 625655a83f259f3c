package barograph.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A shell that the guard has to work under, and everything that it starts with it.
enum Shell {
    DASH("/bin/dash"),
    BASH("/bin/bash"),
    BUSYBOX("/bin/busybox");

    private final Path binary;

    Shell(String binary) {
        this.binary = Path.of(binary);
    }

    boolean isHere() {
        return Files.isExecutable(binary);
    }

    /// Puts it into a folder as `sh`; under that name Bash is as in `bash --posix`.
    void install(Path folder) throws IOException {
        Files.createSymbolicLink(folder.resolve("sh"), binary);
    }
}
