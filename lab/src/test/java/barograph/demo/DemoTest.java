package barograph.demo;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.cli.Barograph;
import barograph.cli.Paper;
import barograph.rollout.Ending;
import barograph.servers.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DemoTest {
    private static final long SEED = 3;

    @TempDir
    Path folder;

    /// The guards' timers see within a second or so that nothing is left to do; until then they write in the folder.
    @AfterEach
    void timers_have_ended() throws IOException {
        String guard = folder.toRealPath().resolve("guard/guard.sh").toString();
        Await.until(
                "the timers have ended",
                Duration.ofSeconds(30),
                () -> ProcessHandle.allProcesses()
                        .noneMatch(process ->
                                process.info().commandLine().orElse("").contains(guard)));
    }

    @ParameterizedTest
    @EnumSource
    void each_change_ends_as_its_logins_say(Mistake mistake) throws IOException {
        StringWriter told = new StringWriter();
        Paper paper = new Paper(new PrintWriter(told), true, false);

        Finale finale = Demo.play(folder.toRealPath(), mistake, SEED, paper);

        String story = "seed " + SEED + "\n" + told;
        boolean good = mistake == Mistake.GOOD;
        assertThat(finale.ending()).as(story).isEqualTo(good ? Ending.CONFIRMED : Ending.ROLLED_BACK);
        assertThat(finale.verdict()).as(story).isEqualTo(good ? "HEALTHY" : "HARMFUL");
        assertThat(finale.byteExact()).as(story).isTrue();
        assertThat(finale.recordValid()).as(story).isTrue();
        assertThat(finale.noticesDelivered()).as(story).isGreaterThanOrEqualTo(good ? 4 : 8);
        assertThat(finale.emergencyAnsweredSeconds().isPresent()).as(story).isEqualTo(!good);
        assertThat(Files.size(finale.dossier())).as(story).isGreaterThan(10_000);
        assertNoSecretIn(finale.dossier(), story);
    }

    @Test
    void whoever_held_a_checkpoint_can_check_that_the_record_goes_on_from_it() throws IOException {
        Path place = folder.toRealPath();
        Demo.play(place, Mistake.OPENS_DOOR, SEED, new Paper(new PrintWriter(Writer.nullWriter()), true, false));
        Path held = place.resolve("checkpoint.txt");
        Path export = place.resolve("record.zip");
        String site = place.resolve("site.yaml").toString();

        StringWriter proof = new StringWriter();
        assertThat(run(proof, "record", "prove", "0", "--plain", "--site", site))
                .isEqualTo(0);
        assertThat(run(new StringWriter(), "record", "prove", "9999", "--site", site))
                .isEqualTo(2);

        Files.writeString(held, proof.toString().substring(proof.toString().indexOf("\n\n") + 2));
        StringWriter verified = new StringWriter();
        int code = run(verified, "record", "verify", export.toString(), "--plain", "--held", held.toString());
        assertThat(code).as(verified.toString()).isEqualTo(0);
        assertThat(verified.toString()).contains("whose checkpoint you held");

        Files.writeString(held, Files.readString(held).replaceFirst("\n\\d+\n", "\n1\n"));
        assertThat(run(new StringWriter(), "record", "verify", export.toString(), "--held", held.toString()))
                .isEqualTo(2);
    }

    private static int run(StringWriter out, String... command) {
        return Barograph.commands()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(command);
    }

    /// Neither the dossier nor the terminal has seen a password.
    private void assertNoSecretIn(Path dossier, String story) throws IOException {
        String password =
                Files.readString(folder.toRealPath().resolve("secrets/probe")).strip();
        assertThat(password).hasSizeGreaterThan(5);
        assertThat(story).doesNotContain(password);
        assertThat(Files.readString(dossier)).doesNotContain(password);
    }
}
