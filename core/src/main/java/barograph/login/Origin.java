package barograph.login;

/// Who made a login.
public enum Origin {
    PERSON,
    PROBE,
    REPLAY
}
