package barograph.corpus;

/// What a change does to one file below the configuration folder.
public sealed interface Touch {
    String file();

    /// Another text in the place of one that is there, wherever it is.
    record Replace(String file, String old, String by) implements Touch {}

    /// More lines at its end.
    record Append(String file, String text) implements Touch {}

    /// A whole file.
    ///
    /// @param mode permission bits where the file is new, such as 0600 (octal)
    record Write(String file, String text, int mode) implements Touch {}

    /// It is gone.
    record Remove(String file) implements Touch {}
}
