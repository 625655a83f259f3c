package barograph.probe;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.servers.Await;
import barograph.servers.DebianServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecProbeTest {
    @Test
    void a_check_that_is_fine_is_an_acceptance() {
        Trial trial = check("echo \"OK - logged in | time=0.1s\"").run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Accepted());
        assertThat(trial.asExpected()).isTrue();
        assertThat(trial.said()).isEqualTo("accepted: OK - logged in");
    }

    @Test
    void a_warning_is_not_as_expected() {
        Trial trial = check("echo WARNING slow; exit 1").run();

        assertThat(trial.outcome().accepted()).isTrue();
        assertThat(trial.asExpected()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2, critical", "3, unknown", "127, tool_missing", "9, exit_9"})
    void no_other_ending_is_a_rejection(int status, String reason) {
        Trial trial = check("echo no; exit " + status).expectingReject().run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.AUTHENTICATE, reason));
        assertThat(trial.asExpected()).isFalse();
    }

    @Test
    void a_critical_check_that_says_so_is_a_rejection() {
        Trial trial = check("echo 'CRITICAL - Invalid credentials'; exit 2")
                .with("rejected-text", "invalid credentials")
                .expectingReject()
                .run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Rejected("rejected"));
        assertThat(trial.asExpected()).isTrue();
    }

    @Test
    void user_and_password_come_by_the_environment_and_are_never_shown() {
        Trial trial = check("echo $BAROGRAPH_USER at $BAROGRAPH_HOST:$BAROGRAPH_PORT with $BAROGRAPH_PASSWORD")
                .run();
        Trial onCommandLine = check("tr '\\0' ' ' </proc/$$/cmdline | grep -q alice[-]pw && exit 2; echo hidden")
                .run();

        assertThat(trial.said()).isEqualTo("accepted: alice at 127.0.0.1:4711 with (hidden)");
        assertThat(onCommandLine.said()).isEqualTo("accepted: hidden");
    }

    @Test
    void endless_output_is_cut() {
        Trial trial = check("head -c 3000000 /dev/zero | tr '\\0' x").run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Accepted());
        assertThat(trial.said()).hasSizeLessThan(600);
    }

    @Test
    void a_check_that_hangs_is_ended_in_time_with_its_children(@TempDir Path folder) throws IOException {
        Path children = folder.resolve("pids");
        String orphan = "(sleep 60 & echo $! >>" + children + ")";
        Trial trial = check(orphan + "; sleep 60 & echo $! >>" + children + "; wait")
                .within(Duration.ofSeconds(2))
                .run();

        assertThat(trial.outcome()).isInstanceOf(Outcome.Unanswered.class);
        assertThat(Files.readAllLines(children)).hasSize(2);
        for (String pid : Files.readAllLines(children)) {
            Await.until("the child " + pid + " is gone", Duration.ofSeconds(10), () -> !DebianServer.lives(pid));
        }
    }

    private static Try check(String command) {
        return Try.of("exec", 4711, "alice", "alice-pw").with("command", command);
    }
}
