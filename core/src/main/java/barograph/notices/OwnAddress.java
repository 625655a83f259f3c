package barograph.notices;

import barograph.change.ChangeId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The address that letters come from, and those made from it: one to reply to for each letter, and message ids.
///
/// @param local what stands before the `@`
/// @param domain what stands behind it
record OwnAddress(String local, String domain) {
    /// RFC 5321, 4.5.3.1.1.
    private static final int LONGEST_LOCAL = 64;

    private static final Pattern NO_LETTERS = Pattern.compile("[^a-z0-9]+");

    private static final Pattern TOKEN_AT_END = Pattern.compile("[.+]([a-z2-7]{" + Tokens.LENGTH + "})$");

    /// @throws IllegalArgumentException when it is not a mail address
    static OwnAddress of(String address) {
        int at = address.lastIndexOf('@');
        if (at < 1 || at == address.length() - 1) {
            throw new IllegalArgumentException("'" + address + "' is not a mail address: write name@domain");
        }
        return new OwnAddress(address.substring(0, at), address.substring(at + 1));
    }

    /// Where answers to a letter go, and mails that say that it could not be delivered.
    ///
    /// The change's name is for people; the token alone says where the answer belongs.
    String reply(Optional<ChangeId> change, String token) {
        int room = LONGEST_LOCAL - local.length() - 2 - token.length();
        String name = change.map(OwnAddress::atom).orElse("site");
        String cut = name.substring(0, Math.clamp(room, 0, name.length()));
        return local + "+" + (cut.isEmpty() ? "" : cut + ".") + token + "@" + domain;
    }

    /// The same for the same letter, however often it is tried: a mailbox that gets it twice can tell.
    String messageId(Optional<ChangeId> change, String token) {
        return "<" + change.map(OwnAddress::atom).orElse("site") + "." + token + "@" + domain + ">";
    }

    /// What all letters about a change refer to, so that mail programs show them as one thread.
    String root(Optional<ChangeId> change, String site) {
        String where = NO_LETTERS.matcher(site.toLowerCase(Locale.ROOT)).replaceAll("-");
        return "<" + change.map(OwnAddress::atom).orElse("site") + "." + where + "@" + domain + ">";
    }

    /// Two dots in a row are not allowed in an address, so a name's dots become dashes.
    private static String atom(ChangeId change) {
        return change.value().replace('.', '-');
    }

    /// Whether it is this address, with or without something behind a plus.
    boolean isOwn(String address) {
        OwnAddress other = parse(address);
        int plus = other.local.indexOf('+', local.length());
        String base = plus < 0 ? other.local : other.local.substring(0, plus);
        return base.equalsIgnoreCase(local) && other.domain.equalsIgnoreCase(domain);
    }

    /// The token in one of the addresses that this one made.
    Optional<String> tokenIn(String address) {
        return isOwn(address) ? token(parse(address).local) : Optional.empty();
    }

    /// The token in one of the message ids that this one made.
    Optional<String> tokenInId(String messageId) {
        OwnAddress id = parse(messageId.replaceAll("[<>]", ""));
        return id.domain.equalsIgnoreCase(domain) ? token(id.local) : Optional.empty();
    }

    private static Optional<String> token(String local) {
        Matcher found = TOKEN_AT_END.matcher(local.toLowerCase(Locale.ROOT));
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    private static OwnAddress parse(String written) {
        int at = written.lastIndexOf('@');
        return at < 0
                ? new OwnAddress(written, "")
                : new OwnAddress(written.substring(0, at), written.substring(at + 1));
    }

    @Override
    public String toString() {
        return local + "@" + domain;
    }
}
