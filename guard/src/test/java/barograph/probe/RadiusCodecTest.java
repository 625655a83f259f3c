package barograph.probe;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.probe.RadiusCodec.Reading;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class RadiusCodecTest {
    private static final String SECRET = "xyzzy5461";

    /// RFC 2865 §7.1: nemo logs in with the password arctangent.
    private static final byte[] AUTHENTICATOR = hex("0f403f9473978057bd83d5cb98f4227a");

    private static final byte[] ACCEPT =
            hex("0200002686fe220e7624ba2a1005f6bf9b55e0b2060600000001" + "0f06000000000e06c0a80103");

    private final RadiusCodec codec = new RadiusCodec(0, AUTHENTICATOR, SECRET);

    @Test
    void hides_a_password_as_the_example_of_rfc_2865_does() {
        byte[] hidden =
                codec.hidden("arctangent".getBytes(StandardCharsets.UTF_8)).value();

        assertThat(HexFormat.of().formatHex(hidden)).isEqualTo("0dbe708d93d413ce3196e43f782a0aee");
    }

    @Test
    void a_password_fills_whole_blocks_and_the_longest_has_eight() {
        assertThat(codec.hidden(new byte[0]).value()).hasSize(16);
        assertThat(codec.hidden(new byte[17]).value()).hasSize(32);
        assertThat(codec.hidden(new byte[128]).value()).hasSize(128);
    }

    @Test
    void reads_the_answer_of_rfc_2865() {
        Reading reading = codec.read(ACCEPT);

        assertThat(reading).isInstanceOfSatisfying(Reading.Genuine.class, answer -> {
            assertThat(answer.code()).isEqualTo(RadiusCodec.ACCESS_ACCEPT);
            assertThat(RadiusNames.tell(answer.attributes()))
                    .isEqualTo(Map.of("Service-Type", "Login-User", "Attr-15", "0x00000000", "Attr-14", "0xc0a80103"));
        });
    }

    @Test
    void every_changed_bit_is_noticed() {
        for (int bit = 0; bit < ACCEPT.length * 8; bit++) {
            byte[] changed = ACCEPT.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(codec.read(changed)).as("bit %d", bit).isNotInstanceOf(Reading.Genuine.class);
        }
    }

    @Test
    void a_request_is_signed_with_its_first_attribute() throws GeneralSecurityException {
        byte[] packet = codec.request(List.of(RadiusAttribute.text(RadiusAttribute.USER_NAME, "nemo")));

        assertThat(packet).hasSize(20 + 18 + 6);
        assertThat(packet[20]).isEqualTo((byte) RadiusAttribute.MESSAGE_AUTHENTICATOR);
        byte[] given = Arrays.copyOfRange(packet, 22, 38);
        Arrays.fill(packet, 22, 38, (byte) 0);
        assertThat(given).isEqualTo(hmac(packet));
    }

    @Test
    void a_message_authenticator_of_an_answer_must_be_right() throws GeneralSecurityException {
        assertThat(codec.read(answer(true))).isInstanceOf(Reading.Genuine.class);
        assertThat(codec.read(answer(false))).isEqualTo(new Reading.Forged("message authenticator"));
    }

    /// An Access-Accept that carries a Message-Authenticator, with a response authenticator that is right either way.
    private static byte[] answer(boolean rightlySigned) throws GeneralSecurityException {
        byte[] packet = new byte[20 + 18];
        packet[0] = 2;
        packet[3] = 38;
        System.arraycopy(AUTHENTICATOR, 0, packet, 4, 16);
        packet[20] = 80;
        packet[21] = 18;
        byte[] signature = hmac(packet);
        signature[0] ^= (byte) (rightlySigned ? 0 : 1);
        System.arraycopy(signature, 0, packet, 22, 16);
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        md5.update(packet);
        System.arraycopy(md5.digest(SECRET.getBytes(StandardCharsets.UTF_8)), 0, packet, 4, 16);
        return packet;
    }

    @Test
    void whatever_comes_in_has_a_reading() throws GeneralSecurityException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] good = answer(true);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Arrays.copyOf(good, random.nextInt(60));
            for (int changes = random.nextInt(5); changes > 0 && bytes.length > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            resign(bytes);

            assertThat(codec.read(bytes)).as("seed %d, datagram %d", seed, i).isNotNull();
        }
    }

    /// So that nonsense gets past the first signature and reaches the attributes.
    private static void resign(byte[] bytes) throws GeneralSecurityException {
        if (bytes.length < 20) {
            return;
        }
        bytes[2] = 0;
        bytes[3] = (byte) bytes.length;
        System.arraycopy(AUTHENTICATOR, 0, bytes, 4, 16);
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        md5.update(bytes);
        System.arraycopy(md5.digest(SECRET.getBytes(StandardCharsets.UTF_8)), 0, bytes, 4, 16);
    }

    @Test
    void broken_vendor_and_tunnel_attributes_are_told_as_bytes() {
        List<RadiusAttribute> odd = List.of(
                new RadiusAttribute(26, hex("000001")),
                new RadiusAttribute(26, hex("00000009ff")),
                new RadiusAttribute(26, hex("000000090109")),
                new RadiusAttribute(26, hex("0000013710040102")),
                new RadiusAttribute(27, hex("01")),
                new RadiusAttribute(8, hex("0a0b")),
                new RadiusAttribute(81, new byte[0]),
                new RadiusAttribute(64, hex("0100000d")),
                new RadiusAttribute(18, hex("ff00")));

        assertThat(RadiusNames.tell(odd))
                .containsEntry("Attr-26", "0x000001")
                .containsEntry("Attr-26.9", "0x000000090109")
                .containsEntry("Attr-26.311.16", "(hidden)")
                .containsEntry("Session-Timeout", "0x01")
                .containsEntry("Framed-IP-Address", "0x0a0b")
                .containsEntry("Tunnel-Private-Group-Id", "")
                .containsEntry("Tunnel-Type:1", "VLAN")
                .containsEntry("Reply-Message", "0xff00");
    }

    private static byte[] hmac(byte[] bytes) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacMD5");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacMD5"));
        return mac.doFinal(bytes);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
