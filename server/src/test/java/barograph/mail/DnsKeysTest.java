package barograph.mail;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.dkim.Keys.Found;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;

/// Over UDP, with a small name server in this process.
class DnsKeysTest {
    private final DatagramSocket socket = socket();
    private final DnsKeys keys = new DnsKeys(
            new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort())),
            Duration.ofSeconds(2));

    @AfterEach
    void close() {
        socket.close();
    }

    @Test
    void the_strings_of_a_long_key_are_joined() throws IOException {
        Name name = Name.fromString("s1._domainkey.vendor.example.");
        serve(Rcode.NOERROR, new TXTRecord(name, DClass.IN, 60, List.of("v=DKIM1; k=rsa; ", "p=abc")));

        assertThat(keys.find("s1._domainkey.vendor.example")).isEqualTo(new Found.Text("v=DKIM1; k=rsa; p=abc"));
    }

    @Test
    void an_alias_to_the_sender_of_a_domains_mail_is_followed() throws IOException {
        Name name = Name.fromString("s1._domainkey.vendor.example.");
        Name target = Name.fromString("key.mailer.example.");
        serve(
                Rcode.NOERROR,
                new CNAMERecord(name, DClass.IN, 60, target),
                new TXTRecord(target, DClass.IN, 60, "v=DKIM1; p=abc"));

        assertThat(keys.find("s1._domainkey.vendor.example")).isEqualTo(new Found.Text("v=DKIM1; p=abc"));
    }

    @Test
    void a_key_that_is_not_there_is_told_from_a_name_server_that_cannot_tell() {
        serve(Rcode.NXDOMAIN);
        assertThat(keys.find("gone._domainkey.vendor.example")).isEqualTo(new Found.Nothing());

        serve(Rcode.SERVFAIL);
        assertThat(keys.find("s1._domainkey.vendor.example")).isInstanceOf(Found.Unknown.class);
    }

    @Test
    void two_texts_under_one_name_are_no_key() throws IOException {
        Name name = Name.fromString("s1._domainkey.vendor.example.");
        serve(
                Rcode.NOERROR,
                new TXTRecord(name, DClass.IN, 60, "v=DKIM1; p=abc"),
                new TXTRecord(name, DClass.IN, 60, "v=DKIM1; p=def"));

        assertThat(keys.find("s1._domainkey.vendor.example")).isEqualTo(new Found.Nothing());
    }

    @Test
    void a_silent_name_server_refutes_nothing() {
        assertThat(keys.find("s1._domainkey.vendor.example")).isInstanceOf(Found.Unknown.class);
    }

    /// Answers the next question.
    private void serve(int code, org.xbill.DNS.Record... records) {
        Thread.ofVirtual().start(() -> {
            try {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                Message answer = new Message(java.util.Arrays.copyOf(packet.getData(), packet.getLength()));
                answer.getHeader().setFlag(Flags.QR);
                answer.getHeader().setRcode(code);
                for (org.xbill.DNS.Record record : records) {
                    answer.addRecord(record, Section.ANSWER);
                }
                byte[] wire = answer.toWire();
                socket.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
            } catch (IOException e) {
                // The test is over; what it asked for is not there, and it says so.
            }
        });
    }

    private static DatagramSocket socket() {
        try {
            return new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (SocketException e) {
            throw new AssertionError(e);
        }
    }
}
