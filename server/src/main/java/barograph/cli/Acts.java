package barograph.cli;

import barograph.cli.Paper.Ink;
import barograph.runner.Desk;
import tools.jackson.databind.node.JsonNodeFactory;

/// Tells what came of a person's act.
final class Acts {
    private Acts() {}

    /// @throws Trouble when it was refused
    static int tell(Paper paper, Desk.Reply reply) {
        return switch (reply) {
            case Desk.Reply.Done(String words) -> {
                paper.line(Ink.GOOD, words + (words.endsWith(".") ? "" : "."));
                paper.json(JsonNodeFactory.instance.objectNode().put("done", words));
                yield ExitCode.DONE;
            }
            case Desk.Reply.Refused(String words) -> throw new Trouble(ExitCode.USAGE, words);
        };
    }
}
