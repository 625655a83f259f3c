package barograph.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DkimTest {
    static List<Mails.Case> cases() {
        return Mails.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_mail_is_graded_as_expected(Mails.Case mail) {
        Attestation attestation = Dkim.judge(mail.raw(), Mails.keys(), mail.receivedAt());

        assertThat(attestation.grade()).as(attestation.because()).isEqualTo(grade(mail.expect()));
    }

    private static Grade grade(String expected) {
        return switch (expected) {
            case "pass-aligned" -> Grade.ALIGNED;
            case "pass-weak" -> Grade.WEAK;
            case "pass-unaligned" -> Grade.UNALIGNED;
            case "pass-not-covering" -> Grade.NOT_COVERING;
            case "reject-duplicate-header" -> Grade.DUPLICATE_HEADER;
            case "reject-unsigned-tail" -> Grade.UNSIGNED_TAIL;
            case "fail" -> Grade.FAILED;
            case "none" -> Grade.NONE;
            default -> throw new IllegalArgumentException("no grade is called " + expected);
        };
    }

    /// The mails of Debian's python3-dkim: the example of RFC 8463 with both its signatures, a real one of 2013 with
    /// ugly folds, and a domain that is none.
    @ParameterizedTest
    @CsvSource({
        "rfc6376.signed.msg, ALIGNED",
        "rfc6376.signed.rsa.msg, WEAK",
        "ed25519test2.msg, UNALIGNED",
        "test2.message, UNALIGNED",
        "test.message.baddomain, FAILED"
    })
    void mails_of_others_are_graded(String file, Grade expected) {
        Path folder = Path.of("../../shared/mails/debian-python3-dkim");
        Assumptions.assumeTrue(Files.exists(folder), "SKIPPED: the mails are not beside the project: " + folder);

        Attestation attestation =
                Dkim.judge(Mails.bytes(folder.resolve(file)), Mails.keys(folder.resolve("keys.json")), Instant.EPOCH);

        assertThat(attestation.grade()).as(attestation.toString()).isEqualTo(expected);
    }

    @Test
    void a_mail_kept_with_bare_line_feeds_holds_and_is_said_to_be_repaired() {
        Mails.Case mail = Mails.named("07");

        Attestation attestation = Dkim.judge(mail.raw(), Mails.keys(), mail.receivedAt());

        assertThat(attestation.repaired()).isTrue();
        assertThat(attestation.signer()).isEqualTo("vendor.example");
    }

    @Test
    void a_signature_that_had_expired_when_the_mail_came_does_not_hold() {
        Mails.Case mail = Mails.named("32");

        Attestation late = Dkim.judge(mail.raw(), Mails.keys(), Instant.parse("2025-11-22T00:00:00Z"));

        assertThat(late.grade()).isEqualTo(Grade.FAILED);
        assertThat(late.because()).contains("expired");
    }

    @Test
    void a_key_that_cannot_be_asked_for_is_told_from_one_that_is_not_there() {
        Mails.Case mail = Mails.named("01");

        Attestation attestation =
                Dkim.judge(mail.raw(), _ -> new Keys.Found.Unknown("the name server is silent"), mail.receivedAt());

        assertThat(attestation.grade()).isEqualTo(Grade.FAILED);
        assertThat(attestation.seals())
                .allSatisfy(seal -> assertThat(seal.unknown()).isTrue());
    }

    @Test
    void it_is_said_of_each_field_whether_it_is_signed() {
        Mails.Case mail = Mails.named("19");

        Attestation.Seal seal =
                Dkim.judge(mail.raw(), Mails.keys(), mail.receivedAt()).seals().getFirst();

        assertThat(seal.covers("from")).isTrue();
        assertThat(seal.covers("subject")).isFalse();
    }

    /// Every byte of a mail that is signed whole stands under the signature, up to white space and the case of names,
    /// which relaxed canonicalization lets pass, and up to the fields that are not in `h=`.
    @Test
    void a_byte_that_is_changed_under_a_simple_signature_breaks_it() {
        Mails.Case mail = Mails.named("02");
        long seed = Long.getLong("seed", 4711);
        Random random = new Random(seed);
        int body = new String(mail.raw(), StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        for (int i = 0; i < 300; i++) {
            byte[] changed = mail.raw().clone();
            int at = body + random.nextInt(changed.length - body - 2);
            changed[at] ^= (byte) (1 << random.nextInt(8));

            assertThat(Dkim.judge(changed, Mails.keys(), mail.receivedAt()).grade())
                    .as("seed %d, byte %d", seed, at)
                    .isEqualTo(Grade.FAILED);
        }
    }

    /// Strangers write mails: whatever comes, judging ends with a grade, and damage never makes a mail better.
    @ParameterizedTest
    @MethodSource("cases")
    void a_broken_mail_gets_a_grade_too(Mails.Case mail) {
        long seed = Long.getLong("seed", 815);
        Random random = new Random(seed);
        Grade whole = Dkim.judge(mail.raw(), Mails.keys(), mail.receivedAt()).grade();
        for (int i = 0; i < 40; i++) {
            byte[] broken = broken(mail.raw(), random);

            Grade grade = Dkim.judge(broken, Mails.keys(), mail.receivedAt()).grade();

            assertThat(!grade.speaks() || whole.speaks())
                    .as("seed %d, round %d: %s from %s", seed, i, grade, whole)
                    .isTrue();
        }
    }

    private static byte[] broken(byte[] raw, Random random) {
        int from = random.nextInt(raw.length);
        int to = Math.min(raw.length, from + 1 + random.nextInt(200));
        byte[] broken = raw.clone();
        switch (random.nextInt(3)) {
            case 0 ->
                random.ints(to - from, 0, 256).forEach(new java.util.function.IntConsumer() {
                    private int at = from;

                    @Override
                    public void accept(int value) {
                        broken[at++] = (byte) value;
                    }
                });
            case 1 -> {
                return java.util.Arrays.copyOf(raw, from);
            }
            default -> System.arraycopy(raw, random.nextInt(raw.length - (to - from) + 1), broken, from, to - from);
        }
        return broken;
    }
}
