package barograph.dkim;

import barograph.dkim.Attestation.Seal;
import barograph.dkim.SignatureField.Unfit;
import barograph.record.Digest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Judges the DKIM signatures of a mail (RFC 6376, 8301, 8463) from its bytes and the keys of the day it came in.
///
/// No MIME library stands before the hashing: they write fields anew when they read them. Expiry is judged by the time
/// of receipt, since a mail that is kept for years does not become a lie.
public final class Dkim {
    /// More signatures than this are not looked at: each costs a look into the DNS.
    private static final int MOST_SEALS = 10;

    private static final int STRONG_RSA_BITS = 2048;

    /// RFC 5322 §3.6: fields that may stand once.
    private static final List<String> SINGLE = List.of(
            "from",
            "subject",
            "to",
            "date",
            "cc",
            "bcc",
            "reply-to",
            "sender",
            "message-id",
            "in-reply-to",
            "references");

    /// What every mail program shows.
    private static final List<String> SHOWN = List.of("subject", "to", "date");

    /// In bytes; a sender with a longer name is none.
    private static final int LONGEST_FROM = 2_000;

    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

    private static final Pattern ADDRESS_DOMAIN = Pattern.compile("@([A-Za-z0-9._-]{1,253})");

    private final RawMail mail;
    private final Keys keys;
    private final Instant receivedAt;
    private final String from;

    private Dkim(RawMail mail, Keys keys, Instant receivedAt) {
        this.mail = mail;
        this.keys = keys;
        this.receivedAt = receivedAt;
        this.from = domainOf(mail.named("from"));
    }

    /// @param raw the mail as it came, with the fields that the own mail server put on top
    /// @param receivedAt when it came
    public static Attestation judge(byte[] raw, Keys keys, Instant receivedAt) {
        return new Dkim(RawMail.read(raw), keys, receivedAt).judge();
    }

    private Attestation judge() {
        List<Seal> seals = new ArrayList<>();
        mail.named("dkim-signature").stream().limit(MOST_SEALS).forEach(field -> seals.add(seal(field)));
        if (seals.isEmpty()) {
            return new Attestation(Grade.NONE, "it has no signature", from, seals, mail.repaired());
        }
        Seal best = seals.stream().min(Comparator.comparing(Seal::grade)).orElseThrow();
        String twice = best.holds() ? duplicate() : "";
        return twice.isEmpty()
                ? new Attestation(best.grade(), best.because(), from, seals, mail.repaired())
                : new Attestation(
                        Grade.DUPLICATE_HEADER,
                        "it has " + twice + " more than once, and a signature covers another one than a reader sees",
                        from,
                        seals,
                        mail.repaired());
    }

    private String duplicate() {
        Map<String, Integer> counts = new HashMap<>();
        mail.fields().forEach(field -> counts.merge(field.name(), 1, Integer::sum));
        return SINGLE.stream()
                .filter(name -> counts.getOrDefault(name, 0) > 1)
                .findFirst()
                .orElse("");
    }

    private Seal seal(RawMail.Field field) {
        SignatureField signature;
        try {
            signature = SignatureField.read(field);
        } catch (Unfit e) {
            return new Seal("", "", false, Grade.FAILED, e.why(), List.of(), false);
        }
        return switch (keys.find(signature.keyName())) {
            case Keys.Found.Nothing() -> failed(signature, "no key is published at " + signature.keyName(), false);
            case Keys.Found.Unknown(String why) -> failed(signature, "its key could not be asked for: " + why, true);
            case Keys.Found.Text(String record) -> {
                try {
                    PublishedKey key = PublishedKey.read(record, signature.ed25519());
                    boolean tail = check(signature, key);
                    yield graded(signature, key, tail);
                } catch (Unfit e) {
                    yield failed(signature, e.why(), false);
                }
            }
        };
    }

    private static Seal failed(SignatureField signature, String why, boolean unknown) {
        return new Seal(
                signature.domain(), signature.selector(), false, Grade.FAILED, why, signature.signed(), unknown);
    }

