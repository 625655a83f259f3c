package barograph.change;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barograph.change.Edit.Overlay;
import barograph.change.Edit.Put;
import barograph.claims.Claim;
import barograph.claims.Demand;
import barograph.expectations.Expectation;
import barograph.record.Digest;
import barograph.site.PartyId;
import barograph.site.PersonId;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec.Expect;
import barograph.site.ServerId;
import barograph.site.WatchRules;
import barograph.site.WatchRules.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CanonicalChangeTest {
    private static final WatchRules WATCH = new WatchRules(
            Duration.ofMinutes(30),
            Duration.ofHours(4),
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofDays(7),
            0.01,
            0.02,
            Duration.ofMinutes(10),
            Policy.ASK,
            Policy.ROLL_BACK,
            Duration.ofSeconds(30));
    private static final Claim CLAIM = new Claim(new PartyId("keyring"), "Keyring requires „it“", Demand.MUST);
    private static final Expectation EXPECTATION =
            new Expectation(new ProbeId("staff-pap"), Map.of("Session-Timeout", "3600"), Optional.of(Expect.ACCEPT));
    private static final Put PUT = new Put("mods-config/files/authorize", 0640, "DEFAULT\n".getBytes(UTF_8));
    private static final Edit EDIT = new Overlay(List.of(PUT), List.of("mods-enabled/eap"));

    @Test
    void is_written_in_one_way_for_ever() {
        assertThat(CanonicalChange.text(request("a", "b"), EDIT))
                .isEqualTo("{\"because\":\"It is wanted.\",\"change\":\"session-timeout\","
                        + "\"claims\":[{\"demand\":\"must\",\"party\":\"keyring\",\"says\":\"Keyring requires „it“\"}],"
                        + "\"confirm\":{\"by\":\"keyring\",\"within\":\"PT4H\"},"
                        + "\"edit\":{\"files\":[{\"mode\":\"0640\",\"path\":\"mods-config/files/authorize\","
                        + "\"sha256\":\"ecae097fb02a733ac98c03d7527fd923d5c9607c6a02feb5f0d388375f3e70dc\"}],"
                        + "\"remove\":[\"mods-enabled/eap\"]},"
                        + "\"expect\":[{\"outcome\":\"accept\",\"probe\":\"staff-pap\","
                        + "\"reply\":{\"Session-Timeout\":\"3600\"}}],"
                        + "\"format\":\"barograph-change/1\",\"lease\":\"PT2M\",\"requested-by\":\"acme/dana\","
                        + "\"servers\":[\"a\",\"b\"],\"title\":\"Return Session-Timeout\","
                        + "\"watch\":{\"at-most\":\"PT4H\",\"bake\":\"PT30M\",\"blind\":\"roll-back\","
                        + "\"false-rollback\":\"0.01\",\"harmless-below\":\"0.02\",\"learn\":\"PT168H\","
                        + "\"probe-every\":\"PT30S\",\"quiet\":\"PT10M\",\"settle\":\"PT10S\","
                        + "\"undecided\":\"ask\",\"unit\":\"PT10M\"}}");
    }

    @Test
    void has_one_digest_whatever_the_order_of_names() {
        Put other = new Put("clients.conf", 0640, new byte[] {1});

        Digest one = Change.of(request("a", "b"), new Overlay(List.of(PUT, other), List.of("x", "y")))
                .digest();
        Digest two = Change.of(request("b", "a"), new Overlay(List.of(other, PUT), List.of("y", "x")))
                .digest();

        assertThat(one).isEqualTo(two);
    }

    @Test
    void has_another_digest_for_each_edit_of_a_file() {
        List<Edit> edits = List.of(
                EDIT,
                new Overlay(
                        List.of(new Put(PUT.path(), 0640, "DEFAULT \n".getBytes(UTF_8))), List.of("mods-enabled/eap")),
                new Overlay(List.of(new Put(PUT.path(), 0600, PUT.content())), List.of("mods-enabled/eap")),
                new Overlay(List.of(new Put("x", 0640, PUT.content())), List.of("mods-enabled/eap")),
                new Overlay(List.of(PUT), List.of()),
                new Overlay(List.of(), List.of("mods-enabled/eap")),
                new Edit.Patch("--- a/x\n"));

        assertThat(edits.stream().map(edit -> Change.of(request("a"), edit).digest()))
                .doesNotHaveDuplicates();
    }

    @Test
    void has_another_digest_for_each_word_of_the_request() {
        ChangeRequest base = request("a");
        Stream<ChangeRequest> requests = Stream.of(
                base,
                request("b"),
                request("a", "b"),
                request(List.of(), base.expectations(), base.confirm(), base.lease()),
                request(base.claims(), List.of(), base.confirm(), base.lease()),
                request(base.claims(), base.expectations(), Optional.empty(), base.lease()),
                request(base.claims(), base.expectations(), base.confirm(), Duration.ofMinutes(3)));

        assertThat(requests.map(request -> Change.of(request, EDIT).digest())).doesNotHaveDuplicates();
    }

    @Test
    void cannot_be_given_the_digest_of_another() {
        Change change = Change.of(request("a"), EDIT);

        assertThatThrownBy(() -> new Change(request("b"), EDIT, change.digest()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not the digest of change session-timeout");
    }

    private static ChangeRequest request(String... servers) {
        return request(
                Stream.of(servers).map(ServerId::new).toList(),
                List.of(CLAIM),
                List.of(EXPECTATION),
                Optional.of(new ChangeRequest.Confirm(new PartyId("keyring"), Duration.ofHours(4))),
                Duration.ofMinutes(2));
    }

    private static ChangeRequest request(
            List<Claim> claims,
            List<Expectation> expectations,
            Optional<ChangeRequest.Confirm> confirm,
            Duration lease) {
        return request(List.of(new ServerId("a")), claims, expectations, confirm, lease);
    }

    private static ChangeRequest request(
            List<ServerId> servers,
            List<Claim> claims,
            List<Expectation> expectations,
            Optional<ChangeRequest.Confirm> confirm,
            Duration lease) {
        return new ChangeRequest(
                new ChangeId("session-timeout"),
                "Return Session-Timeout",
                PersonId.of("acme/dana"),
                "It is wanted.",
                claims,
                servers,
                new EditSource.Overlay(Optional.of("files"), List.of("mods-enabled/eap")),
                expectations,
                confirm,
                lease,
                WATCH);
    }
}
