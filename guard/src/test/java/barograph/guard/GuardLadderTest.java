package barograph.guard;

import static barograph.guard.GuardScriptTest.put;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.Edit;
import barograph.host.Await;
import barograph.host.RealSshd;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.lease.Receipt.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The guard is killed with SIGKILL before a command that it runs, at one command after the other; once it has run
/// again the folder is all old or all new, to the last fact.
///
/// Every tool that the guard finds in its `PATH` is a small script that counts, and at the chosen count kills the guard
/// (or its timer) that called it, with all shells in between. `-Dladder.stride=1` climbs every rung; otherwise every
/// 23rd is taken, from a start that changes with `-Dseed`.
final class GuardLadderTest {
    private static final Edit EDIT = new Edit.Overlay(
            List.of(put("conf", "new\n"), put("new/deep/file", "new\n"), put("one", "unlinked\n")),
            List.of("gone", "sub/gone"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    Den den;

    private final int stride = Integer.getInteger("ladder.stride", 23);
    private final long seed = Long.getLong("seed", System.nanoTime() & 0xffff);

    @BeforeEach
    void open() throws IOException {
        den = new Den(folder.resolve("den"), Shell.valueOf(System.getProperty("ladder.shell", "DASH")));
        den.sh("""
                echo old >conf; echo gone >gone; mkdir sub empty; echo s >sub/gone; echo o >one; ln one sub/two
                ln one three; ln -s conf link; setfattr -n user.a -v b conf; setfacl -m u:65534:r sub/gone
                touch -d '2001-02-03 04:05:06.123456789' conf sub . ; echo k >$'odd\\nname'
                """);
        den.snapshot();
    }

    @AfterEach
    void close() {
        den.close();
    }

    /// Puts a counting script in front of each tool.
    private void armTheTools() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        Files.writeString(tools.resolve(".rung"), """
                #!/bin/dash
                tool=${0##*/}
                PATH=${PATH#*/tools:}
                if [ -e "$LADDER/limit" ]; then
                  printf x >>"$LADDER/count"
                  if [ "$(/usr/bin/stat -c %s "$LADDER/count")" -ge "$(/bin/cat "$LADDER/limit")" ] &&
                    /bin/mkdir "$LADDER/once" 2>/dev/null; then
                    each=$PPID chain=
                    while [ "$each" -gt 1 ]; do
                      line=$(tr '\\0' ' ' </proc/"$each"/cmdline)
                      case $line in *guard.sh*) chain="$each $chain" ;; esac
                      case $line in *'guard.sh watch '*) break ;; esac
                      read -r _ _ _ each _ </proc/"$each"/stat
                    done
                    echo "$tool $*" >>"$LADDER/killed"
                    kill -9 $chain
                    exit 137
                  fi
                fi
                exec env PATH="$LADDER/tools:$PATH" "$(command -v "$tool")" "$@"
                """);
        RealSshd.exec("chmod", "755", tools.resolve(".rung").toString());
        for (String tool :
                "awk cat chmod chown cp cut find flock grep head id mkdir mv rm rmdir sed setsid sha256sum sleep"
                        .concat(" sort stat sync tail tar timeout touch tr uniq wc xargs getfattr patch")
                        .split(" ", -1)) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of(".rung"));
        }
        den.set("LADDER", folder.toString());
        den.set("PATH", den.folder.resolve("bin") + ":" + tools + ":" + System.getenv("PATH"));
    }

    private interface Rung {
        /// One order is sent with the kill ahead, and then the host is made to run the guard again.
        void climb() throws IOException;
    }

    /// Climbs until the order gets through without meeting its kill.
    private void ladder(Rung rung) throws IOException {
        armTheTools();
        RealSshd.exec(
                "cp", "-a", den.folder.toString(), folder.resolve("template").toString());
        int rungs = 0;
        for (int at = 1 + new Random(seed).nextInt(stride); ; at += stride) {
            den.killAll();
            RealSshd.exec(
                    "rm",
                    "-rf",
                    den.folder.toString(),
                    folder.resolve("count").toString(),
                    folder.resolve("once").toString(),
                    folder.resolve("killed").toString());
            RealSshd.exec("cp", "-a", folder.resolve("template").toString(), den.folder.toString());
            Files.writeString(folder.resolve("limit"), Integer.toString(at));
            try {
                rung.climb();
            } catch (AssertionError e) {
                throw new AssertionError("killed before command " + at + " (" + killed() + "), -Dseed=" + seed, e);
            }
            Files.deleteIfExists(folder.resolve("limit"));
            if (killed().isEmpty()) {
                assertThat(rungs).as("kills").isPositive();
                return;
            }
            rungs++;
        }
    }

    private String killed() throws IOException {
        Path killed = folder.resolve("killed");
        return Files.exists(killed) ? Files.readString(killed).strip() : "";
    }

    private void noMoreKills() throws IOException {
        Files.deleteIfExists(folder.resolve("limit"));
    }

    private void send(Order order) throws IOException {
        OrderText text = OrderText.of(den.server(), order);
        den.run(text.text(), text.verb(), "radius-1", Den.CHANGE.value());
    }

    private State settled() throws IOException {
        Await.that(Den.SOON, "it comes to rest", () -> {
            State state = den.look().state();
            return state != State.APPLYING && state != State.ROLLING_BACK;
        });
        return den.look().state();
    }

    @Test
    void an_apply_that_is_killed_leaves_all_old_or_all_new() throws IOException {
        Facts old = den.facts();
        String fresh = content(den);

        ladder(() -> {
            send(Den.applying(EDIT, Duration.ofMinutes(5)));
            noMoreKills();

            State state = settled();

            if (state == State.APPLIED) {
                assertThat(content(den)).isNotEqualTo(fresh).isEqualTo(newContent());
            } else {
                assertThat(state).isIn(State.SNAPPED, State.ROLLED_BACK);
                assertThat(den.send(new Order.RollBack(Den.CHANGE))).isInstanceOf(Receipt.RolledBack.class);
                assertThat(den.facts()).isEqualTo(old);
            }
        });
    }

    @Test
    void a_rollback_that_is_killed_is_finished() throws IOException {
        Facts old = den.facts();
        den.apply(EDIT);
        den.sh("echo by hand >byhand");

        ladder(() -> {
            send(new Order.RollBack(Den.CHANGE));
            noMoreKills();

            State state = settled();

            if (state == State.APPLIED) {
                assertThat(content(den)).contains("byhand").contains("./conf new");
                den.rollBack();
            }
            assertThat(den.facts()).isEqualTo(old);
            assertThat(den.rollBack()).isInstanceOfSatisfying(Receipt.RolledBack.class, back -> {
                assertThat(back.byteExact()).isTrue();
                assertThat(back.keptAside())
                        .allSatisfy(kept -> assertThat(Path.of(kept)).hasContent("by hand"));
                assertThat(back.keptAside()).isNotEmpty();
            });
        });
    }

    @Test
    void a_timer_that_is_killed_while_it_rolls_back_is_finished_by_the_next_guard() throws IOException {
        Facts old = den.facts();
        den.apply(EDIT, Duration.ofMinutes(5));
        den.set("BAROGRAPH_BOOT_ID", "another boot");

        ladder(() -> {
            den.run(new byte[0], "boot");
            noMoreKills();

            den.awaitRolledBack();
            assertThat(den.facts()).isEqualTo(old);
        });
    }

    @Test
    void a_confirm_that_is_killed_confirms_or_does_not() throws IOException {
        den.apply(EDIT);
        String applied = content(den);

        ladder(() -> {
            send(new Order.Confirm(Den.CHANGE, Den.DIGEST));
            noMoreKills();

            assertThat(settled()).isIn(State.APPLIED, State.CONFIRMED);
            assertThat(content(den)).isEqualTo(applied);
            assertThat(den.send(new Order.Confirm(Den.CHANGE, Den.DIGEST))).isInstanceOf(Receipt.Confirmed.class);
            assertThat(content(den)).isEqualTo(applied);
            assertThat(den.root.resolve(".barograph-stage")).doesNotExist();
        });
    }

    @Test
    void a_snapshot_that_is_killed_can_be_taken_again() throws IOException {
        Facts old = den.facts();
        den.rollBack();

        ladder(() -> {
            send(new Order.Snapshot(Den.CHANGE));
            noMoreKills();

            assertThat(den.facts()).isEqualTo(old);
            assertThat(den.snapshot()).isInstanceOf(Receipt.Snapped.class);
            assertThat(den.apply(EDIT)).isInstanceOf(Receipt.Applied.class);
            assertThat(den.rollBack()).isInstanceOf(Receipt.RolledBack.class);
            assertThat(den.facts()).isEqualTo(old);
        });
    }

    /// Names and contents, without the guard's own stage.
    private static String content(Den den) throws IOException {
        return RealSshd.exec("bash", "-c", """
                cd "$0"; find . -name .barograph-stage -prune -o -type f -print0 | sort -z |
                while IFS= read -r -d '' name; do printf '%q ' "$name"; cat -- "$name"; done
                """, den.root.toString());
    }

    private static String newContent() {
        return """
                ./conf new
                ./new/deep/file new
                $'./odd\\nname' k
                ./one unlinked
                ./sub/two o
                ./three o
                """;
    }
}
