package barograph.diagnosis;

import barograph.login.Step;
import java.util.List;
import java.util.Optional;

/// One line of the table step × vantage point.
///
/// @param from the vantage point
/// @param what a probe at a server, a door, or a backend
/// @param well the steps that went well, in order
/// @param bad the step that did not
/// @param words what was seen
public record Row(String from, String what, List<Step> well, Optional<Step> bad, String words) {
    public Row {
        well = List.copyOf(well);
    }
}
