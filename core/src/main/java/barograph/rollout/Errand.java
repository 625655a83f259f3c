package barograph.rollout;

/// The sort of order that a server was sent, without its content.
public enum Errand {
    SNAPSHOT,
    APPLY,
    CONFIRM,
    ROLL_BACK,
    RENEW,
    /// To learn how far the change has come there, where the answer to another order leaves that open.
    LOOK
}
