package barograph.vantage;

import barograph.diagnosis.ChangedFile;
import barograph.diagnosis.Diagnosis;
import barograph.diagnosis.Facts;
import barograph.diagnosis.Observation;
import barograph.diagnosis.Observation.Phase;
import barograph.diagnosis.Observation.Tried;
import barograph.host.Host;
import barograph.host.LocalHost;
import barograph.host.Result;
import barograph.kinds.Kinds;
import barograph.probe.Probes;
import barograph.probe.RadiusPulse;
import barograph.rollout.EventJson;
import barograph.secrets.Secrets;
import barograph.site.At;
import barograph.site.Kind;
import barograph.site.ServerId;
import barograph.site.Site;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// A controller that is a process of its own, in a namespace of its own, with the lab's name server beside it.
///
/// For each line that it reads, `SERVER PATH LINE`, it says why logins fail at that server, where the change touched a
/// line of that file: one line of JSON. It remembers how the probes ended the first time, when all was well.
final class NetController {
    private static final ExecutorService WORKERS = Executors.newVirtualThreadPerTaskExecutor();

    private final Site site;
    private final SiteDiagnostician diagnostician;
    private final Map<String, Observation> before = new TreeMap<>();

    /// @param spaces the namespace behind each address
    private NetController(Path folder, List<Integer> ports, Map<String, String> spaces) {
        site = new NetSite(folder, ports).site();
        Secrets secrets = new Secrets(folder);
        diagnostician = new SiteDiagnostician(
                at -> at instanceof At.Ssh(String _, String host, int _)
                        ? new Namespace(spaces.getOrDefault(host, "none"))
                        : new LocalHost(),
                Kinds.builtIn().values().stream().collect(Collectors.toMap(Kind::name, Kind::clues)),
                new Probes(secrets, Clock.systemUTC(), new SecureRandom()),
                Optional.of(new RadiusPulse(secrets, new SecureRandom())),
                new SiteDiagnostician.Hands(Clock.systemUTC(), WORKERS));
    }

    /// @param args the folder; the three ports; the three namespaces
    public static void main(String[] args) throws IOException {
        Thread.ofVirtual().start(NetController::nameServer);
        NetController controller = new NetController(
                Path.of(args[0]),
                Arrays.stream(args[1].split(",", -1)).map(Integer::valueOf).toList(),
                Map.of("10.77.2.2", args[2], "10.77.3.2", args[3], "10.77.4.2", args[4]));
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", 3);
                System.out.println(controller.answer(new ServerId(words[0]), words[1], words[2]));
            }
        }
    }

    private String answer(ServerId server, String path, String changed) {
        Set<ServerId> beside = server.equals(NetSite.CHANGED) ? Set.of(NetSite.UNCHANGED) : Set.of();
        List<Observation> looks = new ArrayList<>(
                diagnostician.look(site, server, beside, Instant.now().minusSeconds(5)));
        if (path.equals("-")) {
            looks.forEach(look -> {
                if (look instanceof Tried(Phase _, var trial, String via) && trial.asExpected()) {
                    before.put(trial.server() + " " + trial.probe(), new Tried(Phase.BEFORE, trial, via));
                }
            });
        }
        looks.addAll(before.values());
        return EventJson.tree(Diagnosis.of(
                        looks,
                        new Facts(
                                server,
                                Set.of(server),
                                Optional.of(new Facts.Changed(
                                        "change",
                                        List.of(new ChangedFile(path, List.of(changed))),
                                        Facts.Onset.UNTOLD,
                                        Facts.Rehearsed.NOT)))))
                .toString();
    }

    /// Knows one name.
    private static void nameServer() {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("0.0.0.0", 53))) {
            byte[] room = new byte[512];
            while (true) {
                DatagramPacket packet = new DatagramPacket(room, room.length);
                socket.receive(packet);
                byte[] answer = resolve(Arrays.copyOf(room, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// RFC 1035 §4.1: the question comes back, and behind it the address where one is asked for.
    private static byte[] resolve(byte[] question) {
        int end = 12;
        StringBuilder name = new StringBuilder();
        while (question[end] != 0) {
            name.append(new String(question, end + 1, question[end], StandardCharsets.US_ASCII))
                    .append('.');
            end += question[end] + 1;
        }
        boolean known = name.toString().equals(NetSite.DIRECTORY_NAME + ".");
        boolean ofFour = question[end + 2] == 1;
        ByteBuffer answer = ByteBuffer.allocate(512);
        answer.put(question, 0, 2)
                .putShort((short) (known ? 0x8580 : 0x8583))
                .putShort((short) 1)
                .putShort((short) (known && ofFour ? 1 : 0))
                .putInt(0)
                .put(question, 12, end + 5 - 12);
        if (known && ofFour) {
            answer.putShort((short) 0xc00c)
                    .putShort((short) 1)
                    .putShort((short) 1)
                    .putInt(0)
                    .putShort((short) 4);
            for (String part : NetSite.DIRECTORY_AT.split("\\.", -1)) {
                answer.put((byte) Integer.parseInt(part));
            }
        }
        return Arrays.copyOf(answer.array(), answer.position());
    }

    /// Another namespace of this machine, as if it were reached by a line that no fault touches.
    private record Namespace(String name) implements Host {
        @Override
        public Result run(String shellCommand, byte[] stdin, Duration limit) {
            return new LocalHost()
                    .run("exec ip netns exec " + name + " sh -c " + Host.quote(shellCommand), stdin, limit);
        }

        @Override
        public InputStream follow(String shellCommand) {
            throw new UnsupportedOperationException("nothing is followed here");
        }

        @Override
        public void close() {}
    }
}
