package barograph.login;

/// The stretches of the way from a user to an open door, in their order.
public enum Step {
    RESOLVE,
    CONNECT,
    TLS,
    GREET,
    AUTHENTICATE,
    AUTHORIZE
}
