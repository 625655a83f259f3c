package barograph.cli;

import barograph.site.Right;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "confirm",
        description = "Have the last word: the change does what was wanted, and stays.",
        footer = {"", "Example:", "  barograph confirm session-timeout --as keyring/kit"})
final class Confirm implements Callable<Integer> {
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
                            .confirm(workplace.change(change), Common.person(as, Right.CONFIRM, workplace.site())));
        }
    }
}
