package barograph.dkim;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// One `DKIM-Signature` field, read (RFC 6376 §3.5).
///
/// @param field as it stands
/// @param ed25519 whether it was made by Ed25519 (RFC 8463), else by RSA; both over SHA-256
/// @param hashedBody `bh=`
/// @param value `b=`
/// @param domain `d=`, in lower case
/// @param identityDomain the domain in `i=`, in lower case
/// @param selector `s=`, in lower case
/// @param signed `h=`, in lower case
/// @param covered `l=`: how many bytes of the canonical body are under it; empty for all
/// @param expires `x=`, in seconds since 1970
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record SignatureField(
        RawMail.Field field,
        boolean ed25519,
        Canonical headerForm,
        Canonical bodyForm,
        byte[] hashedBody,
        byte[] value,
        String domain,
        String identityDomain,
        String selector,
        List<String> signed,
        OptionalLong covered,
        OptionalLong expires) {
    /// Names as in host names, with at least two labels, so that nobody signs for a whole top level.
    private static final Pattern DOMAIN = Pattern.compile(
            "(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)+");

    private static final Pattern SELECTOR = Pattern.compile(
            "(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*");

    SignatureField {
        signed = List.copyOf(signed);
    }

    /// Why a field cannot be a signature that holds.
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        Unfit(String why) {
            super(why);
        }

        /// Why, as a clause.
        String why() {
            return String.valueOf(getMessage());
        }
    }

    /// @throws Unfit where it is not written as the standard wants it, or wants what is forbidden today
    static SignatureField read(RawMail.Field field) throws Unfit {
        Tags tags = Tags.parse(field.value()).orElseThrow(() -> new Unfit("its tags cannot be read"));
        if (!tags.get("v", "").equals("1")) {
            throw new Unfit("its version is not 1");
        }
        String domain = name(tags, "d", DOMAIN);
        String identity = tags.get("i", "@" + domain).toLowerCase(Locale.ROOT);
        List<String> signed = List.of(need(tags, "h").split(":", -1)).stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        if (!signed.contains("from")) {
            throw new Unfit("From is not under it");
        }
        String[] forms = tags.get("c", "simple/simple").split("/", 2);
        return new SignatureField(
                field,
                ed25519(need(tags, "a").toLowerCase(Locale.ROOT)),
                form(forms[0]),
                form(forms.length > 1 ? forms[1] : "simple"),
                base64(tags, "bh"),
                base64(tags, "b"),
                domain,
                identity.substring(identity.lastIndexOf('@') + 1),
                name(tags, "s", SELECTOR),
                signed,
                number(tags, "l"),
                number(tags, "x"));
    }

    private static boolean ed25519(String algorithm) throws Unfit {
        return switch (algorithm) {
            case "ed25519-sha256" -> true;
            case "rsa-sha256" -> false;
            case "rsa-sha1" -> throw new Unfit("rsa-sha1 is forbidden (RFC 8301)");
            default -> throw new Unfit("its algorithm is unknown");
        };
    }

    private static Canonical form(String word) throws Unfit {
        return Canonical.of(word.strip()).orElseThrow(() -> new Unfit("its canonicalization is unknown"));
    }

    private static String need(Tags tags, String tag) throws Unfit {
        return tags.get(tag).filter(value -> !value.isEmpty()).orElseThrow(() -> new Unfit("it has no " + tag + "="));
    }

    private static String name(Tags tags, String tag, Pattern form) throws Unfit {
        String name = need(tags, tag).toLowerCase(Locale.ROOT);
        if (!form.matcher(name).matches()) {
            throw new Unfit(tag + "= is not a name");
        }
        return name;
    }

    private static byte[] base64(Tags tags, String tag) throws Unfit {
        need(tags, tag);
        try {
            return Base64.getDecoder().decode(tags.packed(tag).orElse(""));
        } catch (IllegalArgumentException e) {
            throw new Unfit(tag + "= is not base64");
        }
    }

    private static OptionalLong number(Tags tags, String tag) throws Unfit {
        Optional<String> written = tags.get(tag);
        if (written.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!written.get().matches("[0-9]{1,15}")) {
            throw new Unfit(tag + "= is not a number");
        }
        return OptionalLong.of(Long.parseLong(written.get()));
    }

    /// Where its key is published.
    String keyName() {
        return selector + "._domainkey." + domain;
    }

    /// The field itself as it is signed: with nothing behind `b=`.
    String withoutValue() {
        String whole = field.whole();
        int at = whole.indexOf(':') + 1;
        while (at <= whole.length()) {
            int end = whole.indexOf(';', at);
            int stop = end < 0 ? whole.length() : end;
            int equals = whole.indexOf('=', at);
            if (equals >= 0
                    && equals < stop
                    && whole.substring(at, equals).strip().equals("b")) {
                return whole.substring(0, equals + 1) + whole.substring(stop);
            }
            at = stop + 1;
        }
        throw new IllegalStateException("a field with b= was read before");
    }
}
