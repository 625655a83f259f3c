package barograph.probe;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Outcome;
import barograph.login.Step;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReasonsTest {
    @Test
    void every_sort_of_trouble_with_the_network_has_its_word() {
        assertReason(new ConnectException("Connection refused"), "refused");
        assertReason(new PortUnreachableException(), "refused");
        assertReason(new NoRouteToHostException("No route to host"), "no_route");
        assertReason(new ConnectException("Network is unreachable"), "no_route");
        assertReason(new SocketException("Connection reset"), "connection_reset");
        assertReason(new SocketException("Broken pipe"), "connection_reset");
        assertReason(new EOFException("end"), "connection_closed");
        assertReason(new SocketException("Cannot assign requested address"), "no_such_source_address");
        assertReason(new SocketTimeoutException("Read timed out"), "timeout");
        assertReason(new ConnectException("Connection timed out"), "timeout");
    }

    private static void assertReason(IOException trouble, String reason) {
        try (Way way = new Way(Duration.ofSeconds(60))) {
            way.reach(Step.CONNECT);

            Outcome outcome = Network.broken(way, trouble, "connecting").outcome();

            assertThat(outcome.reason()).isEqualTo(reason);
        }
    }

    @Test
    void a_refusal_that_comes_late_belongs_to_the_connect_step() {
        try (Way way = new Way(Duration.ofSeconds(60))) {
            way.reach(Step.RESOLVE);
            way.reach(Step.CONNECT);
            way.reach(Step.AUTHENTICATE);

            Halt halt = Network.broken(way, new PortUnreachableException(), "waiting");

            assertThat(halt.outcome()).isEqualTo(new Outcome.Failed(Step.CONNECT, "refused"));
            assertThat(way.strides()).extracting(stride -> stride.step()).containsExactly(Step.RESOLVE, Step.CONNECT);
        }
    }

    @Test
    void only_codes_that_judge_the_credentials_are_rejections() {
        assertReading(ResultCode.INVALID_CREDENTIALS, "", true, "bad_password");
        assertReading(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "", true, "policy_denied");
        assertReading(ResultCode.UNWILLING_TO_PERFORM, "", true, "policy_denied");
        assertReading(ResultCode.BUSY, "", false, "backend_unreachable");
        assertReading(ResultCode.CONFIDENTIALITY_REQUIRED, "", false, "tls_required");
        assertReading(ResultCode.valueOf(4711), "", false, "ldap_4711");
    }

    @Test
    void active_directory_says_more_than_invalid_credentials() {
        String words = "80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data %s, v2580";

        assertReading(ResultCode.INVALID_CREDENTIALS, words.formatted("52e"), true, "bad_password");
        assertReading(ResultCode.INVALID_CREDENTIALS, words.formatted("775"), true, "locked");
        assertReading(ResultCode.INVALID_CREDENTIALS, words.formatted("773"), true, "expired_password");
        assertReading(ResultCode.INVALID_CREDENTIALS, words.formatted("1"), true, "bad_password");
    }

    private static void assertReading(ResultCode code, String words, boolean rejected, String reason) {
        assertThat(LdapReasons.of(code, words)).isEqualTo(new LdapReasons.Reading(rejected, reason));
    }
}
