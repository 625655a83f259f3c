package barograph.watch;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Dimensions;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SegmentsTest {
    private final Segments segments = new Segments();
    private final Map<Integer, Long> weights = new HashMap<>();

    private static Dimensions realm(String name) {
        return new Dimensions(name, "pap", Dimensions.UNTOLD, Dimensions.UNTOLD);
    }

    /// Counts a login as a watch does.
    private int login(Dimensions told) {
        int number = segments.of(told);
        weights.merge(number, 1L, Long::sum);
        OptionalInt smallest = segments.rival(told, number, 1, other -> weights.getOrDefault(other, 0L));
        smallest.ifPresent(other -> {
            int pool = segments.replace(other, told);
            weights.merge(pool, weights.getOrDefault(other, 0L), Long::sum);
            weights.put(other, 0L);
        });
        return segments.of(told);
    }

    @Test
    void the_first_have_numbers_of_their_own_and_the_rest_one_per_method() {
        for (int i = 0; i < Segments.OWN; i++) {
            assertThat(segments.of(realm("r" + i))).isEqualTo(i);
        }

        assertThat(segments.of(realm("late"))).isEqualTo(Segments.OWN).isEqualTo(segments.of(realm("later")));
        assertThat(segments.name(Segments.OWN)).isEqualTo("others/pap");
    }

    @Test
    void ten_thousand_segments_make_no_more_than_64_and_the_frequent_are_told_apart() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            login(realm("rare" + i));
        }
        Dimensions large = realm("large");
        for (int i = 0; i < 200_000; i++) {
            login(random.nextInt(20) == 0 ? large : realm("rare" + random.nextInt(10_000)));
        }

        assertThat(segments.count()).isLessThanOrEqualTo(Segments.MOST);
        assertThat(segments.of(large)).as("seed 5").isLessThan(Segments.OWN);
        assertThat(segments.name(segments.of(large))).isEqualTo("large/pap");
    }

    @Test
    void more_than_a_511th_is_always_counted_and_never_too_high() {
        Frequent frequent = new Frequent();
        Random random = new Random(9);
        int logins = 300_000;
        int truly = 0;
        int counted = 0;
        for (int i = 0; i < logins; i++) {
            boolean kept = random.nextInt(100) == 0;
            truly += kept ? 1 : 0;
            int seen = frequent.add(kept ? realm("kept") : realm("other" + random.nextInt(100_000)), 1);
            counted = kept ? seen : counted;
        }

        assertThat(counted).as("seed 9").isLessThanOrEqualTo(truly).isGreaterThanOrEqualTo(truly - logins / 513 - 1);
    }

    @Test
    void a_name_as_long_as_a_line_is_cut() {
        String endless = "x".repeat(100_000);

        assertThat(segments.name(segments.of(realm(endless)))).hasSizeLessThan(100);
    }
}
