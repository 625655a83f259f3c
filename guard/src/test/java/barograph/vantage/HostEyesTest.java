package barograph.vantage;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.diagnosis.Finding;
import barograph.diagnosis.Observation;
import barograph.diagnosis.Observation.Looked;
import barograph.diagnosis.Target;
import barograph.diagnosis.Trouble;
import barograph.diagnosis.Vantage;
import barograph.host.Host;
import barograph.host.LocalHost;
import barograph.host.Result;
import barograph.login.Step;
import barograph.site.ServerId;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `look.sh` sees, with whatever programs a host has.
class HostEyesTest {
    private static final ServerId ID = new ServerId("one");
    private static final Vantage HERE = new Vantage.HostOf(ID);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"bash", "busybox", "python3", "curl", "openssl"})
    void an_open_port_and_a_shut_one_are_told_apart_by_any_one_program(String program) throws IOException {
        try (ServerSocket open = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            List<Observation> seen = eyes(only(program))
                    .look(
                            List.of(
                                    Question.connect(door(open.getLocalPort()), false),
                                    Question.connect(door(1), false)),
                            Optional.empty());

            assertThat(finding(seen.get(0))).isInstanceOf(Finding.Well.class);
            assertThat(finding(seen.get(1)))
                    .isInstanceOfSatisfying(
                            Finding.Bad.class, bad -> assertThat(bad.trouble()).isEqualTo(Trouble.REFUSED));
        }
    }

    @Test
    void a_host_with_no_program_that_connects_says_that_it_could_not_look() throws IOException {
        assertThat(eyes(only("cat")).look(List.of(Question.connect(door(1), false)), Optional.empty()))
                .singleElement()
                .isInstanceOf(Observation.Unseen.class);
    }

    @Test
    void it_tells_what_listens_which_names_are_known_and_what_time_it_is() throws IOException {
        try (ServerSocket open = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Target nowhere = new Target.Backend(ID, "ldap", "nowhere.invalid", 389);
            List<Observation> seen = eyes(new LocalHost())
                    .look(
                            List.of(
                                    Question.listens(door(open.getLocalPort()), false),
                                    Question.listens(new Target.Door(ID, "10.1.2.3", open.getLocalPort()), false),
                                    Question.listens(door(1), false),
                                    Question.name(new Target.Backend(ID, "ldap", "localhost", 389)),
                                    Question.name(nowhere)),
                            Optional.of(ID));

            assertThat(finding(seen.get(0))).isInstanceOf(Finding.Well.class);
            assertThat(trouble(seen.get(1))).isEqualTo(Trouble.NOT_LISTENING);
            assertThat(trouble(seen.get(2))).isEqualTo(Trouble.NOT_LISTENING);
            assertThat(finding(seen.get(3))).isInstanceOf(Finding.Well.class);
            assertThat(trouble(seen.get(4))).isIn(Trouble.NAME_UNKNOWN, Trouble.NAMES_SILENT);
            assertThat(seen)
                    .anyMatch(each -> each instanceof Observation.Clock(ServerId _, Duration ahead)
                            && ahead.abs().compareTo(Duration.ofSeconds(30)) < 0)
                    .anyMatch(Observation.Busy.class::isInstance);
        }
    }

    @Test
    void a_host_that_cannot_be_reached_is_told_as_that() {
        Host gone = new Host() {
            @Override
            public Result run(String shellCommand, byte[] stdin, Duration limit) {
                return new Result.Unreachable("no way there");
            }

            @Override
            public InputStream follow(String shellCommand) {
                throw new UnsupportedOperationException("nothing is followed here");
            }

            @Override
            public void close() {}
        };

        assertThat(eyes(gone).look(List.of(Question.name(door(1))), Optional.empty()))
                .containsExactly(new Observation.Unseen(HERE, Observation.ANYTHING, "no way there"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "$(reboot)", "`id`", "a;b", "-x", "", "a|b"})
    void what_no_host_is_called_is_never_asked_about(String host) {
        assertThat(Question.fit(host)).isFalse();
    }

    private static HostEyes eyes(Host host) {
        return new HostEyes(host, HERE, Clock.systemUTC());
    }

    private static Target door(int port) {
        return new Target.Door(ID, "127.0.0.1", port);
    }

    private static Finding finding(Observation observation) {
        assertThat(observation).isInstanceOf(Looked.class);
        assertThat(((Looked) observation).step()).isIn(Step.CONNECT, Step.RESOLVE);
        return ((Looked) observation).finding();
    }

    private static Trouble trouble(Observation observation) {
        assertThat(finding(observation)).isInstanceOf(Finding.Bad.class);
        return ((Finding.Bad) finding(observation)).trouble();
    }

    /// This machine, as if of all programs that connect it had one alone.
    private Host only(String program) throws IOException {
        for (String each :
                List.of("sh", "cat", "cut", "tr", "grep", "sed", "head", "sort", "date", "timeout", "sleep", program)) {
            Path there = Path.of("/usr/bin", each);
            Assumptions.assumeTrue(Files.exists(there), () -> "SKIPPED: " + there + " is not there");
            Path link = folder.resolve(each);
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, there);
            }
        }
        return new Host() {
            @Override
            public Result run(String shellCommand, byte[] stdin, Duration limit) {
                return new LocalHost()
                        .run(
                                "PATH=" + folder + "; " + shellCommand.replace("PATH=$PATH:/usr/sbin:/sbin", ""),
                                stdin,
                                limit);
            }

            @Override
            public InputStream follow(String shellCommand) {
                throw new UnsupportedOperationException("nothing is followed here");
            }

            @Override
            public void close() {}
        };
    }
}
