package barograph.login;

/// What kind of login it was: the ways in which logins are grouped, so that harm to a few is seen as harm to those few.
///
/// Each is a short word from the log, or [#UNTOLD] where the log does not say. Values longer than 64 characters are
/// cut, so that nobody who chooses a user name chooses how much memory it takes.
///
/// @param realm the part of the user name that names an organisation: `acme.example`, `ou=staff,dc=acme`
/// @param method how the user proved who they are: `pap`, `peap`, `ldap-bind`
/// @param client the device or application that asked on the user's behalf
/// @param group the group of people, where a log or a probe tells it
public record Dimensions(String realm, String method, String client, String group) {
    /// Stands for what the log does not tell.
    public static final String UNTOLD = "-";

    private static final int LONGEST = 64;

    public Dimensions {
        realm = cut(realm);
        method = cut(method);
        client = cut(client);
        group = cut(group);
    }

    private static String cut(String value) {
        if (value.isEmpty()) {
            return UNTOLD;
        }
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST);
    }

    /// All that is told, in a fixed order: `acme.example/pap/nas-wifi`. It names the segment that is watched for harm.
    public String segment() {
        StringBuilder text = new StringBuilder();
        for (String value : new String[] {group, realm, method, client}) {
            if (!value.equals(UNTOLD)) {
                text.append(text.isEmpty() ? "" : "/").append(value);
            }
        }
        return text.isEmpty() ? UNTOLD : text.toString();
    }
}
