package barograph.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barograph.servers.Await;
import barograph.servers.DebianServer;
import barograph.site.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path folder;

    @Test
    void each_kind_of_reference_leads_to_its_secret() throws IOException {
        Files.writeString(folder.resolve("pw"), "from a file\n");
        Files.writeString(folder.resolve("pw.crlf"), "kept\n\r\n");

        assertThat(reveal("env:PW")).isEqualTo("from the environment");
        assertThat(reveal("file:pw")).isEqualTo("from a file");
        assertThat(reveal("file:" + folder.resolve("pw"))).isEqualTo("from a file");
        assertThat(reveal("file:pw.crlf")).isEqualTo("kept\n");
        assertThat(reveal("exec:cat pw; printf more")).isEqualTo("from a file\nmore");
        assertThat(reveal("not it")).isEqualTo("not it");
    }

    @Test
    void a_reference_that_leads_nowhere_says_so_and_what_to_do() {
        assertTrouble("env:NOBODY_SET_THIS", "unset", "env:NOBODY_SET_THIS", "Set it");
        assertTrouble("file:gone", "unreadable", folder.resolve("gone").toString(), "Create it");
        assertTrouble("file:.", "unreadable", "file:.", "nobody else");
        assertTrouble("exec:exit 3", "command-failed", "status 3", "by hand");
    }

    @Test
    void an_empty_secret_is_refused_unless_it_was_written_out() {
        assertTrouble("exec:true", "empty", "it is empty", "Fill it");
        assertTrouble("env:EMPTY", "empty", "it is empty", "Fill it");

        assertThat(reveal("")).isEmpty();
    }

    @Test
    void a_command_that_hangs_is_stopped_in_time_with_all_its_children() throws IOException {
        long began = System.nanoTime();

        assertTrouble("exec:sleep 600 & echo $! > child; wait", "command-late", "had not ended", "waits for");

        String child = Files.readString(folder.resolve("child")).strip();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        Await.until("the child " + child + " has ended", Duration.ofSeconds(5), () -> !DebianServer.lives(child));
    }

    @Test
    void what_is_too_long_or_no_text_is_refused() {
        assertTrouble("exec:yes", "too-long", "65536 bytes", "wrong thing");
        assertTrouble("exec:printf '\\377'", "not-text", "UTF-8", "Store it");
    }

    @Test
    void no_message_holds_the_secret_or_a_part_of_it() throws IOException {
        Files.writeString(folder.resolve("said"), "hunter2");

        for (String reference :
                new String[] {"exec:cat said; exit 1", "exec:cat said >&2; exit 1", "exec:cat said; printf '\\377'"}) {
            assertThatThrownBy(() -> reveal(reference))
                    .isInstanceOf(SecretTrouble.class)
                    .hasMessageNotContaining("hunter2");
        }
    }

    private void assertTrouble(String reference, String code, String... words) {
        assertThatThrownBy(() -> reveal(reference))
                .isInstanceOfSatisfying(
                        SecretTrouble.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(words);
    }

    private String reveal(String reference) {
        Secrets secrets = new Secrets(folder, Map.of("PW", "from the environment", "EMPTY", ""), Duration.ofSeconds(2));
        return secrets.reveal(Secret.of(reference));
    }
}
