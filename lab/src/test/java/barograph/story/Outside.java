package barograph.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A look at a folder from outside, by the system's own tools.
final class Outside {
    private static final String LOOK = """
            cd "$1" && export LC_ALL=C
            find . ! -type d -exec stat -c '%n %F %a %U:%G %s %y %h' {} + | sort
            find . -type d -exec stat -c '%n %F %a %U:%G %y' {} + | sort
            find . -type f -exec sha256sum {} + | sort
            find . -type l -exec readlink {} + | sort
            getfacl -R -p -n . 2>/dev/null
            """;

    private Outside() {}

    static String look(Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", LOOK, "look", folder.toString())
                .redirectErrorStream(true)
                .start();
        String seen = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(seen).isZero();
        assertThat(seen).as("what can be seen of " + folder).contains("regular file");
        return seen;
    }
}
