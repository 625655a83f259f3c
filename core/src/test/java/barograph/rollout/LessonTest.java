package barograph.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.forecast.Calibration.Scored;
import barograph.forecast.Forecast;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LessonTest {
    private static final Event FORECAST = new Event.Forecasted(new Forecast(0.3, List.of(), 1, 1));

    @Test
    void a_confirmed_change_did_no_harm_and_one_that_was_rolled_back_for_harm_did() {
        assertThat(scored(FORECAST, new Event.Ended(Ending.CONFIRMED)))
                .contains(new Scored("session-timeout", 0.3, false));
        assertThat(scored(FORECAST, called(Cause.Sort.HARMFUL), new Event.Ended(Ending.ROLLED_BACK)))
                .contains(new Scored("session-timeout", 0.3, true));
        assertThat(scored(FORECAST, called(Cause.Sort.GUARD), new Event.Ended(Ending.NEEDS_A_PERSON)))
                .contains(new Scored("session-timeout", 0.3, true));
    }

    @Test
    void nobody_learns_from_a_change_that_a_person_took_back_or_that_nobody_had() {
        assertThat(scored(FORECAST, called(Cause.Sort.PERSON), new Event.Ended(Ending.ROLLED_BACK)))
                .isEmpty();
        assertThat(scored(FORECAST, called(Cause.Sort.UNPROVEN), new Event.Ended(Ending.ROLLED_BACK)))
                .isEmpty();
        assertThat(scored(FORECAST, new Event.Ended(Ending.WITHDRAWN))).isEmpty();
        assertThat(scored(FORECAST)).isEmpty();
        assertThat(scored(new Event.Ended(Ending.CONFIRMED))).isEmpty();
    }

    @Test
    void the_first_cause_is_the_one_and_the_last_forecast_before_the_end() {
        Event later = new Event.Forecasted(new Forecast(0.6, List.of(), 1, 1));

        assertThat(scored(
                        FORECAST,
                        later,
                        called(Cause.Sort.HARMFUL),
                        called(Cause.Sort.PERSON),
                        new Event.Ended(Ending.ROLLED_BACK)))
                .contains(new Scored("session-timeout", 0.6, true));
    }

    private static Event called(Cause.Sort sort) {
        return new Event.RollbackCalled(new Cause(sort, "words"));
    }

    private static Optional<Scored> scored(Event... events) {
        List<Happening> history = new ArrayList<>();
        history.add(new Happening(0, EventJsonTest.AT, EventJsonTest.events().getFirst()));
        for (Event event : events) {
            history.add(new Happening(history.size(), EventJsonTest.AT, event));
        }
        return Lesson.scored(history);
    }
}
