package barograph.demo;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.ChangeId;
import barograph.claims.Answer;
import barograph.cli.Dossiers;
import barograph.cli.Workplace;
import barograph.lease.Receipt;
import barograph.rollout.Cause;
import barograph.rollout.Ending;
import barograph.rollout.Event;
import barograph.rollout.Rollout;
import barograph.servers.Await;
import barograph.site.PersonId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The controller is a process of its own here, and is killed without a chance to say anything.
class KilledControllerTest {
    @TempDir
    Path folder;

    @Test
    void the_host_puts_its_old_files_back_by_itself_and_the_next_controller_knows_and_tells() throws Exception {
        try (Theatre theatre = Theatre.open(folder.toRealPath(), 5)) {
            Workplace workplace = theatre.workplace();
            Fingerprint before = Fingerprint.of(theatre.configuration("ldap-1"));
            ChangeId change = readyToGo(theatre);

            Process controller = apply();
            Await.until("ldap-1 has the change", Duration.ofSeconds(60), () -> applied(workplace, change));
            assertThat(Fingerprint.of(theatre.configuration("ldap-1"))).isNotEqualTo(before);
            controller.destroyForcibly().waitFor();

            Duration leaseAndABit = Duration.ofSeconds(10 + 5);
            Await.until(
                    "ldap-1 has its old files",
                    leaseAndABit,
                    () -> Fingerprint.of(theatre.configuration("ldap-1")).equals(before));

            Process next = apply();
            assertThat(next.waitFor()).isEqualTo(1);
            Rollout rollout = Rollout.replay(workplace.journal().of(change));
            assertThat(rollout.ending()).contains(Ending.ROLLED_BACK);
            assertThat(rollout.cause())
                    .hasValueSatisfying(cause -> assertThat(cause.sort()).isEqualTo(Cause.Sort.LEASE));
            assertThat(told(theatre)).contains("dana@acme.example", "helpdesk@acme.example", "kit@keyring.example");
            assertThat(Dossiers.page(workplace, change)).contains("lease");
        }
    }

    private static ChangeId readyToGo(Theatre theatre) {
        Workplace workplace = theatre.workplace();
        PersonId omar = PersonId.of("us/omar");
        ChangeId change = workplace.propose(theatre.writeChange(Mistake.GOOD)).id();
        workplace.desk().answer(change, 0, PersonId.of("keyring/kit"), Answer.REQUESTED, "console");
        workplace.desk().approve(change, omar);
        workplace.desk().release(change, omar);
        return change;
    }

    private static boolean applied(Workplace workplace, ChangeId change) {
        return workplace.journal().of(change).stream()
                .anyMatch(each -> each.event() instanceof Event.Answered answered
                        && answered.receipt() instanceof Receipt.Applied);
    }

    private Process apply() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "barograph.demo.Main",
                "apply",
                "good",
                "--plain",
                "--site",
                folder.toRealPath().resolve("site.yaml").toString()));
        builder.environment()
                .put(
                        "BAROGRAPH_GUARD_FOLDER",
                        folder.toRealPath().resolve("guard").toString());
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("apply.log").toFile())
                .start();
    }

    private static List<String> told(Theatre theatre) {
        return Arrays.stream(theatre.mail().getReceivedMessages())
                .flatMap(message -> {
                    try {
                        return message.getSubject().contains("Rolled back")
                                ? Arrays.stream(message.getAllRecipients()).map(Object::toString)
                                : Stream.empty();
                    } catch (jakarta.mail.MessagingException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }
}
