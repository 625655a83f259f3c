package barograph.logs;

import java.io.IOException;
import java.io.Serial;

/// A stream over a sheet that cannot be read on at the moment; the message is for a person.
final class Unseeable extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    Unseeable(String why) {
        super(why);
    }
}
