package barograph.site;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How people are told.
///
/// @param from the sender's address of every mail
/// @param smtp where mail is handed over: `smtp://user:password@host:port` or `smtps://…`
/// @param inbox where answers are read: `imap://user:password@host:port/folder` or `imaps://…`
/// @param acknowledgeWithin how long until an unanswered notice goes to `escalate`
/// @param escalate parties, mail addresses or web addresses
/// @param webhooks web addresses that are told, too
/// @param inside names of hosts to which requests may go although their addresses are internal ones
public record NoticeRules(
        String from,
        Optional<Secret> smtp,
        Optional<Secret> inbox,
        Duration acknowledgeWithin,
        List<String> escalate,
        List<Webhook> webhooks,
        List<String> inside) {
    public NoticeRules {
        escalate = List.copyOf(escalate);
        webhooks = List.copyOf(webhooks);
        inside = List.copyOf(inside);
    }

    /// By mail alone.
    public NoticeRules(
            String from,
            Optional<Secret> smtp,
            Optional<Secret> inbox,
            Duration acknowledgeWithin,
            List<String> escalate) {
        this(from, smtp, inbox, acknowledgeWithin, escalate, List.of(), List.of());
    }
}
