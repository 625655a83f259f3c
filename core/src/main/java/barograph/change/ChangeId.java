package barograph.change;

import barograph.site.Name;

/// The name of a change within its site: its folder's name, with a number behind it when it is proposed again.
///
/// @param value a [Name]
public record ChangeId(String value) {
    public ChangeId {
        if (!Name.SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is not a name for a change");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
