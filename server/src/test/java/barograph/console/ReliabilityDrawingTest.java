package barograph.console;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.forecast.Calibration;
import barograph.forecast.Calibration.Scored;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReliabilityDrawingTest {
    @Test
    void a_point_stands_where_forecast_and_what_happened_meet_and_names_are_escaped() {
        Calibration calibration = new Calibration(List.of(new Scored("a", 0.5, true), new Scored("b", 0.5, false)));

        String svg = ReliabilityDrawing.of(calibration, "Logins <here>");

        assertThat(svg).startsWith("<svg ").endsWith("</svg>").contains("Logins &lt;here&gt;");
        assertThat(svg).contains("cx=\"210\" cy=\"190\"").contains(">2</text>");
    }

    @Test
    void without_a_forecast_there_are_axes_and_words() {
        assertThat(ReliabilityDrawing.of(new Calibration(List.of()), "None"))
                .contains("No forecast of this site has been scored yet")
                .doesNotContain("<circle");
    }
}
