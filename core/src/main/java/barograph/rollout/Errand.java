package barograph.rollout;

/// The sort of order that a server was sent, without its content.
public enum Errand {
    SNAPSHOT,
    APPLY,
    CONFIRM,
    ROLL_BACK,
    RENEW
}
