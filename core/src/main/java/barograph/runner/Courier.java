package barograph.runner;

import barograph.notices.Letter;

/// Hands letters over to the world's mail.
///
/// Trouble is an answer, never an exception. Safe for use by several threads.
public interface Courier {
    /// Blocks until the letter was taken or the time limit of the courier is over.
    Delivery deliver(Letter letter);

    /// What became of a letter.
    sealed interface Delivery {
        /// A mail server has taken it over and will deliver it, or say that it cannot.
        record Accepted(String messageId) implements Delivery {}

        /// This letter was not taken; others may be.
        ///
        /// @param because in words, with the server's own
        record Refused(String because) implements Delivery {}

        /// No letter can be handed over at the moment.
        ///
        /// @param because in words, with what to do about it
        record Unreachable(String because) implements Delivery {}
    }
}
