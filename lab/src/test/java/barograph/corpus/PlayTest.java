package barograph.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.servers.DebianServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A part of the corpus on real servers, another one each day; whole by `./barograph bench corpus --held-out yes`.
///
/// `-Dcorpus.turns=N` plays so many instead, `-Dcorpus.day=YYYY-MM-DD` those of another day.
@Tag("whole")
class PlayTest {
    /// Kinds whose logins cost little, so that two of them take about a minute on two cores.
    private static final List<String> QUICK = List.of("slapd", "nginx", "haproxy", "freeradius");

    @TempDir
    Path folder;

    private record Turn(Stand stand, Entry entry) {}

    @Test
    void todays_part_of_the_corpus_is_seen_where_it_harms_and_let_through_where_not() throws IOException {
        // The servers' own users have to reach their files.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "SKIPPED: servers of several users");
        List<Turn> turns = new ArrayList<>();
        for (Stand stand : Corpus.builtIn()) {
            for (Entry entry : stand.entries()) {
                if (QUICK.contains(stand.kind()) && !entry.heldOut()) {
                    turns.add(new Turn(stand, entry));
                }
            }
        }
        long day = LocalDate.parse(System.getProperty(
                        "corpus.day", LocalDate.now(ZoneOffset.UTC).toString()))
                .toEpochDay();
        int some = Integer.getInteger("corpus.turns", 2);
        for (int i = 0; i < some; i++) {
            Turn turn = turns.get((int) ((day * some + i) % turns.size()));
            System.out.println("corpus: day " + LocalDate.ofEpochDay(day) + ", "
                    + turn.entry().name());
            turn.stand().needs().forEach(DebianServer::require);

            Result result = new Play(turn.stand(), turn.entry(), day, false, _ -> {})
                    .play(Files.createDirectory(folder.resolve(turn.entry().name())));

            assertThat(result.right()).as(Ledger.line(result)).isTrue();
            assertThat(result.exact()).as(Ledger.line(result)).isTrue();
        }
    }
}
