package barograph.cli;

import barograph.change.ChangeId;
import barograph.cli.Paper.Ink;
import barograph.rollout.Event;
import barograph.rollout.EventJson;
import barograph.rollout.Happening;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "mail",
        description = "List the mails that came in, and say what their signatures are worth.",
        footer = {
            "",
            "Examples:",
            "  barograph mail",
            "  barograph mail session-timeout --show 17",
            "  barograph answer session-timeout 1 no --mail 17 --quote \"we did not ask for this\" --as us/omar"
        })
final class MailCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Common common;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "CHANGE",
            description = "Only those about this change; without it all, also those about none.")
    private @Nullable String change;

    @Option(names = "--show", paramLabel = "ENTRY", description = "What one of them says.")
    private @Nullable Long show;

    @Override
    public Integer call() {
        try (Workplace workplace = common.open()) {
            Paper paper = common.paper();
            if (show != null) {
                if (change == null) {
                    throw new Trouble(ExitCode.USAGE, "Say about which change: barograph mail CHANGE --show " + show);
                }
                paper.line(Mails.text(workplace, workplace.change(change), show));
                return ExitCode.DONE;
            }
            List<Happening> mails = new ArrayList<>();
            if (change == null) {
                mails.addAll(workplace.journal().ofSite());
                workplace.journal().changes().forEach(id -> mails.addAll(of(workplace, id)));
            } else {
                mails.addAll(of(workplace, workplace.change(change)));
            }
            mails.removeIf(each -> !(each.event() instanceof Event.MailReceived));
            mails.forEach(each -> tell(paper, each));
            if (mails.isEmpty()) {
                paper.line(Ink.FAINT, "No mail has come in.");
            }
            return ExitCode.DONE;
        }
    }

    private static List<Happening> of(Workplace workplace, ChangeId id) {
        return workplace.journal().of(id);
    }

    private static void tell(Paper paper, Happening happening) {
        Event.MailReceived mail = (Event.MailReceived) happening.event();
        paper.line(
                mail.emergency() ? Ink.WARNING : Ink.PLAIN,
                happening.index() + "  " + mail.arrived() + "  " + (mail.from().isEmpty() ? "nobody" : mail.from())
                        + ": " + mail.subject());
        String worth = mail.seal().map(Event.MailSeal::because).orElse("its signatures were not looked at");
        paper.line(
                Ink.FAINT,
                "    " + belongs(mail) + "; " + worth + (mail.speaks() ? "" : ": anybody may have written it"));
        paper.json(EventJson.tree(mail).put("entry", happening.index()));
    }

    private static String belongs(Event.MailReceived mail) {
        String writer = switch (mail.writer()) {
            case PERSON -> "";
            case MACHINE -> "a machine's; ";
            case BOUNCE -> "a letter of ours came back; ";
        };
        return writer
                + switch (mail.matched()) {
                    case "token" -> "belongs here by its address";
                    case "thread" -> "belongs here by the letter that it answers";
                    case "sender" -> "belongs here by its sender, and by nothing else";
                    default -> "belongs to no change that could be told";
                };
    }
}
