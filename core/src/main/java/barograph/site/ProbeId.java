package barograph.site;

/// The name of a probe within its site, as `site.yaml` writes it.
///
/// @param value a [Name]: letters, digits, dots and dashes, at most 64
public record ProbeId(String value) implements Comparable<ProbeId> {
    public ProbeId {
        Name.check("probe", value);
    }

    @Override
    public int compareTo(ProbeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
