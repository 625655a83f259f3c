package barograph.cli;

import barograph.site.Right;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "waive",
        description = "Sign for the risk that a gate warns of, so that the change may pass it.",
        footer = {
            "",
            "Example:",
            "  barograph waive session-timeout rehearsal --as acme/dana --because \"our app is down\""
        })
final class Waive implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Common common;

    @Parameters(index = "0", paramLabel = "CHANGE", description = "The change's name.")
    @SuppressWarnings("NullAway.Init")
    private String change;

    @Parameters(index = "1", paramLabel = "GATE", description = "The gate, as `barograph status` names it.")
    @SuppressWarnings("NullAway.Init")
    private String gate;

    @Option(names = "--because", paramLabel = "WORDS", defaultValue = "", description = "Why, in your own words.")
    @SuppressWarnings("NullAway.Init")
    private String because;

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
                            .waive(
                                    workplace.change(change),
                                    gate,
                                    Common.person(as, Right.WAIVE, workplace.site()),
                                    because));
        }
    }
}
