package barograph.cli;

import barograph.change.ChangeId;
import barograph.mail.DnsKeys;
import barograph.mail.ImapPostbox;
import barograph.mail.Mailroom;
import barograph.mail.SmtpCourier;
import barograph.notices.Letters;
import barograph.notices.Notices;
import barograph.notices.Sorter;
import barograph.notices.Tokens;
import barograph.runner.Collector;
import barograph.runner.FreshLook;
import barograph.runner.Messenger;
import barograph.site.NoticeRules;
import barograph.site.Secret;
import barograph.webhook.Couriers;
import barograph.webhook.WebhookCourier;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The mail of a workplace, kept going while a command runs: letters go out and answers come in, whatever the rollout
/// is doing. One process per site does it; others leave it to that one.
public final class Post implements AutoCloseable {
    private static final String LOCK = "mail";

    private final List<AutoCloseable> open = new ArrayList<>();

    /// @param lookEvery how often the mailbox is looked at
    /// @param trouble hears in words what goes wrong with the mail
    public static Post open(Workplace workplace, Duration lookEvery, Consumer<String> trouble) {
        Post post = new Post();
        workplace.site().notices().ifPresent(rules -> post.start(workplace, rules, lookEvery, trouble));
        return post;
    }

    private void start(Workplace workplace, NoticeRules rules, Duration lookEvery, Consumer<String> trouble) {
        Optional<Secret> smtp = rules.smtp();
        if (smtp.isEmpty()) {
            trouble.accept("Nobody is told by mail: site.yaml has notices, but no smtp.");
            return;
        }
        Optional<Workplace.Lock> duty = workplace.lockIfFree(LOCK);
        if (duty.isEmpty()) {
            return;
        }
        open.add(duty.get());
        Clock clock = Clock.systemUTC();
        Tokens tokens = new Tokens(workplace.keys().pseudonyms());
        Messenger messenger = new Messenger(
                workplace.journal(),
                new Letters(workplace.site(), rules, tokens),
                new Couriers(
                        new SmtpCourier(smtp.get(), workplace.secrets()),
                        new WebhookCourier(workplace.site().name(), rules, workplace.secrets(), clock)),
                new FreshLook(
                        workplace.site(),
                        workplace.world().prober(),
                        workplace.world().workers()),
                clock);
        Optional<Collector> collector = rules.inbox().map(inbox -> {
            ImapPostbox box = new ImapPostbox(inbox, workplace.secrets(), clock);
            open.add(box);
            return new Collector(
                    workplace.journal(), new Sorter(workplace.site(), rules, tokens), box, new DnsKeys(), clock);
        });
        open.addFirst(Mailroom.open(messenger, collector, lookEvery, () -> true, trouble));
    }

    /// Whether somebody is still to be told of what has happened to a change.
    public static boolean owes(Workplace workplace, ChangeId change) {
        return !Notices.due(
                        workplace.journal().of(change),
                        workplace.site(),
                        Clock.systemUTC().instant())
                .isEmpty();
    }

    /// Tries the mail servers.
    ///
    /// @return what is wrong with them; empty when all is well
    static List<String> check(Workplace workplace) {
        return workplace.site().notices().stream()
                .flatMap(rules -> Stream.concat(mail(workplace, rules), webhooks(workplace, rules)))
                .toList();
    }

    private static Stream<String> webhooks(Workplace workplace, NoticeRules rules) {
        return new WebhookCourier(workplace.site().name(), rules, workplace.secrets(), Clock.systemUTC())
                .check().stream();
    }

    private static Stream<String> mail(Workplace workplace, NoticeRules rules) {
        return Stream.of(
                        rules.smtp()
                                .map(url -> new SmtpCourier(url, workplace.secrets()).check())
                                .orElse(Optional.of("Nobody is told by mail: notices has no smtp.")),
                        rules.inbox().flatMap(url -> {
                            try (ImapPostbox box = new ImapPostbox(url, workplace.secrets(), Clock.systemUTC())) {
                                return box.check();
                            }
                        }))
                .flatMap(Optional::stream);
    }

    @Override
    public void close() {
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("The mail could not be brought to an end: " + e.getMessage(), e);
            }
        }
    }
}
