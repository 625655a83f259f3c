package barograph.world;

import java.time.Instant;

/// What really happened.
///
/// @param effect `none` if the change does nothing
/// @param onset when the effect began; the change itself where there is none
/// @param bound what the best judge that there can be would need, on average
public record Truth(String effect, Instant onset, Bound bound) {
    public boolean harmful() {
        return !effect.equals("none");
    }
}
