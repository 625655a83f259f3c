package barograph.change;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.Diff.FileDiff;
import barograph.change.Edit.Overlay;
import barograph.change.Edit.Put;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiffTest {
    private static final List<String> SECRETS = List.of("^\\s*secret\\s*=\\s*(\\S+)");

    @Test
    void shows_what_is_different_with_some_lines_around() {
        Map<String, String> now = Map.of("a.conf", "1\n2\n3\n4\n5\n6\n7\n8\n");

        String text = diff(now, List.of(put("a.conf", "1\n2\n3\n4\nfive\n6\n7\n8\n")), List.of());

        assertThat(text).isEqualTo("""
                --- a/a.conf
                +++ b/a.conf
                @@ -2,7 +2,7 @@
                 2
                 3
                 4
                -5
                +five
                 6
                 7
                 8
                """);
    }

    @Test
    void shows_new_files_and_files_that_go() {
        String text = diff(Map.of("old", "a\n"), List.of(put("new", "b\n")), List.of("old"));

        assertThat(text).isEqualTo("""
                --- /dev/null
                +++ b/new
                @@ -0,0 +1,1 @@
                +b
                --- a/old
                +++ /dev/null
                @@ -1,1 +0,0 @@
                -a
                """);
    }

    @Test
    void shows_that_a_secret_is_changed_and_never_the_secret() {
        Map<String, String> now = Map.of("clients.conf", "client nas {\n  secret = hunter2\n  x = 1\n}\n");

        String text =
                diff(now, List.of(put("clients.conf", "client nas {\n  secret = hunter3\n  x = 2\n}\n")), List.of());

        assertThat(text)
                .doesNotContain("hunter")
                .contains("-  secret = (hidden)\n-  x = 1\n+  secret = (hidden)\n+  x = 2\n");
    }

    @Test
    void hides_secrets_in_the_lines_around() {
        Map<String, String> now = Map.of("clients.conf", "  secret = hunter2\n  x = 1\n");

        String text = diff(now, List.of(put("clients.conf", "  secret = hunter2\n  x = 2\n")), List.of());

        assertThat(text).doesNotContain("hunter").contains("   secret = (hidden)\n-  x = 1\n");
    }

    @Test
    void hides_private_keys_whatever_the_patterns_say() {
        String key = "-----BEGIN RSA PRIVATE KEY-----\nAAAA\nBBBB\n-----END RSA PRIVATE KEY-----\n";

        String text = diff(Map.of(), List.of(put("key.pem", key)), List.of());

        assertThat(text).doesNotContain("AAAA").doesNotContain("BBBB").contains("+(hidden)\n+(hidden)\n");
    }

    @Test
    void tells_files_that_are_no_text_by_their_sizes() {
        Edit edit = new Overlay(List.of(new Put("ticket.bin", 0600, new byte[] {0, 1, 2})), List.of());

        Diff diff = Diff.of(edit, _ -> Optional.of(new byte[] {(byte) 0xff}), List.of());

        assertThat(diff.files()).containsExactly(new FileDiff.Bytes("ticket.bin", Optional.of(1), Optional.of(3)));
        assertThat(diff.text()).isEqualTo("ticket.bin: 1 bytes before, 3 bytes after\n");
    }

    @Test
    void says_that_nothing_changes() {
        assertThat(diff(Map.of("a", "x\n"), List.of(put("a", "x\n")), List.of("gone")))
                .isEqualTo("a: nothing changes\ngone: nothing changes\n");
    }

    @Test
    void shows_a_line_end_that_is_missing() {
        assertThat(diff(Map.of("a", "x\n"), List.of(put("a", "x")), List.of())).contains("-x\n+x (no line end)\n");
    }

    @Test
    void hides_the_secrets_of_a_patch() {
        Edit patch = new Edit.Patch("""
                diff --git a/clients.conf b/clients.conf
                --- a/clients.conf
                +++ b/clients.conf
                @@ -1,3 +1,3 @@
                 client nas {
                -  secret = hunter2
                +  secret = hunter3
                 }
                """);

        String text = Diff.of(patch, _ -> Optional.empty(), SECRETS).text();

        assertThat(text).doesNotContain("hunter").contains("-  secret = (hidden)\n+  secret = (hidden)\n");
    }

    @Test
    void takes_little_time_for_two_long_files_that_have_nothing_in_common() {
        String one = IntStream.range(0, 5_000).mapToObj(i -> "a" + i + "\n").collect(Collectors.joining());
        String two = IntStream.range(0, 5_000).mapToObj(i -> "b" + i + "\n").collect(Collectors.joining());
        long began = System.nanoTime();

        String text = diff(Map.of("a", one), List.of(put("a", two)), List.of());

        assertThat(text.lines()).hasSize(10_003);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }

    private static String diff(Map<String, String> now, List<Put> puts, List<String> removals) {
        return Diff.of(
                        new Overlay(puts, removals),
                        path -> Optional.ofNullable(now.get(path)).map(text -> text.getBytes(UTF_8)),
                        SECRETS)
                .text();
    }

    private static Put put(String path, String content) {
        return new Put(path, 0644, content.getBytes(UTF_8));
    }
}
