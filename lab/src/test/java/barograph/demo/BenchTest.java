package barograph.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchTest {
    private record Ran(int exit, String out, String err) {}

    private static Ran run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine bench =
                new CommandLine(new Bench()).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return new Ran(bench.execute(args), out.toString(), err.toString());
    }

    @Test
    void the_same_seed_gives_the_same_table() {
        String[] args = {"verdict", "--worlds", "1", "--rates", "2", "--lines", "900", "--judge", "barograph,cusum"};

        Ran ran = run(args);

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("| barograph ").contains("| cusum ").contains("seeds from 1 on");
        assertThat(run(args).out()).isEqualTo(ran.out());
        assertThat(ran.err()).contains("worlds");
    }

    @Test
    void json_is_a_line_for_each_judge_and_scenario() {
        Ran ran = run(
                "verdict", "--worlds", "1", "--rates", "2", "--lines", "900", "--judge", "cusum,argo-0.95", "--json");

        JsonNode first = new JsonMapper().readTree(ran.out().lines().findFirst().orElseThrow());
        assertThat(first.get("judge").asString()).isEqualTo("cusum");
        assertThat(first.get("scenario").asString()).isEqualTo("quiet at 2/s");
        assertThat(ran.out().lines().count()).isGreaterThan(2 * 12).isEven();
    }

    @Test
    void validity_counts_each_kind_of_world() {
        Ran ran = run("validity", "--watches", "12", "--rates", "2", "--lines", "900");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).startsWith("12 watches of barograph").contains("| all at 2/s         |      12 |");
    }

    @Test
    void a_storm_tells_how_many_ended_how() {
        Ran ran = run("storm", "--seeds", "20", "--seed", "7");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .startsWith("20 storms")
                .contains("promises broken in 0")
                .contains("ROLLED_BACK");
    }

    @Test
    void a_storm_can_be_told_event_by_event() {
        Ran ran = run("storm", "--seed", "7", "--seeds", "1", "--story");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("Released[by=us/omar]").contains("Ended[");
    }

    @Test
    void says_which_judges_there_are(@TempDir Path nowhere) {
        Ran ran = run("verdict", "--judge", "crystal-ball");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("crystal-ball").contains("barograph, two-sample-e");
        assertThat(run("verdict", "--traces", nowhere.resolve("gone").toString())
                        .exit())
                .isEqualTo(2);
        assertThat(run("verdict", "--by", "weather").exit()).isEqualTo(2);
        assertThat(run("validity", "--scenario", "late").exit()).isEqualTo(2);
    }

    @Test
    void every_bench_has_an_example() {
        assertThat(new CommandLine(new Bench()).getSubcommands().values())
                .isNotEmpty()
                .allSatisfy(command -> assertThat(command.getUsageMessage()).contains("Example"));
    }
}
