package barograph.site;

import barograph.form.Field;
import barograph.form.Form;

/// A log and the grammar that reads it.
final class LogForm {
    private static final Field<String> PATH =
            Field.required("path", Words.LOG_FILE, "the log file's absolute path on the server's host");
    private static final Field<String> GRAMMAR =
            Field.required("grammar", Words.GRAMMAR, "the name of the grammar that reads its lines");

    static final Form<LogSource> BOTH =
            Form.fields(PATH, GRAMMAR).as("a log", answers -> new LogSource(answers.of(PATH), answers.of(GRAMMAR)));

    private LogForm() {}
}
