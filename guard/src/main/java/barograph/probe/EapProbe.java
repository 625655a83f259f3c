package barograph.probe;

import barograph.login.Step;
import barograph.probe.RadiusCodec.Reading;
import barograph.site.ProbeKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A login as a device makes it on a wireless or wired network: a password in a TLS tunnel, in RADIUS (EAP-TTLS,
/// RFC 5281; PEAP), by `eapol_test` of wpa_supplicant, which is what devices run.
///
/// The password is in a private file that lives as long as the attempt.
final class EapProbe implements Protocol {
    static final ProbeKind TTLS = kind("eap-ttls", "pap when not said, or mschapv2, mschap, chap.");
    static final ProbeKind PEAP = kind("eap-peap", "mschapv2 when not said, or gtc.");

    private static final String REMEDY = "apt-get install eapoltest, or build it from wpa_supplicant";

    private final Method method;

    EapProbe(Method method) {
        this.method = method;
    }

    /// The tunnel, and what may go through it.
    enum Method {
        TTLS,
        PEAP;

        private List<String> inner() {
            return switch (this) {
                case TTLS -> List.of("pap", "mschapv2", "mschap", "chap");
                case PEAP -> List.of("mschapv2", "gtc");
            };
        }
    }

    private static ProbeKind kind(String name, String inner) {
        return Options.kind(
                name,
                RadiusLine.PORT,
                List.of(
                        Options.required("ca", "The PEM file with the certificates to trust."),
                        Options.optional("server-name", "The name that the server's certificate must be for."),
                        Options.optional("inner", "How the password is proven within the tunnel: " + inner),
                        Options.optional(
                                "outer-user", "The name outside of the tunnel; the user's own when not said.")),
                RadiusLine.OPTIONS);
    }

    @Override
    public Answer login(Attempt attempt) throws Halt {
        Path tool = Program.find(attempt, "eapol_test", REMEDY);
        // Into a pipe it would write nothing until it ends, not even that it waits for a person.
        Path lines = Program.find(attempt, "stdbuf", "apt-get install coreutils");
        String inner = attempt.option("inner").orElse(method.inner().getFirst());
        if (!method.inner().contains(inner)) {
            throw attempt.misconfigured("its inner '" + inner + "' is none of: " + String.join(", ", method.inner()));
        }
        try (RadiusRelay relay = RadiusRelay.open(attempt)) {
            Path folder = Files.createTempDirectory("barograph-eap"); // private: mode 0700
            try {
                return run(
                        attempt,
                        relay,
                        command(attempt, List.of(lines.toString(), "-oL", tool.toString()), relay, folder, inner));
            } finally {
                remove(folder);
            }
        } catch (IOException e) {
            throw attempt.way().failed("no_private_file", "cannot write eapol_test's configuration: " + e.getMessage());
        }
    }

    private List<String> command(Attempt attempt, List<String> tool, RadiusRelay relay, Path folder, String inner)
            throws IOException {
        Path authorities = write(folder.resolve("ca.pem"), attempt.required("ca"));
        Path configuration = write(folder.resolve("eapol.conf"), configuration(attempt, inner, authorities));
        // It signs with a secret that is none; see RadiusRelay.
        List<String> options = List.of(
                "-c" + configuration,
                "-a127.0.0.1",
                "-p" + relay.port(),
                "-n",
                "-t" + Math.max(1, attempt.way().left().toSeconds() + 1));
        return Stream.concat(tool.stream(), options.stream()).toList();
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    private static void remove(Path folder) throws IOException {
        for (String name : List.of("eapol.conf", "ca.pem")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.delete(folder);
    }

    /// What a person wrote is in hexadecimal: a quote in a password would end the value.
    private String configuration(Attempt attempt, String inner, Path authorities) {
        String user = attempt.probe().user();
        String outer = attempt.option("outer-user").orElse(user);
        StringBuilder text = new StringBuilder("network={\n key_mgmt=WPA-EAP\n eap=")
                .append(method)
                .append("\n identity=")
                .append(hex(user))
                .append("\n anonymous_identity=")
                .append(hex(outer))
                .append("\n password=")
                .append(hex(attempt.password()))
                .append("\n ca_cert=\"")
                .append(authorities)
                .append("\"\n phase2=\"auth=")
                .append(inner.toUpperCase(Locale.ROOT))
                .append("\"\n");
        attempt.option("server-name")
                .ifPresent(
                        name -> text.append(" domain_match=").append(hex(name)).append('\n'));
        return text.append("}\n").toString();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer run(Attempt attempt, RadiusRelay relay, List<String> command) throws Halt {
        Way way = attempt.way();
        way.reach(Step.TLS);
        try (Program program = Program.start(attempt, command, Map.of(), "")) {
            relay.run(() -> program.isRunning() && !EapWords.asksAgain(program.output()), () -> {
                if (way.step() == Step.TLS && EapWords.tunnelStands(program.output())) {
                    way.reach(Step.AUTHENTICATE);
                }
            });
            if (way.isOver()) {
                relay.last(); // tells silence from the start
                throw way.unanswered("the login did not come to an end");
            }
            Reading.Genuine last = relay.last();
            if (EapWords.asksAgain(program.output())) {
                throw askedAgain(way, program.output());
            }
            return judge(attempt, last, program.await(), program.output());
        }
    }

    /// A device asks its user for another password now; a probe does not guess.
    private static Halt askedAgain(Way way, String output) {
        Optional<MschapError> inner = EapWords.innerError(output);
        return inner.isPresent()
                ? way.rejected(inner.get().reason(), inner.get().said())
                : way.failed("challenged", "the server wants more than a password: " + EapWords.lastWords(output));
    }

    private static Answer judge(Attempt attempt, Reading.Genuine last, int status, String output) throws Halt {
        Way way = attempt.way();
        way.showed(EapWords.certificate(output));
        Optional<EapWords.Trouble> trouble = EapWords.certificateTrouble(output);
        if (trouble.isPresent()) {
            throw way.failed(trouble.get().reason(), trouble.get().said());
        }
        if (last.code() == RadiusCodec.ACCESS_REJECT) {
            throw rejected(attempt, last, output);
        }
        if (last.code() != RadiusCodec.ACCESS_ACCEPT) {
            throw way.failed("challenged", "it ended before the server said yes or no: " + EapWords.lastWords(output));
        }
        if (status != 0) {
            throw way.failed(
                    "server_unproven",
                    "accepted, but the device does not believe the server: " + EapWords.lastWords(output));
        }
        Answer answer = RadiusLine.answer(attempt, last);
        return RadiusRelay.hasKeys(last)
                ? answer
                : new Answer(false, "accepted without keys for the air (MS-MPPE-Recv-Key)", answer.reply());
    }

    private static Halt rejected(Attempt attempt, Reading.Genuine last, String output) {
        Way way = attempt.way();
        Optional<MschapError> inner = EapWords.innerError(output);
        if (inner.isPresent()) {
            return way.rejected(inner.get().reason(), inner.get().said());
        }
        if (way.step() == Step.TLS) {
            return Stream.of(
                            EapWords.alert(output),
                            Optional.of(new EapWords.Trouble(
                                    "no_tunnel", "the server rejected it before there was a tunnel")))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .map(found -> way.failed(found.reason(), found.said()))
                    .orElseThrow();
        }
        return RadiusLine.rejected(attempt, last);
    }
}
