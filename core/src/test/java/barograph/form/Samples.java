package barograph.form;

import barograph.change.ChangeFile;
import barograph.site.Kind;
import barograph.site.KindFile;
import barograph.site.ProbeKind;
import barograph.site.ProbeKind.Option;
import barograph.site.Site;
import barograph.site.SiteFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Kinds, probe protocols and good files that tests start from.
final class Samples {
    static final List<ProbeKind> PROTOCOLS = List.of(
            new ProbeKind(
                    "radius-pap",
                    1812,
                    List.of(
                            new Option("secret", true, true, "The secret that the server shares with this client."),
                            new Option("nas-identifier", false, false, "The name under which the probe asks."),
                            new Option("port", false, false, "Where this protocol is served."))),
            new ProbeKind(
                    "ldap-login",
                    389,
                    List.of(
                            new Option("base", true, false, "The entry below which users are searched for."),
                            new Option("bind-password", false, true, "The password of the account that searches."),
                            new Option("port", false, false, "Where this protocol is served."))));

    private static final Map<String, Kind> KINDS = readKinds();
    private static final Site SITE = good(readSite("site.yaml", bytes("site.yaml")));

    private Samples() {}

    static Map<String, Kind> kinds() {
        return KINDS;
    }

    private static Map<String, Kind> readKinds() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        for (String name : List.of("freeradius", "files")) {
            Kind kind = good(KindFile.read(name + ".yaml", bytes("kind-" + name + ".yaml")));
            kinds.put(kind.name(), kind);
        }
        return kinds;
    }

    static Site site() {
        return SITE;
    }

    static Read<Site> readSite(String name, byte[] yaml) {
        return SiteFile.read(name, yaml, kinds(), PROTOCOLS);
    }

    static List<Problem> problemsOfSite(byte[] yaml) {
        return problems(readSite("site.yaml", yaml));
    }

    static List<Problem> problemsOfChange(byte[] yaml) {
        return problems(ChangeFile.read("change.yaml", yaml, site()));
    }

    static List<Problem> problemsOfKind(byte[] yaml) {
        return problems(KindFile.read("kind.yaml", yaml));
    }

    static <T> List<Problem> problems(Read<T> read) {
        return switch (read) {
            case Read.Good<T>(T _) -> List.of();
            case Read.Bad<T>(List<Problem> problems) -> problems;
        };
    }

    static <T> T good(Read<T> read) {
        return switch (read) {
            case Read.Good<T>(T value) -> value;
            case Read.Bad<T>(List<Problem> problems) -> throw new AssertionError("not good: " + problems);
        };
    }

    static byte[] bytes(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("/barograph/samples/" + name)) {
            if (in == null) {
                throw new AssertionError("there is no sample " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }
}
