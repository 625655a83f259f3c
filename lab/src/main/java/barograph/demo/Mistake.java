package barograph.demo;

import java.util.Locale;

/// The changes that the demo can make: one that is fine, and four that are not. What each does to logins is up to the
/// login servers; nothing here says how it ends.
enum Mistake {
    GOOD(
            "Tell apps who may ask for a longer session",
            "Keyring's app logs people out at random without it.",
            "# Sessions may be longer from 2026-12-01 on.\n",
            "allow-groups = staff, guests, contractors",
            "allow-groups = staff, guests, contractors"),
    LOCKS_OUT_STAFF(
            "Name the groups that may log in as Keyring names them",
            "Keyring says that it requires it, and the app is broken until then.",
            "",
            "allow-groups = staff, guests, contractors",
            "allow-groups = employees, guests, contractors"),
    SILENCE(
            "Listen on one address only",
            "Keyring's audit asks for fewer open addresses.",
            "",
            "listen = 0.0.0.0",
            "listen = 127.0.0.1"),
    SLOW(
            "Look people up in the vendor's directory too",
            "Keyring wants its own people to log in here.",
            "",
            "lookup-delay = 0ms",
            "lookup-delay = 1500ms"),
    OPENS_DOOR(
            "Let the app ask for the password itself",
            "Keyring says that asking twice annoys people.",
            "",
            "require-password = yes",
            "require-password = no");

    private final String title;
    private final String because;
    private final String comment;
    private final String from;
    private final String to;

    Mistake(String title, String because, String comment, String from, String to) {
        this.title = title;
        this.because = because;
        this.comment = comment;
        this.from = from;
        this.to = to;
    }

    String title() {
        return title;
    }

    String because() {
        return because;
    }

    /// The new file in place of the old.
    ///
    /// @throws IllegalStateException when the old file has no such line to change
    String edit(String access) {
        if (!access.contains(from)) {
            throw new IllegalStateException("access.conf has no line '" + from + "'");
        }
        return comment + access.replace(from, to);
    }

    /// As it is written behind `--change`.
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
