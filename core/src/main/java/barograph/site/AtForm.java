package barograph.site;

import barograph.form.Form;
import barograph.form.Parsed;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a server is: `local`, or `ssh://user@host` with a port if it is not 22.
///
/// Neither user nor host can begin with a dash: it would be an option to the programs that they are handed to.
final class AtForm {
    private static final String SHAPE =
            "ssh://([A-Za-z0-9_][A-Za-z0-9._-]{0,63})@([A-Za-z0-9][A-Za-z0-9.-]{0,252}|\\[[0-9A-Fa-f:.]+\\])(?::([0-9]{1,5}))?";
    private static final Pattern SSH = Pattern.compile(SHAPE);
    private static final String REMEDY =
            "Write local, or an address such as ssh://ops@10.0.0.9 or ssh://ops@radius:2222.";

    static final Form<At> FORM =
            Form.notation("local, or an address such as ssh://ops@10.0.0.9", "^(local|" + SHAPE + ")$", AtForm::parse);

    private AtForm() {}

    private static Parsed<At> parse(String text) {
        if (text.equals("local")) {
            return new Parsed.Right<>(new At.Local());
        }
        Matcher match = SSH.matcher(text);
        if (!match.matches()) {
            return new Parsed.Wrong<>("is not an address of a server.", REMEDY);
        }
        String host = match.group(2);
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        int port = match.group(3) == null ? 22 : Integer.parseInt(match.group(3));
        return port < 1 || port > 65_535
                ? new Parsed.Wrong<>("has no such port: 1 to 65535.", REMEDY)
                : new Parsed.Right<>(new At.Ssh(match.group(1), bare, port));
    }
}
