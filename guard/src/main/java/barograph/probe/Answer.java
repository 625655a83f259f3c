package barograph.probe;

import java.util.Map;

/// The server let the probe in.
///
/// @param whole whether the answer also holds everything else that the probe asks for, such as a group
/// @param said the server's own words, or what is missing
/// @param reply attributes of the answer by name
record Answer(boolean whole, String said, Map<String, String> reply) {
    Answer {
        reply = Map.copyOf(reply);
    }
}
