package barograph.site;

/// A secret, mostly by reference; its text never shows in a message, a log or the record.
public sealed interface Secret {
    /// The value of an environment variable of the process that uses it.
    record Env(String name) implements Secret {
        @Override
        public String toString() {
            return "env:" + name;
        }
    }

    /// The content of a file, without its last line end.
    record File(String path) implements Secret {
        @Override
        public String toString() {
            return "file:" + path;
        }
    }

    /// What a command prints, without its last line end.
    record Exec(String command) implements Secret {
        @Override
        public String toString() {
            return "exec:" + command;
        }
    }

    /// Written out where it stands: only for what is no secret, such as a password that is meant to be wrong.
    record Plain(String text) implements Secret {
        @Override
        public String toString() {
            return "(hidden)";
        }
    }

    /// @param written `env:NAME`, `file:PATH`, `exec:COMMAND`, or the text itself
    static Secret of(String written) {
        if (written.startsWith("env:")) {
            return new Env(written.substring(4));
        }
        if (written.startsWith("file:")) {
            return new File(written.substring(5));
        }
        if (written.startsWith("exec:")) {
            return new Exec(written.substring(5));
        }
        return new Plain(written);
    }
}
