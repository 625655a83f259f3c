package barograph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.guard.HostFacts;
import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.site.At;
import barograph.site.BootHook;
import barograph.site.Commands;
import barograph.site.Config;
import barograph.site.LogSource;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec;
import barograph.site.ProbeSpec.Expect;
import barograph.site.Secret;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a test cannot easily do to the machine that it runs on.
class CheckJudgeTest {
    private static final HostFacts FINE =
            new HostFacts(Duration.ZERO, "fine", "fine", 1_000_000, 400, Optional.empty(), Optional.empty());

    private static final Server SERVER = new Server(
            new ServerId("radius-1"),
            "freeradius",
            new At.Ssh("ops", "10.0.0.11", 22),
            Stage.CANARY,
            "10.0.0.11",
            1812,
            new Config("/etc/freeradius/3.0", List.of(), List.of()),
            new Commands(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Duration.ZERO,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    new BootHook.None(),
                    Duration.ofSeconds(10)),
            Optional.empty(),
            List.of("radius-*"),
            List.of());

    private static CheckFinding only(List<CheckFinding> findings) {
        assertThat(findings).hasSize(1).noneMatch(CheckFinding::well);
        return findings.getFirst();
    }

    @Test
    void a_host_as_it_should_be_is_not_told_of() {
        assertThat(CheckJudge.facts(SERVER, FINE)).isEmpty();
    }

    @Test
    void a_clock_that_is_minutes_off_is_told_with_its_direction() {
        HostFacts behind = new HostFacts(
                Duration.ofMinutes(-7), "fine", "fine", 1_000_000, 400, Optional.empty(), Optional.empty());

        assertThat(only(CheckJudge.facts(SERVER, behind)))
                .extracting(CheckFinding::words)
                .isEqualTo(
                        "its clock is 7 min behind this machine's, so its logins count at the wrong time, and harm is"
                                + " seen late or not at all");
    }

    @Test
    void a_disk_without_room_for_snapshots_is_told() {
        HostFacts full = new HostFacts(Duration.ZERO, "fine", "fine", 900, 400, Optional.empty(), Optional.empty());

        assertThat(only(CheckJudge.facts(SERVER, full)).words()).contains("only 900 KiB are free");
    }

    @Test
    void a_folder_that_may_not_be_written_is_told() {
        HostFacts foreign =
                new HostFacts(Duration.ZERO, "unwritable", "fine", 1_000_000, 400, Optional.empty(), Optional.empty());

        assertThat(only(CheckJudge.facts(SERVER, foreign)).remedy()).contains("by sudo");
    }

    @Test
    void a_log_that_may_not_be_read_is_told_with_the_group() {
        CheckFinding finding = CheckJudge.log(
                SERVER,
                new LogSource("/var/log/freeradius/radius.log", "freeradius"),
                new CheckJudge.LogLook("unreadable", "", 0, 0, 0, false, ""));

        assertThat(finding.well()).isFalse();
        assertThat(finding.remedy()).contains("group adm");
    }

    @Test
    void silence_of_a_radius_server_names_the_shared_secret() {
        CheckFinding finding = CheckJudge.probe(trial(new Outcome.Unanswered(Duration.ofSeconds(10))), probe(), SERVER);

        assertThat(finding.well()).isFalse();
        assertThat(finding.remedy()).contains("the same shared secret", "10.0.0.11:1812");
    }

    @Test
    void a_probe_that_breaks_is_not_said_to_have_a_wrong_password() {
        CheckFinding finding = CheckJudge.probe(trial(new Outcome.Failed(Step.CONNECT, "refused")), probe(), SERVER);

        assertThat(finding.remedy()).contains("Nobody takes connections").doesNotContain("password");
    }

    private static Trial trial(Outcome outcome) {
        return new Trial(
                new ProbeId("staff"),
                SERVER.id(),
                Instant.EPOCH,
                List.of(),
                outcome,
                Expect.ACCEPT,
                false,
                "in its own words",
                Map.of());
    }

    private static ProbeSpec probe() {
        return new ProbeSpec(
                new ProbeId("staff"),
                "radius-pap",
                "probe",
                Secret.of("x"),
                Optional.empty(),
                Expect.ACCEPT,
                Duration.ofSeconds(1),
                Map.of());
    }
}
