package barograph.site;

/// The name of a server within its site, as `site.yaml` writes it.
///
/// @param value a [Name]: letters, digits, dots and dashes, at most 64
public record ServerId(String value) implements Comparable<ServerId> {
    public ServerId {
        Name.check("server", value);
    }

    @Override
    public int compareTo(ServerId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
