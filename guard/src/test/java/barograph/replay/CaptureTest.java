package barograph.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barograph.probe.Packets;
import barograph.site.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureTest {
    private static final String SECRET = "testing123";

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(ints = {1, 101, 113, 276, 0})
    void a_password_login_that_was_accepted_is_taken_on_every_sort_of_link(int link) throws IOException {
        begin(ByteOrder.LITTLE_ENDIAN, link);
        request(link, Packets.pap(7, SECRET, "alice@acme.example", "correct horse battery staple"));
        answer(link, Packets.accept(7, SECRET));

        Capture.Content content = read();

        assertThat(content.passedOver()).isEmpty();
        assertThat(content.entries())
                .containsExactly(new Entry("alice@acme.example", new Secret.Plain("correct horse battery staple")));
        assertThat(content.toString()).doesNotContain("alice", "horse");
    }

    @Test
    void what_was_not_accepted_or_cannot_be_read_is_passed_over_and_counted() throws IOException {
        begin(ByteOrder.BIG_ENDIAN, 1);
        request(1, Packets.pap(1, SECRET, "slip", "wrong"));
        answer(1, Packets.reject(1, SECRET));
        request(1, Packets.pap(2, "another", "bob", "bob-pw"));
        answer(1, Packets.accept(2, "another"));
        request(1, Packets.eap(3, SECRET, "carol"));
        request(1, Packets.unsigned(4, SECRET, "dave", "dave-pw"));
        answer(1, Packets.accept(4, SECRET));
        request(1, Packets.unsigned(5, SECRET, "dave", "dave-pw"));
        answer(1, Packets.accept(5, SECRET));

        Capture.Content content = read();

        assertThat(content.entries()).containsExactly(new Entry("dave", new Secret.Plain("dave-pw")));
        assertThat(content.passedOver())
                .isEqualTo("1 packets: EAP, 1 packets: another secret, 1 packets: no acceptance in the capture");
    }

    @Test
    void a_file_that_is_no_capture_is_told() {
        file.writeBytes(
                "Sun Nov 22 16:29:33 2026 : Auth: (1) Login OK".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessage("it is no capture (pcap)");
    }

    @Test
    void a_broken_capture_ends_in_words_and_in_nothing_else() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            file.reset();
            begin(ByteOrder.LITTLE_ENDIAN, random.nextInt(300));
            byte[] junk = new byte[random.nextInt(200)];
            random.nextBytes(junk);
            ByteBuffer head =
                    ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putInt(8, junk.length);
            file.writeBytes(head.array());
            file.writeBytes(junk);
            try {
                assertThat(read().entries()).as("seed %d", seed).isEmpty();
            } catch (IOException e) {
                assertThat(e).as("seed %d", seed).hasMessageStartingWith("it ");
            }
        }
    }

    private Capture.Content read() throws IOException {
        return Capture.read(new ByteArrayInputStream(file.toByteArray()), SECRET);
    }

    private void begin(ByteOrder order, int link) {
        this.order = order;
        file.writeBytes(ByteBuffer.allocate(24)
                .order(order)
                .putInt(0xa1b2c3d4)
                .putInt(20, link)
                .array());
    }

    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    private void request(int link, byte[] radius) {
        packet(link, radius, 9, 40_000, 10, 1812);
    }

    private void answer(int link, byte[] radius) {
        packet(link, radius, 10, 1812, 9, 40_000);
    }

    private void packet(int link, byte[] radius, int from, int fromPort, int to, int toPort) {
        int before = switch (link) {
            case 1 -> 14;
            case 113 -> 16;
            case 276 -> 20;
            case 0 -> 4;
            default -> 0;
        };
        ByteBuffer frame = ByteBuffer.allocate(before + 28 + radius.length);
        if (link == 1) {
            frame.putShort(12, (short) 0x0800);
        }
        frame.put(before, (byte) 0x45)
                .put(before + 9, (byte) 17)
                .putInt(before + 12, 0x0a000000 | from)
                .putInt(before + 16, 0x0a000000 | to)
                .putShort(before + 20, (short) fromPort)
                .putShort(before + 22, (short) toPort)
                .putShort(before + 24, (short) (8 + radius.length))
                .put(before + 28, radius);
        file.writeBytes(ByteBuffer.allocate(16)
                .order(order)
                .putInt(8, frame.capacity())
                .putInt(12, frame.capacity())
                .array());
        file.writeBytes(frame.array());
    }
}
