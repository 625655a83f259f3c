package barograph.demo;

import barograph.speed.Speed;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "speed",
        mixinStandardHelpOptions = true,
        description = {
            "How many logins a second the verdict takes in on one core, how many lines the log grammars read,",
            "beside Grok and java.util.regex, and how much memory it needs (JMH). About four minutes; with --day or --heap, as long as so many logins take."
        },
        footer = {"", "Example:", "  barograph bench speed --day 10000000"})
final class BenchSpeed implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--day", paramLabel = "LOGINS", description = "A day of so many logins through hindcast, instead.")
    private long day;

    @Option(names = "--heap", paramLabel = "LOGINS", description = "The least heap that does for so many, instead.")
    private long heap;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (day > 0) {
            Speed.day(out, day);
        } else if (heap > 0) {
            Speed.leastHeap(out, heap);
        } else {
            Speed.run(out);
        }
        out.flush();
        return 0;
    }
}
