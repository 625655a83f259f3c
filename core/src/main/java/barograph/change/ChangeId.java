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

    /// Another name for something that belongs to this change: cut where the end would not fit otherwise.
    ///
    /// @param end such as `.rehearsal-1`
    public ChangeId with(String end) {
        int room = Name.LONGEST - end.length();
        return new ChangeId(value.substring(0, Math.min(value.length(), room)) + end);
    }

    @Override
    public String toString() {
        return value;
    }
}
