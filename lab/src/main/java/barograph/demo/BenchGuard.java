package barograph.demo;

import barograph.speed.GuardSpeed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "guard",
        mixinStandardHelpOptions = true,
        description = {
            "How long a large configuration takes over SSH, there and back, beside rsync -a of the same files.",
            "Needs sshd, ssh and rsync on this machine."
        },
        footer = {"", "Example:", "  barograph bench guard --files 500"})
final class BenchGuard implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--files", paramLabel = "COUNT", description = "How many files. Default: ${DEFAULT-VALUE}.")
    private int files = 500;

    @Option(names = "--rounds", paramLabel = "COUNT", description = "How often. Default: ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = Files.createTempDirectory("barograph-bench");
        try {
            GuardSpeed.run(out, folder, files, rounds);
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("Not measured: " + e.getMessage());
            return 1;
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
