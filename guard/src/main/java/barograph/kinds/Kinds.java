package barograph.kinds;

import static java.nio.charset.StandardCharsets.UTF_8;

import barograph.form.Problem;
import barograph.form.Read;
import barograph.logs.Grammars;
import barograph.site.Kind;
import barograph.site.KindFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The kinds of server that Barograph brings.
public final class Kinds {
    /// A new one is its file in `barograph/kinds` among the resources, and its name here.
    private static final List<String> BUILT_IN = List.of(
            "freeradius",
            "slapd",
            "slapd-config",
            "dovecot",
            "sshd",
            "nginx",
            "haproxy",
            "krb5kdc",
            "keycloak",
            "files");

    private static final String PRELUDE = new String(resource("prelude.sh"), UTF_8);

    private Kinds() {}

    /// Shell functions that the commands of kinds and servers may call; it goes before each of them.
    public static String prelude() {
        return PRELUDE;
    }

    /// @return by their names
    public static Map<String, Kind> builtIn() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        for (String name : BUILT_IN) {
            switch (KindFile.read(name + ".yaml", resource(name + ".yaml"))) {
                case Read.Good<Kind>(Kind kind) -> kinds.put(kind.name(), kind);
                case Read.Bad<Kind>(List<Problem> problems) ->
                    throw new IllegalStateException("the built-in kind " + name + " is bad: " + problems);
            }
        }
        return Collections.unmodifiableMap(kinds);
    }

    /// The grammars that logs may be read with, by their names.
    public static Map<String, Grammars.Opening> grammars(Collection<Kind> kinds) {
        Map<String, Grammars.Opening> grammars = new TreeMap<>();
        Grammars.NAMES.forEach(name -> Grammars.named(name).ifPresent(opening -> grammars.put(name, opening)));
        for (Kind kind : kinds) {
            kind.log().ifPresent(log -> Grammars.of(log).ifPresent(opening -> grammars.put(log.grammar(), opening)));
        }
        return grammars;
    }

    private static byte[] resource(String name) {
        try (InputStream in = Kinds.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not among the resources");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
