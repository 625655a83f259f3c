package barograph.cli;

/// What `check` has found about one thing.
///
/// @param about a server and what of it, or a channel
/// @param words what is so, and where it is not well, what that means for logins
/// @param remedy what to do now; empty where all is well
record CheckFinding(String about, boolean well, String words, String remedy) {
    static CheckFinding well(String about, String words) {
        return new CheckFinding(about, true, words, "");
    }

    static CheckFinding bad(String about, String words, String remedy) {
        return new CheckFinding(about, false, words, remedy);
    }
}
