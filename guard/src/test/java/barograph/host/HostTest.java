package barograph.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barograph.site.At;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every host promises, kept by this machine and by a real sshd.
final class HostTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path files;

    @SuppressWarnings("NullAway.Init")
    static RealSshd sshd;

    @SuppressWarnings("NullAway.Init")
    static Hosts hosts;

    @BeforeAll
    static void start() throws IOException {
        sshd = RealSshd.start(folder);
        hosts = new Hosts(sshd.access());
    }

    @AfterAll
    static void stop() {
        hosts.close();
        sshd.close();
    }

    private static Host host(String where) {
        return hosts.at(where.equals("local") ? new At.Local() : sshd.at());
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "ssh"})
    void a_command_tells_its_exit_code_and_both_outputs(String where) {
        Result result = host(where).run("echo out; echo err >&2; exit 7", new byte[0], SOON);

        assertThat(result).isEqualTo(new Result.Ran(7, "out\n".getBytes(UTF_8), "err\n", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "ssh"})
    void bytes_go_in_and_come_out_unchanged(String where) {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);

        Result result = host(where).run("cat", bytes, SOON);

        assertThat(result).isEqualTo(new Result.Ran(0, bytes, "", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "ssh"})
    void output_beyond_the_limit_is_cut_and_said_to_be(String where) {
        Result result = host(where).run("head -c 20000000 /dev/zero", new byte[0], SOON);

        assertThat(result).isInstanceOfSatisfying(Result.Ran.class, ran -> {
            assertThat(ran.cut()).isTrue();
            assertThat(ran.out()).hasSize(Host.OUTPUT_LIMIT);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "ssh"})
    void a_command_that_does_not_read_its_input_is_not_waited_for(String where) {
        Result result = host(where).run("exit 3", new byte[5_000_000], SOON);

        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Ran.class, ran -> assertThat(ran.exit()).isEqualTo(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "ssh"})
    void a_command_that_hangs_is_overdue(String where) {
        Duration limit = Duration.ofMillis(300);

        Result result = host(where).run("sleep 30", new byte[0], limit);

        assertThat(result).isEqualTo(new Result.Overdue(limit));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "ssh"})
    void a_daemon_that_keeps_the_pipes_is_not_waited_for(String where) {
        Result result = host(where).run("sleep 15 & echo started", new byte[0], Duration.ofSeconds(10));

        assertThat(result).isEqualTo(new Result.Ran(0, "started\n".getBytes(UTF_8), "", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "ssh"})
    void commands_do_not_see_the_environment_of_the_controller(String where) {
        Result result = host(where).run("env", new byte[0], SOON);

        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Ran.class,
                        ran -> assertThat(ran.text()).contains("PATH=").doesNotContain("JAVA_HOME"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "ssh"})
    void following_hands_out_lines_as_they_are_written_until_it_is_closed(String where) throws Exception {
        Path log = Files.writeString(files.resolve("it's a log"), "first\n");
        String command = "exec tail -n +1 -F " + Host.quote(log.toString()) + " 2>/dev/null";
        InputStream followed = host(where).follow(command);
        BufferedReader lines = new BufferedReader(new InputStreamReader(followed, UTF_8));

        assertThat(lines.readLine()).isEqualTo("first");
        Files.writeString(log, "second\n", StandardOpenOption.APPEND);
        assertThat(lines.readLine()).isEqualTo("second");
        CompletableFuture<Integer> blocked = CompletableFuture.supplyAsync(() -> {
            try {
                return followed.read();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        followed.close();

        assertThat(blocked.get(10, TimeUnit.SECONDS)).isEqualTo(-1);
        Await.that(
                SOON,
                "tail has ended",
                () -> ProcessHandle.allProcesses()
                        .noneMatch(each -> each.info()
                                .commandLine()
                                .filter(line -> line.startsWith("tail") && line.contains(log.toString()))
                                .isPresent()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "ssh"})
    void following_a_command_that_fails_tells_its_last_words(String where) throws IOException {
        try (InputStream followed = host(where).follow("echo out; echo no such log >&2; exit 4")) {
            assertThatThrownBy(followed::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("4: no such log");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "ssh"})
    void following_a_command_that_ends_well_just_ends(String where) throws IOException {
        try (InputStream followed = host(where).follow("echo all there is")) {
            assertThat(followed.readAllBytes()).isEqualTo("all there is\n".getBytes(UTF_8));
        }
    }
}
