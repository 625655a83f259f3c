package barograph.login;

import java.time.Duration;

/// What came of an attempt to log in.
public sealed interface Outcome {
    /// The user is in.
    record Accepted() implements Outcome {}

    /// The server understood, and said no.
    ///
    /// @param reason a short word that groups refusals of one sort: `bad_password`, `unknown_user`, `policy_denied`
    record Rejected(String reason) implements Outcome {}

    /// Something broke before there was an answer.
    ///
    /// @param reason a short word: `backend_unreachable`, `tls_alert`, `internal_error`
    record Failed(Step step, String reason) implements Outcome {}

    /// Nothing came back.
    record Unanswered(Duration waited) implements Outcome {}

    /// Nobody knows: it was not tried.
    ///
    /// @param why in words
    record NotTried(String why) implements Outcome {}

    default boolean accepted() {
        return this instanceof Accepted;
    }

    /// The short word for why not; `ok` for an acceptance.
    default String reason() {
        return switch (this) {
            case Accepted() -> "ok";
            case Rejected(String reason) -> reason;
            case Failed(Step _, String reason) -> reason;
            case Unanswered(Duration _) -> "timeout";
            case NotTried(String _) -> "not_tried";
        };
    }
}
