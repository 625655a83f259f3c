package barograph.mail;

import barograph.notices.Mail;
import barograph.notices.Postmark;
import barograph.runner.Postbox;
import barograph.secrets.SecretTrouble;
import barograph.secrets.Secrets;
import barograph.site.Secret;
import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.search.ComparisonTerm;
import jakarta.mail.search.ReceivedDateTerm;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.imap.IMAPMessage;

/// Reads a mailbox by IMAP, and alters nothing in it: no mail is marked, moved or deleted, so people may read it beside
/// us with any mail program.
///
/// The connection is kept from one look to the next and made anew when it broke. Not for use by several threads.
public final class ImapPostbox implements Postbox {
    /// For each of: connecting, one answer of the server, one write.
    private static final Duration LIMIT = Duration.ofSeconds(15);

    /// In bytes; of larger mails the beginning is taken.
    static final int LARGEST = 10 * 1024 * 1024;

    /// In bytes per look, so that a full mailbox does not fill the memory.
    private static final int MOST_BYTES = 4 * LARGEST;

    private static final int MOST_MAILS = 50;

    /// How far back it begins where nothing was taken in yet.
    private static final Duration BACK = Duration.ofDays(2);

    private final Secret url;
    private final Secrets secrets;
    private final InstantSource clock;
    private final Duration limit;
    private final Optional<SSLSocketFactory> trust;
    private Optional<Store> store = Optional.empty();

    /// @param url leads to `imap://user:password@host:port/folder` or `imaps://…`; looked up for each connection
    public ImapPostbox(Secret url, Secrets secrets, InstantSource clock) {
        this(url, secrets, clock, LIMIT, Optional.empty());
    }

    ImapPostbox(Secret url, Secrets secrets, InstantSource clock, Duration limit, Optional<SSLSocketFactory> trust) {
        this.url = url;
        this.secrets = secrets;
        this.clock = clock;
        this.limit = limit;
        this.trust = trust;
    }

    /// Connects, logs in and opens the mailbox.
    ///
    /// @return what is wrong, in words; empty when mails can be read
    public Optional<String> check() {
        Batch batch = look((_, _) -> new Batch(List.of(), ""));
        return batch.trouble().isEmpty() ? Optional.empty() : Optional.of(batch.trouble());
    }

    @Override
    public Batch take(Map<Long, Long> taken) {
        return look((folder, server) -> {
            long box = ((UIDFolder) folder).getUIDValidity();
            List<Message> behind = behind(folder, Optional.ofNullable(taken.get(box)));
            return fetch(folder, box, behind, server);
        });
    }

    /// What is done with the open mailbox.
    private interface Visit {
        Batch at(Folder folder, MailServer server) throws MessagingException;
    }

    private Batch look(Visit visit) {
        MailServer server;
        try {
            server = MailServer.of(secrets.reveal(url), "imap");
        } catch (SecretTrouble | IllegalArgumentException e) {
            return new Batch(List.of(), String.valueOf(e.getMessage()));
        }
        try (Folder folder = connected(server).getFolder(server.folder())) {
            folder.open(Folder.READ_ONLY);
            return visit.at(folder, server);
        } catch (MessagingException e) {
            close();
            return new Batch(List.of(), MailWords.of(e, server));
        }
    }

    private Store connected(MailServer server) throws MessagingException {
        if (store.isPresent() && store.get().isConnected()) {
            return store.get();
        }
        close();
        Store fresh = MailSession.of("imap", server, limit, trust).getStore("imap");
        store = Optional.of(fresh);
        MailServer.Login login = server.login().orElse(new MailServer.Login("", ""));
        fresh.connect(server.host(), server.port(), login.user(), login.password());
        return fresh;
    }

    /// The mails behind the last one taken in, in their order. A range that begins behind the last mail of the mailbox
    /// has that last mail in it (RFC 3501, 6.4.8), so it is looked at each number.
    private List<Message> behind(Folder folder, Optional<Long> last) throws MessagingException {
        UIDFolder numbers = (UIDFolder) folder;
        Message[] candidates;
        if (last.isPresent()) {
            candidates = numbers.getMessagesByUID(last.get() + 1, UIDFolder.LASTUID);
        } else {
            // A search knows only days, in the server's time zone: one more is asked for, and sorted out below.
            Instant from = clock.instant().minus(BACK).minus(Duration.ofDays(1));
            candidates = folder.search(new ReceivedDateTerm(ComparisonTerm.GE, Date.from(from)));
        }
        FetchProfile profile = new FetchProfile();
        profile.add(UIDFolder.FetchProfileItem.UID);
        profile.add(FetchProfile.Item.ENVELOPE);
        folder.fetch(candidates, profile);
        List<Numbered> found = new ArrayList<>();
        for (Message each : candidates) {
            long number = numbers.getUID(each);
            boolean fresh = last.isPresent()
                    ? number > last.get()
                    : !received(each).isBefore(clock.instant().minus(BACK));
            if (fresh) {
                found.add(new Numbered(number, each));
            }
        }
        found.sort(Comparator.comparingLong(Numbered::number));
        return found.stream().limit(MOST_MAILS).map(Numbered::message).toList();
    }

    private record Numbered(long number, Message message) {}

    /// A mail that cannot be fetched is said so and passed over: it must not hold up those behind it.
    private Batch fetch(Folder folder, long box, List<Message> messages, MailServer server) throws MessagingException {
        List<RawMail> mails = new ArrayList<>();
        String trouble = "";
        long bytes = 0;
        for (Message each : messages) {
            long number = ((UIDFolder) folder).getUID(each);
            try {
                RawMail mail = fetch(new Postmark(box, number), (IMAPMessage) each);
                mails.add(mail);
                bytes += mail.bytes().length;
            } catch (IOException | MessagingException e) {
                if (!folder.isOpen()) {
                    trouble = "The connection to " + server + " broke while a mail was read.";
                    break;
                }
                trouble = "Mail number " + number + " in " + server.folder() + " at " + server
                        + " cannot be read. Look at it there.";
            }
            if (bytes > MOST_BYTES) {
                break;
            }
        }
        return new Batch(mails, trouble);
    }

    private RawMail fetch(Postmark postmark, IMAPMessage message) throws MessagingException, IOException {
        message.setPeek(true);
        byte[] bytes;
        try (InputStream in = message.getMimeStream()) {
            bytes = in.readNBytes(LARGEST + 1);
        }
        boolean whole = bytes.length <= LARGEST;
        byte[] kept = whole ? bytes : Arrays.copyOf(bytes, LARGEST);
        Mail mail = MailParser.parse(postmark, received(message), kept);
        return new RawMail(mail, kept, whole);
    }

    /// The mailbox's own time; never in the future, whatever its clock says.
    private Instant received(Message message) throws MessagingException {
        Instant now = clock.instant();
        return Optional.ofNullable(message.getReceivedDate())
                .map(Date::toInstant)
                .filter(at -> at.isBefore(now))
                .orElse(now);
    }

    @Override
    public void close() {
        if (store.isPresent()) {
            try {
                store.get().close();
            } catch (MessagingException e) {
                // It is given up either way; the next look makes a new connection.
            }
            store = Optional.empty();
        }
    }
}
