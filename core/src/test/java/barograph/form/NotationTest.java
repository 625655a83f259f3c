package barograph.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Durations, percentages, sizes and whole numbers.
class NotationTest {
    private static final Form<Duration> SPAN = Form.duration(Duration.ofMillis(100), Duration.ofDays(90));
    private static final Form<Double> SHARE = Form.percent("0.5", "50");
    private static final Form<Long> SIZE = Form.size(1, 5L << 30);
    private static final Form<Integer> NUMBER = Form.whole(-5, 100);

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "15s, PT15S",
        "30m, PT30M",
        "4h, PT4H",
        "2d, PT48H",
        "1h30m, PT1H30M",
        "1d12h, PT36H",
        "90s, PT1M30S",
        "1m500ms, PT1M0.5S"
    })
    void reads_spans_of_time(String written, Duration span) {
        assertThat(Samples.good(read(SPAN, written))).isEqualTo(span);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.5S, 500ms",
        "PT15S, 15s",
        "PT90S, 1m30s",
        "PT36H, 1d12h",
        "PT0S, 0s",
        "PT0.0001S, 0s",
        "PT1M0.5S, 1m500ms"
    })
    void writes_spans_as_it_reads_them(Duration span, String written) {
        assertThat(Spans.write(span)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ten minutes | 10m",
                "10 min      | 10m",
                "10min.      | 10m",
                "an hour     | 1h",
                "a day       | 1d",
                "1.5h        | 1h30m",
                "1,5 hours   | 1h30m",
                "2 weeks     | 14d",
                "twenty secs | 20s",
                "250 millis  | 250ms",
                "PT30M       | 30m",
                "P2D         | 2d",
                "30M         | 30m",
            })
    void guesses_what_span_was_meant(String written, String meant) {
        assertThat(remedy(SPAN, written)).isEqualTo("Write " + meant + ".");
    }

    @ParameterizedTest
    @CsvSource({"soon", "10 moons", "m", "-5m", "5m4h", "'10m,'", "zero minutes", "Pxx", "0x10s", "１０m", "''"})
    void does_not_guess_where_nothing_is_near(String written) {
        assertThat(Samples.problems(read(SPAN, written))).hasSize(1);
    }

    @Test
    void asks_for_the_unit_of_a_bare_number() {
        assertThat(remedy(SPAN, "30")).isEqualTo("Write 30s for seconds, 30m for minutes or 30h for hours.");
    }

    @Test
    void keeps_spans_within_their_limits() {
        assertThat(remedy(SPAN, "99ms")).isEqualTo("Write at least 100ms.");
        assertThat(remedy(SPAN, "91d")).isEqualTo("Write at most 90d.");
        assertThat(read(SPAN, "90d")).isInstanceOf(Read.Good.class);
    }

    @ParameterizedTest
    @CsvSource({"1%, 0.01", "0.5%, 0.005", "50%, 0.5", "12.5%, 0.125"})
    void reads_percentages(String written, double share) {
        assertThat(Samples.good(read(SHARE, written))).isEqualTo(share);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2    | Write 2%.",
                "0.02 | Write 2% or 0.02%, whichever is meant.",
                "51%  | Write 0.5% to 50%.",
                "0%   | Write 0.5% to 50%.",
                "-1%  | Write a number and %, such as 0.5%.",
                "two  | Write a number and %, such as 0.5%.",
            })
    void says_how_to_write_a_percentage(String written, String remedy) {
        assertThat(remedy(SHARE, written)).isEqualTo(remedy);
    }

    @ParameterizedTest
    @CsvSource({"1B, 1", "64KiB, 65536", "10MiB, 10485760", "5GiB, 5368709120"})
    void reads_sizes(String written, long bytes) {
        assertThat(Samples.good(read(SIZE, written))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10MB | Write 10MiB.",
                "10 m | Write 10MiB.",
                "10k  | Write 10KiB.",
                "10   | Write a number and a unit (B, KiB, MiB, GiB), such as 10MiB.",
                "0B   | Write 1B to 5GiB.",
                "6GiB | Write 1B to 5GiB.",
            })
    void says_how_to_write_a_size(String written, String remedy) {
        assertThat(remedy(SIZE, written)).isEqualTo(remedy);
    }

    @ParameterizedTest
    @CsvSource({"101", "-6", "1.0", "010", "0x10", "1e1", "many", "99999999999999999999"})
    void refuses_what_is_no_whole_number_within_its_limits(String written) {
        assertThat(remedy(NUMBER, written)).isEqualTo("Write a whole number from -5 to 100.");
    }

    @ParameterizedTest
    @CsvSource({"customr, customer", "CUSTOMER, customer", "opertaor, operator", "vndor, vendor"})
    void finds_the_nearest_word(String written, String meant) {
        assertThat(Nearest.to(written, java.util.List.of("customer", "vendor", "operator")))
                .contains(meant);
    }

    @Test
    void finds_no_word_that_is_far() {
        assertThat(Nearest.to("zebra", java.util.List.of("customer", "vendor", "operator")))
                .isEqualTo(Optional.empty());
        assertThat(Nearest.to("x".repeat(10_000), java.util.List.of("customer")))
                .isEqualTo(Optional.empty());
    }

    private static <T> Read<T> read(Form<T> form, String written) {
        return Page.read("a.yaml", ("\"" + written + "\"").getBytes(StandardCharsets.UTF_8), form);
    }

    private static String remedy(Form<?> form, String written) {
        return Samples.problems(read(form, written)).getFirst().remedy();
    }
}
