package barograph.cli;

import barograph.change.ChangeId;
import barograph.mail.MailParser;
import barograph.record.Commitment;
import barograph.record.Entry;

/// The mails that the record keeps.
final class Mails {
    private static final String RAW = "message/rfc822";

    private Mails() {}

    /// What a mail about a change says.
    ///
    /// @throws Trouble where there is no such mail, or its bytes were erased
    static String text(Workplace workplace, ChangeId change, long entry) {
        Entry found = workplace.recorder().about(change.value(), entry).stream()
                .filter(each -> each.index() == entry && each.kind().startsWith("MailReceived/"))
                .findFirst()
                .orElseThrow(() -> new Trouble(
                        ExitCode.USAGE,
                        "Entry " + entry + " is no mail about change " + change + ". `barograph mail " + change
                                + "` lists them."));
        Commitment raw = found.attachments().stream()
                .filter(each -> each.type().equals(RAW))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a mail is written down with its bytes"));
        return workplace
                .recorder()
                .attachment(raw)
                .map(MailParser::text)
                .orElseThrow(() -> new Trouble(
                        ExitCode.PERSON, "What the mail of entry " + entry + " said was erased from the record."));
    }
}
