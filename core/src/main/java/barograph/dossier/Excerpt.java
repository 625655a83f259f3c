package barograph.dossier;

/// A text as it stands in the record, line by line.
///
/// @param caption what it is
/// @param proof the entry that it stands in
public record Excerpt(String caption, String text, long proof) {
    public Excerpt {
        text = Legible.block(text);
    }
}
