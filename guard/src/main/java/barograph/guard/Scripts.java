package barograph.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/// The shell scripts that run on the servers' hosts.
final class Scripts {
    private Scripts() {}

    static byte[] read(String name) {
        try (InputStream in = Scripts.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name + " is not in the jar").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read from the jar", e);
        }
    }
}
