package barograph.diagnosis;

/// Who or what may be at fault.
public enum Suspect {
    /// The change itself, in whatever way it does the harm.
    CHANGE("the change"),
    /// Packets between those who log in and the server: refused, dropped, no route.
    PATH("the network between the server and those who log in"),
    NAMES("name resolution"),
    /// Large packets alone are lost: fragments, or a path whose MTU is smaller than it says.
    FRAGMENTS("large packets lost on the way (fragments, MTU)"),
    /// Packets between the server and what it leans on.
    BACKEND_PATH("the network between the server and its backend"),
    BACKEND("the backend: down, or it refuses the server"),
    TLS("TLS: certificate, authority or version"),
    /// Somebody in between answers with a certificate of their own.
    INTERCEPTION("somebody in between who answers TLS in the server's place"),
    SECRET("the shared secret, or a client that the server does not know"),
    POLICY("a group or a policy"),
    ACCOUNT("the test account, or the probe that uses it"),
    CLOCK("a clock"),
    LOAD("too much load"),
    SERVER("the server itself: it does not run, or not as it should");

    private final String title;

    Suspect(String title) {
        this.title = title;
    }

    /// How much a sign counts for this suspect, or against it.
    ///
    /// @param decibans ten of them make it ten times likelier
    Weight by(int decibans) {
        return new Weight(this, decibans);
    }

    record Weight(Suspect suspect, int decibans) {}

    /// As it goes on in a sentence.
    public String title() {
        return title;
    }
}
