package barograph.site;

/// The name of a party within its site, as `site.yaml` writes it.
///
/// @param value a [Name]: letters, digits, dots and dashes, at most 64
public record PartyId(String value) implements Comparable<PartyId> {
    public PartyId {
        Name.check("party", value);
    }

    @Override
    public int compareTo(PartyId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
