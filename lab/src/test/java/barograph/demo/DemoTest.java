package barograph.demo;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.cli.Paper;
import barograph.rollout.Ending;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DemoTest {
    private static final long SEED = 3;

    @TempDir
    Path folder;

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

    /// Neither the dossier nor the terminal has seen a password.
    private void assertNoSecretIn(Path dossier, String story) throws IOException {
        String password =
                Files.readString(folder.toRealPath().resolve("secrets/probe")).strip();
        assertThat(password).hasSizeGreaterThan(5);
        assertThat(story).doesNotContain(password);
        assertThat(Files.readString(dossier)).doesNotContain(password);
    }
}
