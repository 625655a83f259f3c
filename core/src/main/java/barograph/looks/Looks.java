package barograph.looks;

import barograph.change.Diff;
import barograph.change.Diff.FileDiff;
import barograph.change.Edit;
import barograph.change.Edit.Put;
import barograph.site.Look;
import barograph.site.ShellPattern;
import com.google.re2j.Pattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Looks at a change before anybody tries it.
///
/// Secrets are hidden in the diff that is read, so no remark can hold one.
public final class Looks {
    private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----");

    private Looks() {}

    /// What catches the eye, the heaviest first; each rule speaks once for a file.
    ///
    /// @param rules of the kinds of servers that get the change
    /// @param diff of the edit, secrets hidden
    /// @param live the content that a path below the configuration root has now; absent where no file is there
    public static List<Remark> at(
            Edit edit, Diff diff, Function<String, Optional<byte[]>> live, List<Look> rules, Instant now) {
        Set<Remark> remarks = new HashSet<>();
        for (FileDiff file : diff.files()) {
            Touched touched = Touched.of(file);
            rules.stream()
                    .filter(rule -> touched.fits(rule))
                    .forEach(rule -> remarks.add(new Remark(file.path(), rule.says(), rule.source(), rule.weight())));
        }
        if (edit instanceof Edit.Overlay(List<Put> puts, List<String> _)) {
            for (Put put : puts) {
                Optional<byte[]> before = live.apply(put.path());
                remarks.addAll(new CertificateLook(put.path(), now).at(before, put.content()));
                remarks.addAll(ofKey(put, before.isEmpty()));
            }
        }
        return remarks.stream()
                .sorted(Comparator.comparingDouble(Remark::weight)
                        .reversed()
                        .thenComparing(Remark::path)
                        .thenComparing(Remark::words))
                .toList();
    }

    /// A file that is there already keeps its owner and mode, so only a new one can be a surprise.
    private static List<Remark> ofKey(Put put, boolean fresh) {
        String text = new String(put.content(), java.nio.charset.StandardCharsets.ISO_8859_1);
        if (!fresh || !PRIVATE_KEY.matcher(text).find()) {
            return List.of();
        }
        String mode = "%04o".formatted(put.mode());
        if ((put.mode() & 0077) == 0) {
            return List.of(new Remark(
                    put.path(),
                    "a new private key that its owner alone may read (mode " + mode
                            + "): a server that has given up root by the time it reads the key does not start with it,"
                            + " mostly at its next restart",
                    "the guard gives a new file the owner of its folder; FreeRADIUS, slapd and others drop root before "
                            + "they read keys",
                    0.8));
        }
        return (put.mode() & 0007) == 0
                ? List.of()
                : List.of(new Remark(
                        put.path(),
                        "a new private key that everybody on the host may read (mode " + mode
                                + "): sshd and krb5 refuse such keys, and other servers should",
                        "sshd(8): host keys must not be accessible by others",
                        0.4));
    }

    /// One file of the diff, as lines that come in and go out.
    ///
    /// @param gone whether the file is taken out
    private record Touched(String path, List<String> in, List<String> out, boolean gone, boolean same) {
        static Touched of(FileDiff file) {
            return switch (file) {
                case FileDiff.Text(String path, List<String> lines) -> {
                    List<String> in = new ArrayList<>();
                    List<String> out = new ArrayList<>();
                    int names = 0;
                    boolean gone = false;
                    for (String line : lines) {
                        if (names < 2 && (line.startsWith("--- ") || line.startsWith("+++ "))) {
                            names++;
                            gone |= line.equals("+++ /dev/null");
                        } else if (line.startsWith("+")) {
                            in.add(line.substring(1));
                        } else if (line.startsWith("-")) {
                            out.add(line.substring(1));
                        }
                    }
                    yield new Touched(path, in, out, gone, false);
                }
                case FileDiff.Bytes(String path, var _, Optional<Integer> after) ->
                    new Touched(path, List.of(), List.of(), after.isEmpty(), false);
                case FileDiff.Same(String path) -> new Touched(path, List.of(), List.of(), false, true);
            };
        }

        boolean fits(Look rule) {
            boolean named = rule.files().stream()
                    .anyMatch(pattern -> ShellPattern.of(pattern).matcher(path).matches());
            if (!named || same || (rule.gone() && !gone)) {
                return false;
            }
            boolean none = rule.adds().isEmpty()
                    && rule.drops().isEmpty()
                    && rule.touches().isEmpty();
            return none
                    || any(rule.adds(), in)
                    || any(rule.drops(), out)
                    || any(rule.touches(), in)
                    || any(rule.touches(), out);
        }

        private static boolean any(Optional<Pattern> pattern, List<String> lines) {
            return pattern.isPresent()
                    && lines.stream()
                            .anyMatch(line -> pattern.get().matcher(line).find());
        }
    }
}
