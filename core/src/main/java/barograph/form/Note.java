package barograph.form;

/// A mark that a form puts on what it reads, so that a check further out finds it by that mark with its place, even
/// inside of a map that is bad for other reasons ([Form#noted], [Answers#noted]).
///
/// Each is a mark of its own, also where two are for the same type.
public final class Note<T> {
    private final Class<T> type;

    public Note(Class<T> type) {
        this.type = type;
    }

    Placed<T> on(Placed<?> value) {
        return new Placed<>(type.cast(value.value()), value.place());
    }
}
