package barograph.form;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.ChangeFile;
import barograph.change.ChangeId;
import barograph.change.ChangeRequest;
import barograph.change.EditSource;
import barograph.claims.Claim;
import barograph.claims.Demand;
import barograph.expectations.Expectation;
import barograph.site.PartyId;
import barograph.site.PersonId;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec.Expect;
import barograph.site.ServerId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeFileTest {
    private static final String SMALL = """
            change: small
            title: A small change
            requested-by: acme/dana
            because: It is wanted.
            """;

    @Test
    void reads_the_change_of_the_story() {
        ChangeRequest request = read(Samples.text("change.yaml"));

        assertThat(request)
                .isEqualTo(new ChangeRequest(
                        new ChangeId("session-timeout"),
                        "Return Session-Timeout in every Access-Accept",
                        PersonId.of("acme/dana"),
                        "Keyring's app logs people out at random without it.",
                        List.of(new Claim(
                                new PartyId("keyring"),
                                "Keyring requires Session-Timeout in Access-Accept",
                                Demand.MUST)),
                        List.of(new ServerId("radius-backup"), new ServerId("radius-1"), new ServerId("radius-2")),
                        new EditSource.Overlay(Optional.of("files"), List.of()),
                        List.of(new Expectation(
                                new ProbeId("staff-pap"), Map.of("Session-Timeout", "3600"), Optional.empty())),
                        Optional.of(new ChangeRequest.Confirm(new PartyId("keyring"), Duration.ofHours(4))),
                        Samples.site().lease(),
                        Samples.site().watch()));
    }

    @Test
    void goes_to_all_servers_where_none_is_named() {
        ChangeRequest request = read(SMALL + "edit: files/\n");

        assertThat(request.servers())
                .extracting(ServerId::value)
                .containsExactly("radius-backup", "radius-1", "radius-2", "portal");
        assertThat(request.confirm()).isEmpty();
    }

    @Test
    void names_servers_in_the_order_of_the_site() {
        ChangeRequest request = read(SMALL + "edit: files/\nservers: [radius-2, radius-1]\n");

        assertThat(request.servers()).extracting(ServerId::value).containsExactly("radius-1", "radius-2");
    }

    @Test
    void differs_from_the_site_in_what_it_says_and_in_nothing_else() {
        ChangeRequest request = read(SMALL + """
                edit: files/
                lease: 5m
                watch: { bake: 1h, undecided: roll-back }
                """);

        assertThat(request.lease()).isEqualTo(Duration.ofMinutes(5));
        assertThat(request.watch().bake()).isEqualTo(Duration.ofHours(1));
        assertThat(request.watch().atMost()).isEqualTo(Samples.site().watch().atMost());
    }

    @Test
    void edits_by_files_by_a_patch_or_by_taking_files_out() {
        assertThat(read(SMALL + "edit: new/files/\nremove: [mods-enabled/eap]").edit())
                .isEqualTo(new EditSource.Overlay(Optional.of("new/files"), List.of("mods-enabled/eap")));
        assertThat(read(SMALL + "remove: [mods-enabled/eap]").edit())
                .isEqualTo(new EditSource.Overlay(Optional.empty(), List.of("mods-enabled/eap")));
        assertThat(read(SMALL + "edit: change.patch").edit()).isEqualTo(new EditSource.Patch("change.patch"));
    }

    @Test
    void may_expect_that_a_door_is_shut() {
        ChangeRequest request = read(SMALL + "edit: files/\nexpect: [ { probe: staff-pap, outcome: reject } ]");

        assertThat(request.expectations())
                .containsExactly(new Expectation(new ProbeId("staff-pap"), Map.of(), Optional.of(Expect.REJECT)));
    }

    private static ChangeRequest read(String yaml) {
        return Samples.good(ChangeFile.read("change.yaml", yaml.getBytes(StandardCharsets.UTF_8), Samples.site()));
    }
}
