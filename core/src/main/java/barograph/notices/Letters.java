package barograph.notices;

import barograph.change.ChangeId;
import barograph.login.Trial;
import barograph.record.Checkpoint;
import barograph.record.Draft;
import barograph.record.Note;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.site.NoticeRules;
import barograph.site.Party;
import barograph.site.Role;
import barograph.site.Site;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Writes the letters of a site.
///
/// All letters about one change are one thread in the recipient's mail program. Each carries the record's checkpoint,
/// so that whoever keeps it can show later that nothing written before was altered. Safe for use by several threads.
public final class Letters {
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s@]{1,200}@[^<>\\s@]{1,200}>");

    /// How many letters before it a letter names, besides the root: enough for any mail program.
    private static final int REFERENCES = 10;

    private final Site site;
    private final Tokens tokens;
    private final OwnAddress own;

    public Letters(Site site, NoticeRules rules, Tokens tokens) {
        this.site = site;
        this.tokens = tokens;
        this.own = OwnAddress.of(rules.from());
    }

    public Site site() {
        return site;
    }

    /// @param history of the change, or of the site for a notice about no change in particular
    /// @param checkpoint the record's signed size and root hash, as it writes them
    public Letter compose(Notice notice, Recipient recipient, List<Happening> history, String checkpoint, Instant now) {
        Optional<ChangeId> change = changeOf(history);
        Text text = text(notice, recipient, history, change);
        String token = tokens.of(change, recipient.mail(), notice.id());
        Letter.Envelope envelope = new Letter.Envelope(
                own.toString(), sender(), recipient.mail(), own.reply(change, token), own.reply(change, token));
        Letter.Links links =
                new Letter.Links(own.messageId(change, token), references(history, change, recipient.mail()));
        return new Letter(
                envelope,
                links,
                text.subject(),
                headers(change, notice.id(), "auto-generated", checkpoint),
                signed(text.prose(), change).toString(),
                attachments(checkpoint),
                now);
    }

    /// What an automatic answer is written from, besides the history of its change.
    ///
    /// @param trials probes that were just tried on the change's servers; none where that was not possible
    /// @param others the histories of all changes
    public record Present(Instant now, String checkpoint, List<Trial> trials, List<List<Happening>> others) {
        public Present {
            trials = List.copyOf(trials);
            others = List.copyOf(others);
        }
    }

    /// Answers an emergency mail with the state of the change that it is about.
    public Letter answer(Answers.Due due, List<Happening> history, Present present) {
        Optional<ChangeId> change = changeOf(history);
        String token = tokens.of(change, due.mail().from(), due.id());
        Recipient sender =
                new Recipient(due.mail().from(), due.party().id(), due.party().role(), Optional.empty());
        Circumstances about = new Circumstances(Account.of(history), site, sender);
        Prose prose = AnswerText.write(about, due, history, present);
        List<String> references =
                new ArrayList<>(references(history, change, due.mail().from()));
        if (MESSAGE_ID.matcher(due.mail().messageId()).matches()) {
            references.remove(due.mail().messageId());
            references.add(due.mail().messageId());
        }
        return new Letter(
                new Letter.Envelope(own.toString(), sender(), due.mail().from(), own.reply(change, token), ""),
                new Letter.Links(own.messageId(change, token), references),
                AnswerText.subject(due.mail().subject()),
                headers(change, due.id(), "auto-replied", present.checkpoint()),
                signed(prose, change).toString(),
                attachments(present.checkpoint()),
                present.now());
    }

    private Text text(Notice notice, Recipient recipient, List<Happening> history, Optional<ChangeId> change) {
        String label = change.map(ChangeId::value).orElse(site.name());
        if (notice.occasion() instanceof Occasion.MailCame came) {
            return PostNews.came(site, label, own.toString(), came);
        }
        if (notice.occasion() instanceof Occasion.Undelivered undelivered) {
            return PostNews.undelivered(label, undelivered);
        }
        Circumstances about = new Circumstances(Account.of(history), site, recipient);
        return switch (notice.occasion()) {
            case Occasion.ClaimAsked asked -> Questions.claim(about, asked.claim());
            case Occasion.Warned warned -> News.warned(about, warned);
            case Occasion.ApprovalAsked asked -> Questions.approval(about, asked);
            case Occasion.Waived waived -> News.waived(about, waived.waiver(), notice.at());
            case Occasion.Applied applied -> News.applied(about, applied.stage(), notice.at());
            case Occasion.ConfirmationAsked asked -> Questions.confirmation(about, asked.deadline());
            case Occasion.Drifted drifted -> Questions.drift(about, drifted);
            case Occasion.DecisionAsked asked -> Questions.decision(about, asked);
            case Occasion.PersonNeeded needed -> News.personNeeded(about, needed);
            case Occasion.Confirmed _ -> News.confirmed(about);
            case Occasion.RolledBack _ -> RollbackNews.rolledBack(about);
            case Occasion.LeftAmiss _ -> RollbackNews.leftAmiss(about);
            case Occasion.Withdrawn _ -> News.withdrawn(about);
            case Occasion.MailCame came -> PostNews.came(site, label, own.toString(), came);
            case Occasion.Undelivered undelivered -> PostNews.undelivered(label, undelivered);
        };
    }

    private static Optional<ChangeId> changeOf(List<Happening> history) {
        return history.getFirst().event() instanceof Event.Proposed proposed
                ? Optional.of(proposed.change())
                : Optional.empty();
    }

    private String sender() {
        return site.parties().stream()
                .filter(party -> party.role() == Role.OPERATOR)
                .map(Party::name)
                .findFirst()
                .map(name -> Prose.line(name, 60) + " (Barograph)")
                .orElse("Barograph");
    }

    private List<String> references(List<Happening> history, Optional<ChangeId> change, String recipient) {
        List<String> sent = history.stream()
                .filter(each -> each.event() instanceof Event.NoticeSent)
                .map(each -> (Event.NoticeSent) each.event())
                .filter(each -> Recipient.key(each.recipient()).equals(Recipient.key(recipient)))
                .map(Event.NoticeSent::messageId)
                .toList();
        List<String> references = new ArrayList<>();
        references.add(own.root(change, site.name()));
        references.addAll(sent.subList(Math.max(0, sent.size() - REFERENCES), sent.size()));
        return references;
    }

    /// RFC 3834 says how a machine's mail names itself; the others are what mail systems look for beside it.
    private Map<String, String> headers(Optional<ChangeId> change, String notice, String submitted, String checkpoint) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Auto-Submitted", submitted);
        headers.put("X-Auto-Response-Suppress", "All");
        headers.put("Precedence", "list");
        headers.put("X-Barograph-Loop", own.toString());
        change.ifPresent(id -> headers.put("X-Barograph-Change", id.value()));
        headers.put("X-Barograph-Notice", notice);
        String[] note = checkpoint.split("\n", -1);
        Checkpoint sealed = Checkpoint.parse(Note.parse(checkpoint).text());
        headers.put("X-Barograph-Checkpoint", String.join(" ", sealed.origin(), note[1], note[2]));
        headers.put("X-Barograph-Checkpoint-Signature", note[4].substring("— ".length()));
        return headers;
    }

    private static List<Draft.Attachment> attachments(String checkpoint) {
        return List.of(
                new Draft.Attachment("checkpoint.txt", "text/plain", checkpoint.getBytes(StandardCharsets.UTF_8)));
    }

    private Prose signed(Prose prose, Optional<ChangeId> change) {
        return prose.signature(List.of(
                change.map(id -> "This letter is about change " + id + " of site " + site.name()
                                + ". An answer to it is kept with that change.")
                        .orElse("This letter is about site " + site.name() + "."),
                "The file checkpoint.txt seals what has been recorded so far. Keep this mail: with it anyone can show"
                        + " later whether the record was altered."));
    }
}
