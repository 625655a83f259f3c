package barograph.guard;

import static barograph.guard.GuardScriptTest.put;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.Edit;
import barograph.guard.Rungs.Blow;
import barograph.host.Await;
import barograph.host.RealSshd;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.lease.Receipt.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The guard is killed with SIGKILL before a command that it runs, at one command after the other, or that command
/// fails; once it has run again the folder is all old or all new, to the last fact, and what it answered is true.
///
/// One shell, every 97th rung, and one of each verb at least; which ones changes with `-Dseed`. The whole table, all
/// shells and every rung (hours): `-Dladder.stride=1`; a part of it: `-Dladder.shell=DASH -Dladder.blows=KILL`.
final class GuardLadderTest {
    private static final Edit EDIT = new Edit.Overlay(
            List.of(put("conf", "new\n"), put("new/deep/file", "new\n"), put("one", "unlinked\n")),
            List.of("gone", "sub/gone"));

    private static final int STRIDE = Integer.getInteger("ladder.stride", 97);
    private static final long SEED = Long.getLong("seed", System.nanoTime() & 0xffff);
    private static final List<Blow> BLOWS = Arrays.stream(
                    System.getProperty("ladder.blows", "KILL,FAIL").split(",", -1))
            .map(Blow::valueOf)
            .toList();
    private static final List<String> TABLE = new ArrayList<>();
    private static int cases;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    Den den;

    @SuppressWarnings("NullAway.Init")
    Rungs rungs;

    static List<Shell> shells() {
        String named = System.getProperty("ladder.shell");
        if (named != null) {
            return List.of(Shell.valueOf(named));
        }
        List<Shell> all = List.of(Shell.values());
        return STRIDE == 1 ? all : List.of(all.get((int) (SEED % all.size())));
    }