    /// @return whether something stands below what is under the signature
    private boolean check(SignatureField signature, PublishedKey key) throws Unfit {
        boolean same = signature.identityDomain().equals(signature.domain());
        if (key.strict() && !same) {
            throw new Unfit("its key speaks for " + signature.domain() + " alone, not for a domain below it");
        }
        if (!same && !isBelow(signature.identityDomain(), signature.domain())) {
            throw new Unfit("it speaks for " + signature.identityDomain() + ", which is not below its own domain");
        }
        if (signature.expires().isPresent()
                && receivedAt.getEpochSecond() > signature.expires().getAsLong()) {
            throw new Unfit("it had expired when the mail came");
        }
        byte[] body = signature.bodyForm().body(mail.body());
        long covered = signature.covered().orElse(body.length);
        if (covered > body.length) {
            throw new Unfit("the body is shorter than what was signed");
        }
        byte[] under = java.util.Arrays.copyOf(body, (int) covered);
        if (!MessageDigest.isEqual(Digest.of(under).bytes(), signature.hashedBody())) {
            throw new Unfit("the body is not the one that was signed");
        }
        if (!verifies(signature, key)) {
            throw new Unfit("the fields are not those that were signed");
        }
        return covered < body.length;
    }

    private boolean verifies(SignatureField signature, PublishedKey key) {
        byte[] fields = signedFields(signature).getBytes(StandardCharsets.ISO_8859_1);
        try {
            Signature verifier = Signature.getInstance(key.ed25519() ? "Ed25519" : "SHA256withRSA");
            verifier.initVerify(key.key());
            verifier.update(key.ed25519() ? Digest.of(fields).bytes() : fields); // RFC 8463 §3 signs the hash
            return verifier.verify(signature.value());
        } catch (GeneralSecurityException e) {
            return false; // not of the length that the key makes
        }
    }

    /// RFC 6376 §5.4.2: a name that stands twice in `h=` takes the lowest field first; one that is not there, nothing.
    private String signedFields(SignatureField signature) {
        Map<String, Integer> taken = new HashMap<>();
        StringBuilder fields = new StringBuilder();
        for (String name : signature.signed()) {
            List<RawMail.Field> named = mail.named(name);
            int nth = taken.merge(name, 1, Integer::sum);
            if (nth <= named.size()) {
                fields.append(signature
                                .headerForm()
                                .header(named.get(named.size() - nth).whole()))
                        .append("\r\n");
            }
        }
        return fields.append(signature.headerForm().header(signature.withoutValue()))
                .toString();
    }

    private Seal graded(SignatureField signature, PublishedKey key, boolean tail) {
        String domain = signature.domain();
        List<String> open = SHOWN.stream()
                .filter(name ->
                        !signature.signed().contains(name) && !mail.named(name).isEmpty())
                .toList();
        Grade grade;
        String because;
        if (tail) {
            grade = Grade.UNSIGNED_TAIL;
            because = "something stands below what " + domain + " signed";
        } else if (!aligned(domain)) {
            grade = Grade.UNALIGNED;
            because = domain + " signed it, which does not speak for " + (from.isEmpty() ? "its sender" : from);
        } else if (!open.isEmpty()) {
            grade = Grade.NOT_COVERING;
            because = domain + " signed it, but not " + String.join(", ", open);
        } else if (signature.covered().isPresent()) {
            grade = Grade.WEAK;
            because = domain + " signed it by its length: whoever passes it on may write below";
        } else if (!key.ed25519() && key.bits() < STRONG_RSA_BITS) {
            grade = Grade.WEAK;
            because = domain + " signed it with a key of only " + key.bits() + " bits";
        } else {
            grade = Grade.ALIGNED;
            because = domain + " signed it";
        }
        return new Seal(domain, signature.selector(), true, grade, because, signature.signed(), false);
    }

    /// The same domain, or one above or below the other: narrower than DMARC's relaxed alignment (RFC 7489 §3.1.1),
    /// which lets sisters speak for each other and needs a list of the world's registries for that.
    private boolean aligned(String signer) {
        return from.equals(signer) || isBelow(from, signer) || isBelow(signer, from);
    }

    private static boolean isBelow(String domain, String above) {
        return !above.isEmpty() && domain.endsWith("." + above);
    }

    /// Of the one address in the lowest From field, which is the one that is signed; empty where there are several.
    private static String domainOf(List<RawMail.Field> from) {
        if (from.isEmpty()) {
            return "";
        }
        String value = Canonical.RELAXED.header(from.getLast().whole());
        if (value.length() > LONGEST_FROM) {
            return "";
        }
        String unquoted = QUOTED.matcher(value).replaceAll("");
        String address = unquoted.contains("<") ? unquoted.substring(unquoted.lastIndexOf('<')) : unquoted;
        Matcher domain = ADDRESS_DOMAIN.matcher(address);
        return domain.find() && !unquoted.substring(unquoted.indexOf(':') + 1).contains(",")
                ? domain.group(1).toLowerCase(Locale.ROOT)
                : "";
    }
}
