package barograph.login;

/// A person, device or place, told apart but not named: a keyed hash.
///
/// @param value 64 bits of an HMAC under the site's key; 0 stands for nobody in particular
public record Pseudonym(long value) {
    public static final Pseudonym UNKNOWN = new Pseudonym(0);

    @Override
    public String toString() {
        return value == 0 ? "unknown" : "p-" + Long.toHexString(value);
    }
}