    private void open(Shell shell) throws IOException {
        den = new Den(folder.resolve("den"), shell);
        rungs = new Rungs(folder);
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

    @AfterAll
    static void tell() {
        System.out.println("GuardLadderTest -Dseed=" + SEED + " -Dladder.stride=" + STRIDE + ": " + cases + " cases");
        TABLE.forEach(System.out::println);
    }

    private interface Rung {
        /// One order is sent with the blow ahead, and then the host is made to run the guard again.
        void climb() throws IOException;
    }

    /// Counts the rungs, and then climbs them with each blow; one that breaks does not end the climb.
    private void ladder(String verb, Shell shell, Rung rung) throws IOException {
        Path template = folder.resolve("template");
        RealSshd.exec("cp", "-a", den.folder.toString(), template.toString());
        rungs.arm(den, Blow.KILL);
        begin(template, Integer.MAX_VALUE);
        rung.climb();
        int commands = rungs.met();
        int stride = Math.min(STRIDE, commands);
        Random random = new Random(SEED);
        List<String> broken = new ArrayList<>();
        for (Blow blow : BLOWS) {
            rungs.arm(den, blow);
            int climbed = 0;
            int before = broken.size();
            boolean struck = true;
            // a timer's commands are not as many every time: the whole ladder is climbed to its end
            for (int at = 1 + random.nextInt(stride); at <= commands || (stride == 1 && struck); at += stride) {
                begin(template, at);
                String name = "%s under %s, %s before command %d, -Dseed=%d".formatted(verb, shell, blow, at, SEED);
                strike(rung).ifPresent(what -> broken.add(name + " " + what));
                struck = !rungs.struck().isEmpty();
                climbed += struck ? 1 : 0;
            }
            cases += climbed;
            TABLE.add("%-8s | %-7s | %-4s | %4d of %3d rungs | %d broken"
                    .formatted(verb, shell, blow, climbed, commands, broken.size() - before));
        }
        assertThat(broken).isEmpty();
    }

    /// A blow falls at a rung, with everything as the template has it, and no timer.
    private void begin(Path template, int at) throws IOException {
        den.killAll();
        RealSshd.exec("rm", "-rf", den.folder.toString());
        RealSshd.exec("cp", "-a", template.toString(), den.folder.toString());
        rungs.strikeAt(at);
    }

    /// Climbs one rung, and says what broke.
    private Optional<String> strike(Rung rung) throws IOException {
        try {
            rung.climb();
            return Optional.empty();
        } catch (AssertionError | UncheckedIOException e) {
            return Optional.of("(" + rungs.struck() + "): " + e.getMessage());
        } finally {
            rungs.disarm();
        }
    }

    /// What the guard answers, if it lives to answer.
    private Optional<Receipt> send(Order order) throws IOException {
        OrderText text = OrderText.of(den.server(), order);
        Optional<Receipt> receipt = ReceiptText.read(den.run(text.text(), text.verb(), "radius-1", Den.CHANGE.value()));
        rungs.disarm();
        return receipt;
    }

    private State settled() throws IOException {
        State[] last = new State[1];
        Await.that(Den.SOON, "it comes to rest", () -> {
            last[0] = den.look().state();
            return last[0] != State.APPLYING && last[0] != State.ROLLING_BACK;
        });
        return last[0];
    }

    /// The guard's timer runs, and so the lease will end.
    private void timed() throws IOException {
        Path watch = den.state.resolve("radius-1/watch");
        String held = RealSshd.exec("sh", "-c", "flock -n '" + watch + "' true && echo free || echo held");
        assertThat(held.strip()).isEqualTo("held");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void an_apply_that_is_struck_leaves_all_old_or_all_new(Shell shell) throws IOException {
        open(shell);
        Facts old = den.facts();

        ladder("apply", shell, () -> {
            Optional<Receipt> receipt = send(Den.applying(EDIT, Duration.ofMinutes(5)));
            State state = settled();

            receipt.ifPresent(said -> assertThat(said instanceof Receipt.Applied)
                    .as("it said %s", said)
                    .isEqualTo(state == State.APPLIED));
            if (state == State.APPLIED) {
                assertThat(content(den)).isEqualTo(newContent());
                timed();
            } else {
                assertThat(state).isIn(State.SNAPPED, State.ROLLED_BACK);
            }
            assertThat(den.send(new Order.RollBack(Den.CHANGE))).isInstanceOf(Receipt.RolledBack.class);
            assertThat(den.facts()).isEqualTo(old);
        });
    }

    @ParameterizedTest
    @MethodSource("shells")
    void a_rollback_that_is_struck_is_finished(Shell shell) throws IOException {
        open(shell);
        Facts old = den.facts();
        den.apply(EDIT);
        den.sh("echo by hand >byhand");

        ladder("rollback", shell, () -> {
            send(new Order.RollBack(Den.CHANGE));

            if (settled() == State.APPLIED) {
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

    @ParameterizedTest
    @MethodSource("shells")
    void a_boot_that_is_struck_is_finished_by_the_next_guard(Shell shell) throws IOException {
        open(shell);
        Facts old = den.facts();
        den.apply(EDIT, Duration.ofMinutes(5));
        den.set("BAROGRAPH_BOOT_ID", "another boot");

        ladder("boot", shell, () -> {
            den.run(new byte[0], "boot");
            rungs.disarm();

            den.awaitRolledBack();
            assertThat(den.facts()).isEqualTo(old);
        });
    }

    @ParameterizedTest
    @MethodSource("shells")
    void a_confirm_that_is_struck_confirms_or_does_not(Shell shell) throws IOException {
        open(shell);
        den.apply(EDIT);
        String applied = content(den);

        ladder("confirm", shell, () -> {
            Optional<Receipt> receipt = send(new Order.Confirm(Den.CHANGE, Den.DIGEST));
            State state = settled();

            assertThat(state).isIn(State.APPLIED, State.CONFIRMED);
            if (receipt.isPresent() && receipt.get() instanceof Receipt.Confirmed) {
                assertThat(state).isEqualTo(State.CONFIRMED);
            }
            assertThat(content(den)).isEqualTo(applied);
            assertThat(den.send(new Order.Confirm(Den.CHANGE, Den.DIGEST))).isInstanceOf(Receipt.Confirmed.class);
            assertThat(content(den)).isEqualTo(applied);
            assertThat(den.root.resolve(".barograph-stage")).doesNotExist();
        });
    }

    @ParameterizedTest
    @MethodSource("shells")
    void a_renewal_that_is_struck_leaves_the_change_under_its_timer(Shell shell) throws IOException {
        open(shell);
        den.apply(EDIT, Duration.ofMinutes(2));
        String applied = content(den);

        ladder("renew", shell, () -> {
            Optional<Receipt> receipt = send(new Order.Renew(Den.CHANGE, Duration.ofMinutes(5)));
            Receipt.Standing standing = den.look();

            assertThat(standing.state()).isEqualTo(State.APPLIED);
            assertThat(standing.left()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(5));
            if (receipt.isPresent() && receipt.get() instanceof Receipt.Renewed) {
                assertThat(standing.left()).isGreaterThan(Duration.ofMinutes(2));
            }
            assertThat(content(den)).isEqualTo(applied);
            timed();
        });
    }

    @ParameterizedTest
    @MethodSource("shells")
    void a_look_that_is_struck_changes_nothing(Shell shell) throws IOException {
        open(shell);
        den.apply(EDIT);
        String applied = content(den);

        ladder("look", shell, () -> {
            send(new Order.Look(Den.CHANGE));

            assertThat(settled()).isEqualTo(State.APPLIED);
            assertThat(content(den)).isEqualTo(applied);
            timed();
        });
    }

    @ParameterizedTest
    @MethodSource("shells")
    void a_snapshot_that_is_struck_can_be_taken_again(Shell shell) throws IOException {
        open(shell);
        Facts old = den.facts();
        den.rollBack();

        ladder("snapshot", shell, () -> {
            send(new Order.Snapshot(Den.CHANGE));

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
