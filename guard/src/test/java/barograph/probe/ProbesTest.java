package barograph.probe;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.servers.DebianServer;
import barograph.site.ProbeKind;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ProbesTest {
    @SuppressWarnings("unused") // by its name
    private static final Iterable<ProbeKind> KINDS = Probes.KINDS;

    /// Their required options are no mere names; their own tests knock at a closed port.
    private static final Set<String> PARTICULAR = Set.of("ssh-key", "exec", "eap-ttls", "eap-peap", "kerberos");

    @ParameterizedTest
    @FieldSource("KINDS")
    void every_protocol_can_be_tried_with_what_it_says_it_needs(ProbeKind kind) {
        Try login = Try.of(kind.name(), DebianServer.freeTcpPort(), "alice", "not it");
        for (ProbeKind.Option option : kind.options()) {
            if (option.required()) {
                assertThat(login.run().said()).contains("needs the option '" + option.name() + "'", option.meaning());
                login = login.with(option.name(), option.name().equals("ca") ? "pom.xml" : "dc=example");
            }
        }

        Trial trial = login.run();

        assertThat(trial.said()).doesNotContain("needs the option");
        if (!PARTICULAR.contains(kind.name())) {
            assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.CONNECT, "refused"));
        }
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void options_have_names_of_their_own_and_a_sentence_each(ProbeKind kind) {
        assertThat(kind.options()).extracting(ProbeKind.Option::name).doesNotHaveDuplicates();
        assertThat(kind.options()).allMatch(option -> option.meaning().endsWith("."));
    }
}
