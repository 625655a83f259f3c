package barograph.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WhoseTest {
    private final Whose whose = new Whose();

    @Test
    void a_reason_is_one_groups_from_three_quarters_of_its_failures_on() {
        whose.failed(4, 2, 3);
        whose.failed(9, 2, 1);
        assertThat(whose.ofOneGroup(2)).hasValue(4);

        whose.failed(9, 2, 1);
        assertThat(whose.ofOneGroup(2)).isEmpty();
    }

    @Test
    void a_reason_that_nobody_has_is_nobodys() {
        whose.failed(4, 2, 3);

        assertThat(whose.ofOneGroup(1)).isEmpty();
    }
}
