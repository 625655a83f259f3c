package barograph.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The clock of leases: nobody can set it, and it ends with the machine's run.
interface Ticks {
    Moment now();

    /// @param boot which run of this machine
    /// @param hundredths of a second since it began
    record Moment(String boot, long hundredths) {}

    /// Linux's own; on other systems the wall clock, with a run that never ends.
    static Ticks ofMachine() {
        return () -> {
            try {
                String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                        .strip();
                String uptime = Files.readString(Path.of("/proc/uptime"));
                return new Moment(boot, Math.round(Double.parseDouble(uptime.split(" ", 2)[0]) * 100));
            } catch (IOException e) {
                return new Moment("-", System.currentTimeMillis() / 10);
            }
        };
    }
}
