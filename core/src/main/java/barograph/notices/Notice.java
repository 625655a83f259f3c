package barograph.notices;

import java.time.Instant;
import java.util.List;

/// A message that people are owed, with its reason.
///
/// @param at when it became owed
/// @param recipients who must have it, each address once
public record Notice(Occasion occasion, Instant at, List<Recipient> recipients) {
    public Notice {
        recipients = List.copyOf(recipients);
    }

    /// What stands for it in the record: the same notice is never owed twice to one recipient.
    public String id() {
        return occasion.id();
    }

    /// A notice for one recipient, with its next attempt.
    ///
    /// @param attempt from 1
    /// @param when not before this time
    public record Due(Notice notice, Recipient recipient, int attempt, Instant when) {}
}
