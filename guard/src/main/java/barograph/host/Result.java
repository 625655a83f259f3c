package barograph.host;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

/// What came of a command on a host.
public sealed interface Result {
    /// The command ran to its end.
    ///
    /// @param exit its exit code; 128 and more where a signal ended it
    /// @param out what it wrote to its standard output, at most [Host#OUTPUT_LIMIT] bytes
    /// @param err what it wrote to its standard error, at most 64 KiB
    /// @param cut whether it wrote more than was kept
    @SuppressWarnings("ArrayRecordComponent") // equals and hashCode below look at the content
    record Ran(int exit, byte[] out, String err, boolean cut) implements Result {
        /// The output as text.
        public String text() {
            return new String(out, StandardCharsets.UTF_8);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Ran(int x, byte[] o, String e, boolean c)
                    && exit == x
                    && Arrays.equals(out, o)
                    && err.equals(e)
                    && cut == c;
        }

        @Override
        public int hashCode() {
            return Objects.hash(exit, Arrays.hashCode(out), err, cut);
        }
    }

    /// The command did not end in time. Here it was killed; on another host it may still be running.
    record Overdue(Duration limit) implements Result {}

    /// The host did not take the command, or the line was cut while it ran.
    ///
    /// @param why what failed, in words for a person, with what to do
    record Unreachable(String why) implements Result {}
}
