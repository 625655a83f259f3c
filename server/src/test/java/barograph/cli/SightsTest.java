package barograph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.forecast.Sight;
import barograph.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What `status` and `explain` say a running watch still needs, in the words that people read.
class SightsTest {
    private static final Optional<Sight> ALL_SEEN = Optional.of(new Sight("words", List.of()));
    private static final Optional<Sight> SOME_UNSEEN = Optional.of(new Sight("words", List.of("lab/eap-tls", "guest")));

    @Test
    void tells_how_many_more_logins_are_needed_and_who_cannot_be_seen() {
        assertThat(Sights.left(new Verdict.Undecided(1_400, "because"), SOME_UNSEEN))
                .containsExactly(
                        "about 1,400 more logins without trouble",
                        "too few log in of lab/eap-tls, guest to see harm to them alone: cover each by a probe");
    }

    @Test
    void a_healthy_stage_needs_no_more_but_still_has_its_blind_spots() {
        assertThat(Sights.left(new Verdict.Healthy(900, "because"), ALL_SEEN)).isEmpty();
        assertThat(Sights.left(
                        new Verdict.Healthy(900, "because"), Optional.of(new Sight("words", List.of("lab/eap-tls")))))
                .containsExactly("too few log in of lab/eap-tls to see harm to them alone: cover it by a probe");
    }

    @Test
    void where_nothing_was_told_beforehand_nothing_is_made_up() {
        assertThat(Sights.left(new Verdict.Undecided(3, "because"), Optional.empty()))
                .containsExactly("about 3 more logins without trouble");
        assertThat(Sights.left(new Verdict.Undecided(0, "because"), Optional.empty()))
                .isEmpty();
    }

    @Test
    void after_harm_nothing_is_left_to_wait_for() {
        assertThat(Sights.left(new Verdict.Harmful(List.of(), "because"), SOME_UNSEEN))
                .isEmpty();
    }
}
