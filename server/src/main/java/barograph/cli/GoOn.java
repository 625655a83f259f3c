package barograph.cli;

import barograph.site.Right;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "go-on",
        description = "Let a stage without a verdict go on, or what somebody else changed on a server stand.",
        footer = {"", "Example:", "  barograph go-on session-timeout --as us/omar"})
final class GoOn implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Common common;

    @Parameters(index = "0", paramLabel = "CHANGE", description = "The change's name.")
    @SuppressWarnings("NullAway.Init")
    private String change;

    @Option(names = "--as", paramLabel = "PARTY/PERSON", defaultValue = "", description = "Who you are.")
    @SuppressWarnings("NullAway.Init")
    private String as;

    @Override
    public Integer call() {
        try (Workplace workplace = common.open()) {
            return Acts.tell(
                    common.paper(),
                    workplace
                            .desk()
                            .goOn(workplace.change(change), Common.person(as, Right.OPERATE, workplace.site())));
        }
    }
}
