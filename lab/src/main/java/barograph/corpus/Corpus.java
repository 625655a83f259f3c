package barograph.corpus;

import barograph.form.Problem;
import barograph.form.Read;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// All stands and the changes to them.
public final class Corpus {
    /// A stand for a further kind is its file beside these, and its name here.
    private static final List<String> FILES =
            List.of("freeradius", "slapd", "dovecot", "sshd", "pam", "nginx", "haproxy", "krb5kdc");

    private Corpus() {}

    /// Those that Barograph brings.
    public static List<Stand> builtIn() {
        List<Stand> stands = new ArrayList<>();
        for (String name : FILES) {
            String file = name + ".yaml";
            try (InputStream in = Corpus.class.getResourceAsStream(file)) {
                if (in == null) {
                    throw new IllegalStateException(file + " is not among the resources");
                }
                stands.add(read(file, in.readAllBytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return stands;
    }

    /// Those of a folder, in the order of their names.
    ///
    /// @throws IllegalArgumentException with every problem of a file
    public static List<Stand> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Stand> stands = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                stands.add(read(file.toString(), Files.readAllBytes(file)));
            }
            return stands;
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be read", e);
        }
    }

    private static Stand read(String file, byte[] yaml) {
        return switch (CorpusFile.read(file, yaml)) {
            case Read.Good<Stand>(Stand stand) -> stand;
            case Read.Bad<Stand>(List<Problem> problems) ->
                throw new IllegalArgumentException(String.join(
                        "\n", problems.stream().map(Problem::toString).toList()));
        };
    }
}
