package barograph.runner;

import barograph.notices.Mail;
import java.util.List;
import java.util.Map;

/// Where answers and emergency mails come in.
///
/// It forgets nothing and remembers nothing: what was taken in already is told to it each time. Trouble is an answer,
/// never an exception. Used by one thread.
public interface Postbox extends AutoCloseable {
    /// What lies behind the last mail taken in, the oldest first; not all of it at once.
    ///
    /// Where nothing was taken in yet from the mailbox as it is now, it begins two days ago: older mails are
    /// nobody's emergency.
    ///
    /// @param taken the number of the last mail that was taken in, per making of the mailbox
    Batch take(Map<Long, Long> taken);

    @Override
    void close();

    /// Mails, or why there are none.
    ///
    /// @param trouble empty when all is well
    record Batch(List<RawMail> mails, String trouble) {
        public Batch {
            mails = List.copyOf(mails);
        }
    }

    /// A mail as it came, and as it was read.
    ///
    /// @param bytes exactly as the mailbox has them
    /// @param whole false where only the beginning of a very large mail was taken
    @SuppressWarnings("ArrayRecordComponent") // two mails are the same when their postmarks are
    record RawMail(Mail mail, byte[] bytes, boolean whole) {}
}
