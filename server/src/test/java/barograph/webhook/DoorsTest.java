package barograph.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DoorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.10",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "192.0.0.8",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "2002:a00:1::"
            })
    void these_are_inside(String address) throws UnknownHostException {
        assertThat(Doors.isInternal(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.15.0.1",
                "172.32.0.1",
                "100.63.0.1",
                "100.128.0.1",
                "198.17.0.1",
                "192.0.2.1",
                "2606:4700::1",
                "64:ff9b::8.8.8.8",
                "2002:808:808::"
            })
    void these_are_not(String address) throws UnknownHostException {
        assertThat(Doors.isInternal(InetAddress.getByName(address))).isFalse();
    }

    /// A name server that says something else the second time.
    private static final class Rebinding implements DnsResolver {
        private int asked;

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return new InetAddress[] {InetAddress.getByName(asked++ == 0 ? "8.8.8.8" : "127.0.0.1")};
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    @Test
    void a_name_that_turns_to_the_inside_is_refused_when_it_does() throws UnknownHostException {
        Doors doors = new Doors(List.of(), new Rebinding());

        assertThat(doors.resolve("hooks.example")).hasSize(1);
        assertThatThrownBy(() -> doors.resolve("hooks.example"))
                .isInstanceOf(Doors.Internal.class)
                .hasMessageContaining("inside: [ hooks.example ]");
    }

    @Test
    void a_host_that_the_site_names_may_be_inside() throws UnknownHostException {
        Doors doors = new Doors(List.of("Alerts.Example"), new Rebinding());

        doors.resolve("alerts.example");

        assertThat(doors.resolve("alerts.example")).hasSize(1);
    }
}
