package barograph.guard;

import barograph.host.RealSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Stands in front of every tool that a guard finds in its `PATH`: a small script that counts, and at the chosen count
/// deals its blow.
///
/// A guard's effects are made by its tools; what the shell writes itself is put in place by `mv`. So a kill before each
/// tool in turn is a kill between any two effects.
final class Rungs {
    static final List<String> TOOLS =
            List.of("awk cat chmod chown cp find flock grep id mkdir mv rm rmdir sed setsid sha256sum sleep"
                    .concat(" sort stat sync tail tar timeout touch tr uniq wc xargs getfattr patch")
                    .split(" ", -1));

    /// What happens before the chosen command.
    enum Blow {
        /// SIGKILL for the guard (or its timer) that calls, and all shells in between.
        KILL("""
                each=$PPID chain=
                while [ "$each" -gt 1 ]; do
                  line=$(/usr/bin/tr '\\0' ' ' </proc/"$each"/cmdline)
                  case $line in *guard.sh*) chain="$each $chain" ;; esac
                  case $line in *'guard.sh watch '*) break ;; esac
                  read -r _ _ _ each _ </proc/"$each"/stat
                done
                kill -9 $chain
                exit 137"""),
        /// The command itself fails without having done a thing.
        FAIL("""
                echo "${0##*/}: Input/output error" >&2
                exit 1""");

        private final String script;

        Blow(String script) {
            this.script = script;
        }
    }

    private final Path folder;

    /// @param folder where the tools and the counts are put
    Rungs(Path folder) {
        this.folder = folder;
    }

    /// Puts the scripts in front of the den's tools.
    void arm(Den den, Blow blow) throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : TOOLS) {
            String real = RealSshd.exec("sh", "-c", "command -v " + tool).strip();
            Path script = Files.writeString(tools.resolve(tool), """
                    #!/bin/dash
                    if [ -e '%1$s/limit' ]; then
                      printf x >>'%1$s/count'
                      read -r limit <'%1$s/limit'; IFS= read -r count <'%1$s/count'
                      if [ "${#count}" -ge "${limit:-999999}" ] && /bin/mkdir '%1$s/once' 2>/dev/null; then
                        echo "${0##*/} $*" >>'%1$s/struck'
                    %3$s
                      fi
                    fi
                    exec %2$s "$@"
                    """.formatted(folder, real, blow.script));
            RealSshd.exec("chmod", "755", script.toString());
        }
        den.set("PATH", den.folder.resolve("bin") + ":" + tools + ":" + System.getenv("PATH"));
    }

    /// The blow falls before the `count`-th command from now on.
    void strikeAt(int count) throws IOException {
        for (String each : List.of("limit", "count", "once", "struck")) {
            Files.deleteIfExists(folder.resolve(each));
        }
        Files.writeString(folder.resolve("limit"), count + "\n");
    }

    /// No blow falls from now on.
    void disarm() throws IOException {
        Files.deleteIfExists(folder.resolve("limit"));
    }

    /// How many commands were run since [#strikeAt], until [#disarm].
    int met() throws IOException {
        return (int) Files.size(folder.resolve("count"));
    }

    /// The command that met the blow, with its arguments; empty when none did.
    String struck() throws IOException {
        Path struck = folder.resolve("struck");
        return Files.exists(struck) ? Files.readString(struck).strip() : "";
    }
}
