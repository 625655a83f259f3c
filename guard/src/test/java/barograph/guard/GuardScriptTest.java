package barograph.guard;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.ChangeId;
import barograph.change.Edit;
import barograph.host.Await;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.lease.Receipt.Reason;
import barograph.record.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The guard's promises when nothing breaks but what is said to, under each shell; long stories of several changes,
/// which run no other commands than the short ones, under two of them.
@org.junit.jupiter.api.Order(1) // the longest: beside it the others have time
final class GuardScriptTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    static Edit.Put put(String path, String text) {
        return new Edit.Put(path, 0640, text.getBytes(StandardCharsets.UTF_8));
    }

    static Edit overlay(Edit.Put... puts) {
        return new Edit.Overlay(List.of(puts), List.of());
    }

    /// A folder with everything odd that a file system has.
    static void fillOddly(Den den) throws IOException {
        den.sh("""
                echo 'timeout = 10' >conf
                mkdir -p sub/deep empty 'two words' -- -dash
                echo inner >sub/deep/file; echo x >sub/other; echo dash >./-dash/-f
                printf 'no line end' >$'two words/line\\nend'; echo q >"quote'\\"\\\\\\$(x)"; echo u >'é ā ü'
                echo cr >$'carriage\\rreturn'; printf '\\0\\1\\2\\377' >bytes; : >nothing
                ln -s conf link; ln -s /nowhere/at/all dangling; ln -s ../sub sub/loop
                echo linked >one; ln one sub/two; ln one sub/deep/three
                truncate -s 1M sparse; echo end >>sparse
                echo secret >locked; chmod 000 locked; chmod 2750 sub; chmod 1777 empty; chmod 4755 conf
                chown 65534:65534 sub/other; chown -h 65534 dangling; mkfifo pipe
                setfacl -m u:65534:r sub/other; setfacl -d -m g:65534:rx sub
                setfattr -n user.note -v 'a b' conf; setfattr -n user.note -v folder sub; setfattr -n trusted.t -v 1 one
                touch -d '2001-02-03 04:05:06.123456789' conf; touch -h -d '2002-02-03 04:05:06.987654321' link
                touch -d '2003-02-03 04:05:06.111111111' sub empty .
                """);
    }

    static final Edit ODD = new Edit.Overlay(
            List.of(
                    put("conf", "timeout = 3600\n"),
                    put("new/deeper/file", "new\n"),
                    put("two words/line\nend", "changed"),
                    put("one", "no longer linked\n"),
                    put("x".repeat(120) + "/" + "y".repeat(120), "long\n"),
                    put("sub/-new \\ one", "odd\n")),
            List.of("sub/other", "quote'\"\\$(x)", "dangling", "locked"));

    @ParameterizedTest
    @EnumSource(Shell.class)
    void a_rollback_puts_every_byte_and_every_fact_back(Shell shell) throws IOException {
        try (Den den = new Den(folder, shell)) {
            fillOddly(den);
            Facts before = den.facts();
            Receipt snapped = den.snapshot();
            assertThat(den.facts()).isEqualTo(before);

            assertThat(den.apply(ODD)).isInstanceOf(Receipt.Applied.class);
            assertThat(den.facts()).isNotEqualTo(before);
            Receipt rolledBack = den.rollBack();

            assertThat(den.facts()).isEqualTo(before);
            Digest manifest = ((Receipt.Snapped) snapped).manifest();
            assertThat(rolledBack).isEqualTo(new Receipt.RolledBack(manifest, true, true, "ordered", List.of()));
            assertThat(den.calls()).containsExactly("reload", "reload");
        }
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void an_overlay_changes_what_it_names_and_nothing_else(Shell shell) throws IOException {
        try (Den den = new Den(folder, shell)) {
            fillOddly(den);
            den.snapshot();

            assertThat(den.apply(ODD)).isInstanceOf(Receipt.Applied.class);

            den.sh("""
                    [ "$(cat conf)" = 'timeout = 3600' ] && [ "$(stat -c %a conf)" = 4755 ]
                    [ "$(getfattr --only-values -n user.note conf)" = 'a b' ]
                    [ "$(stat -c '%a %U' new/deeper/file)" = '640 root' ] && [ "$(cat $'two words/line\\nend')" = changed ]
                    [ "$(cat one)" = 'no longer linked' ] && [ "$(cat sub/two)" = linked ]
                    [ sub/two -ef sub/deep/three ] && [ ! one -ef sub/two ]
                    [ "$(cat 'sub/-new \\ one')" = odd ] && [ "$(cat x*/y*)" = long ]
                    [ ! -e sub/other ] && [ ! -L dangling ] && [ ! -e locked ] && [ "$(cat sub/deep/file)" = inner ]
                    [ "$(readlink link)" = conf ]
                    """);
        }
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void a_confirmed_change_stays_and_leaves_nothing_beside_it(Shell shell) throws IOException {
        try (Den den = new Den(folder, shell)) {
            den.write("conf", "old\n");
            den.snapshot();
            Receipt applied = den.apply(overlay(put("conf", "new\n")), Duration.ofSeconds(60));

            Receipt confirmed = den.send(new Order.Confirm(Den.CHANGE, Den.DIGEST));

            assertThat(confirmed).isEqualTo(new Receipt.Confirmed(((Receipt.Applied) applied).manifest()));
            Await.that(Den.SOON, "the timer ends", () -> timers(den) == 0);
            assertThat(den.read("conf")).isEqualTo("new\n");
            assertThat(den.root.toFile().list()).containsExactly("conf");
            assertThat(den.look().state()).isEqualTo(Receipt.State.CONFIRMED);
        }
    }

    static long timers(Den den) {
        return ProcessHandle.allProcesses()
                .filter(each -> each.info()
                        .commandLine()
                        .filter(line -> line.contains(den.folder + "/guard.sh watch"))
                        .isPresent())
                .filter(ProcessHandle::isAlive)
                .count();
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void a_lease_that_runs_out_puts_everything_back_with_nobody_around(Shell shell) throws IOException {
        try (Den den = new Den(folder, shell)) {
            fillOddly(den);
            Facts before = den.facts();
            den.snapshot();

            den.apply(ODD, Duration.ofSeconds(4));
            Duration took = Await.that(
                    Duration.ofSeconds(9),
                    "the old files are back",
                    () -> den.facts().equals(before));

            assertThat(took).isGreaterThan(Duration.ofMillis(500));
            den.awaitRolledBack();
            assertThat(den.rollBack())
                    .isInstanceOfSatisfying(
                            Receipt.RolledBack.class,
                            back -> assertThat(back.because()).isEqualTo("lease ended"));
            Await.that(Den.SOON, "the timer ends", () -> timers(den) == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void renewing_keeps_the_change_for_longer(Shell shell) throws IOException {
        try (Den den = new Den(folder, shell)) {
            den.write("conf", "old\n");
            den.snapshot();
            den.apply(overlay(put("conf", "new\n")), Duration.ofSeconds(5));

            Receipt renewed = den.send(new Order.Renew(Den.CHANGE, Duration.ofSeconds(100)));

            assertThat(renewed).isEqualTo(new Receipt.Renewed(Duration.ofSeconds(100)));
            assertThat(den.look().left()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100));
            long start = System.nanoTime();
            Await.that(Den.SOON, "the first lease is long over", () -> System.nanoTime() - start > 6_000_000_000L);
            assertThat(den.read("conf")).isEqualTo("new\n");
        }
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void a_reboot_ends_every_lease(Shell shell) throws IOException {
        try (Den den = new Den(folder, shell)) {
            den.set("BAROGRAPH_BOOT_ID", "first");
            den.write("conf", "old\n");
            Facts before = den.facts();
            den.snapshot();
            den.apply(overlay(put("conf", "new\n")));
            den.killAll();
            den.set("BAROGRAPH_BOOT_ID", "second");

            den.run(new byte[0], "boot");

            assertThat(den.facts()).isEqualTo(before);
            assertThat(den.look().detail()).isEqualTo("reboot");
        }
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void what_a_hand_changed_is_kept_aside_and_named(Shell shell) throws IOException {
        try (Den den = new Den(folder, shell)) {
            den.sh("echo old >conf; echo other >other; echo third >third; mkdir d; echo in >d/in");
            Facts before = den.facts();
            den.snapshot();
            den.apply(overlay(put("conf", "new\n")));
            den.sh("""
                    echo by hand >conf; echo 'added by hand' >$'added\\nfile'; chmod 600 other; rm third
                    mkdir -p more/deep; echo deep >more/deep/file; rm -r d; echo 'was a folder' >d
                    """);

            Receipt.RolledBack back = (Receipt.RolledBack) den.rollBack();

            assertThat(den.facts()).isEqualTo(before);
            assertThat(back.byteExact()).isTrue();
            assertThat(back.keptAside()).hasSize(5);
            assertThat(back.keptAside().stream().map(GuardScriptTest::unkept))
                    .containsExactlyInAnyOrder("added?file", "conf", "d", "more/deep/file", "other");
            String conf = back.keptAside().stream()
                    .filter(path -> path.endsWith("/conf"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Path.of(conf)).hasContent("by hand");
            assertThat(Path.of(conf).resolveSibling("more/deep/file")).hasContent("deep");
            assertThat(Path.of(conf).resolveSibling("added\nfile")).hasContent("added by hand");
        }
    }

    private static String unkept(String path) {
        return path.replaceFirst("^/.*/kept/[0-9a-f-]+/", "");
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void one_change_at_a_time(Shell shell) throws IOException {
        ChangeId other = new ChangeId("other");
        try (Den den = new Den(folder, shell)) {
            den.write("conf", "old\n");
            den.send(new Order.Snapshot(other));
            den.snapshot();
            den.apply(overlay(put("conf", "new\n")));

            assertRefused(den.send(new Order.Snapshot(other)), Reason.BUSY, "session-timeout");
            assertRefused(
                    den.send(new Order.Apply(
                            other,
                            Den.DIGEST,
                            overlay(put("conf", "x")),
                            Order.Activation.RELOAD,
                            Duration.ofMinutes(1))),
                    Reason.BUSY,
                    "session-timeout");
            assertThat(den.read("conf")).isEqualTo("new\n");
        }
    }

    static void assertRefused(Receipt receipt, Reason reason, String... words) {
        assertThat(receipt).isInstanceOfSatisfying(Receipt.Refused.class, refused -> {
            assertThat(refused.reason()).as(refused.detail()).isEqualTo(reason);
            for (String word : words) {
                assertThat(refused.detail()).contains(word);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void files_that_changed_since_the_snapshot_are_named_and_left_alone(Shell shell) throws IOException {
        try (Den den = new Den(folder, shell)) {
            den.sh("echo old >conf; echo a >a; echo b >b");
            den.snapshot();
            den.sh("echo drifted >a; rm b; echo c >'c c'");
            Facts drifted = den.facts();

            assertRefused(
                    den.apply(overlay(put("conf", "new\n"))),
                    Reason.DRIFTED,
                    "a (root, 20",
                    "b (gone)",
                    "c c (root, 20");

            assertThat(den.facts()).isEqualTo(drifted);
            assertThat(den.snapshot()).isInstanceOf(Receipt.Snapped.class);
            assertThat(den.apply(overlay(put("conf", "new\n")))).isInstanceOf(Receipt.Applied.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void a_candidate_that_the_server_does_not_accept_never_goes_live(Shell shell) throws IOException {
        try (Den den = new Den(folder, shell)) {
            den.sh("echo old >conf; mkdir d; echo x >d/file");
            den.validates("""
                    [ "$PORT" = 1812 ] && [ "$(cat "$ROOT/conf")" = old ] && cat "$CANDIDATE/conf" "$CANDIDATE/d/file" &&
                    echo 'line 3: "what" \\ is this?'; exit 1""");
            den.snapshot();
            Facts before = den.facts();

            assertRefused(
                    den.apply(overlay(put("conf", "new\n"))),
                    Reason.INVALID,
                    "ended with 1: new\nx\nline 3: \"what\" \\ is this?");

            assertThat(den.facts()).isEqualTo(before);
            assertThat(den.calls()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void a_patch_is_applied_and_one_that_does_not_fit_is_refused(Shell shell) throws IOException {
        try (Den den = new Den(folder, shell)) {
            den.sh("printf 'one\\ntwo\\nthree\\n' >conf; chmod 600 conf; chown 65534 conf; echo gone >gone");
            Facts before = den.facts();
            den.snapshot();
            assertRefused(
                    den.apply(new Edit.Patch("--- a/conf\n+++ b/conf\n@@ -1,3 +1,3 @@\n one\n-2\n+II\n three\n")),
                    Reason.UNFIT,
                    "conf");
            assertThat(den.facts()).isEqualTo(before);

            Receipt applied = den.apply(new Edit.Patch("""
                    --- a/conf
                    +++ b/conf
                    @@ -1,3 +1,3 @@
                     one
                    -two
                    +TWO
                     three
                    --- /dev/null
                    +++ b/new
                    @@ -0,0 +1 @@
                    +new
                    --- a/gone
                    +++ /dev/null
                    @@ -1 +0,0 @@
                    -gone
                    """));

            assertThat(applied).isInstanceOf(Receipt.Applied.class);
            den.sh("[ \"$(cat conf)\" = $'one\\nTWO\\nthree' ] && [ \"$(stat -c '%a %u' conf)\" = '600 65534' ]");
            den.sh("[ \"$(cat new)\" = new ] && [ ! -e gone ] && [ \"$(ls -A | wc -l)\" = 3 ]");
            den.rollBack();
            assertThat(den.facts()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void an_edit_that_would_follow_a_link_or_misses_its_file_is_refused(Shell shell) throws IOException {
        try (Den den = new Den(folder, shell)) {
            den.sh("mkdir real; echo x >real/file; ln -s real linked; ln -s real/file link; echo old >conf");
            den.snapshot();
            Facts before = den.facts();

            assertRefused(den.apply(overlay(put("linked/file", "x"))), Reason.UNFIT, "linked/file");
            assertRefused(den.apply(overlay(put("link", "x"))), Reason.UNFIT, "link");
            assertRefused(den.apply(overlay(put("real", "x"))), Reason.UNFIT, "real");
            assertRefused(den.apply(overlay(put("conf/under", "x"))), Reason.UNFIT, "conf/under");
            assertRefused(
                    den.apply(new Edit.Overlay(List.of(), List.of("absent", "../calls", "linked/file"))),
                    Reason.UNFIT,
                    "absent",
                    "../calls",
                    "linked/file");
            assertRefused(
                    den.apply(new Edit.Patch("--- /dev/null\n+++ b/../calls\n@@ -0,0 +1 @@\n+x\n")),
                    Reason.UNFIT,
                    "calls");

            assertThat(den.facts()).isEqualTo(before);
            assertThat(den.root.resolveSibling("calls")).doesNotExist();
        }
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void only_what_is_included_and_not_excluded_counts(Shell shell) throws IOException {
        try (Den den = new Den(folder, shell)) {
            den.configured(List.of("conf.d", "*.cf"), List.of("conf.d/*.log", "conf.d/cache"));
            den.sh("""
                    mkdir -p conf.d/cache other; echo a >conf.d/a; echo l >conf.d/x.log; echo c >conf.d/cache/c
                    echo m >main.cf; echo o >other/o
                    """);
            assertThat(den.snapshot())
                    .isInstanceOfSatisfying(
                            Receipt.Snapped.class,
                            snapped -> assertThat(snapped.files()).isEqualTo(2));
            den.sh("echo more >>conf.d/x.log; echo more >conf.d/cache/d; echo more >other/p; rm other/o");

            assertRefused(den.apply(overlay(put("other/new", "x"))), Reason.UNFIT, "other/new");
            assertRefused(den.apply(overlay(put("conf.d/new.log", "x"))), Reason.UNFIT, "conf.d/new.log");
            assertThat(den.apply(overlay(put("conf.d/a", "new\n"), put("conf.d/b", "b\n"))))
                    .isInstanceOf(Receipt.Applied.class);
            assertThat(den.rollBack())
                    .isInstanceOfSatisfying(
                            Receipt.RolledBack.class,
                            back -> assertThat(back.byteExact()).isTrue());

            den.sh("[ \"$(cat conf.d/a)\" = a ] && [ ! -e conf.d/b ] && [ \"$(tail -n 1 conf.d/x.log)\" = more ]");
            den.sh("[ -e conf.d/cache/d ] && [ -e other/p ] && [ ! -e other/o ]");
        }
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void the_second_time_an_order_comes_it_answers_and_does_nothing(Shell shell) throws IOException {
        try (Den den = new Den(folder, shell)) {
            den.write("conf", "old\n");
            Edit edit = overlay(put("conf", "new\n"));
            Receipt snapped = den.snapshot();
            assertThat(den.snapshot()).isEqualTo(snapped);

            Receipt applied = den.apply(edit);
            assertThat(den.apply(edit)).isEqualTo(applied);
            assertThat(den.snapshot()).isEqualTo(snapped);
            assertThat(den.calls()).containsExactly("reload");

            Receipt back = den.rollBack();
            assertThat(den.rollBack()).isEqualTo(back);
            assertThat(den.apply(edit)).isEqualTo(back);
            assertThat(den.send(new Order.Confirm(Den.CHANGE, Den.DIGEST))).isEqualTo(back);
            assertThat(den.calls()).containsExactly("reload", "reload");
        }
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void orders_that_do_not_fit_are_refused(Shell shell) throws IOException {
        Digest other = Digest.of("another change");
        try (Den den = new Den(folder, shell)) {
            den.write("conf", "old\n");
            assertRefused(den.apply(overlay(put("conf", "new\n"))), Reason.UNKNOWN_CHANGE);
            assertRefused(den.rollBack(), Reason.UNKNOWN_CHANGE);
            assertThat(den.look()).isEqualTo(new Receipt.Standing(Receipt.State.NONE, Duration.ZERO, ""));
            den.snapshot();
            assertRefused(den.send(new Order.Confirm(Den.CHANGE, Den.DIGEST)), Reason.OUT_OF_TURN, "SNAPPED");
            assertRefused(den.send(new Order.Renew(Den.CHANGE, Duration.ofMinutes(1))), Reason.OUT_OF_TURN);
            den.apply(overlay(put("conf", "new\n")));
            assertRefused(den.send(new Order.Confirm(Den.CHANGE, other)), Reason.UNKNOWN_CHANGE, Den.DIGEST.hex());
            assertThat(den.look().state()).isEqualTo(Receipt.State.APPLIED);

            Receipt confirmed = den.send(new Order.Confirm(Den.CHANGE, Den.DIGEST));

            assertThat(den.send(new Order.Confirm(Den.CHANGE, Den.DIGEST))).isEqualTo(confirmed);
            assertRefused(den.send(new Order.Confirm(Den.CHANGE, other)), Reason.UNKNOWN_CHANGE);
            assertRefused(den.apply(overlay(put("conf", "new\n"))), Reason.OUT_OF_TURN);
            assertThat(den.read("conf")).isEqualTo("new\n");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BASH")
    void a_confirmed_change_can_be_taken_back_until_another_came_after_it(Shell shell) throws IOException {
        ChangeId later = new ChangeId("a-later-one");
        try (Den den = new Den(folder, shell)) {
            den.write("conf", "old\n");
            den.snapshot();
            den.apply(overlay(put("conf", "new\n")));
            den.send(new Order.Confirm(Den.CHANGE, Den.DIGEST));

            assertThat(((Receipt.RolledBack) den.rollBack()).byteExact()).isTrue();
            assertThat(den.read("conf")).isEqualTo("old\n");

            den.snapshot();
            den.apply(overlay(put("conf", "new\n")));
            den.send(new Order.Confirm(Den.CHANGE, Den.DIGEST));
            den.send(new Order.Snapshot(later));
            den.send(new Order.Apply(
                    later, Den.DIGEST, overlay(put("conf", "newer\n")), Order.Activation.RELOAD, Den.LONG));
            den.send(new Order.Confirm(later, Den.DIGEST));

            assertRefused(den.rollBack(), Reason.OUT_OF_TURN, later.value());
            assertThat(den.read("conf")).isEqualTo("newer\n");
            den.send(new Order.RollBack(later));

            assertThat(((Receipt.RolledBack) den.rollBack()).byteExact()).isTrue();
            assertThat(den.read("conf")).isEqualTo("old\n");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BASH")
    void a_confirmed_change_can_be_taken_back_after_another_did_not_come_to_stay(Shell shell) throws IOException {
        ChangeId never = new ChangeId("never-confirmed");
        try (Den den = new Den(folder, shell)) {
            den.write("conf", "old\n");
            Facts before = den.facts();
            den.snapshot();
            den.apply(overlay(put("conf", "new\n")));
            den.send(new Order.Confirm(Den.CHANGE, Den.DIGEST));
            den.send(new Order.Snapshot(never));
            den.send(new Order.Apply(
                    never,
                    Den.DIGEST,
                    overlay(put("conf", "newer\n")),
                    Order.Activation.RELOAD,
                    Duration.ofSeconds(1)));
            Await.that(
                    Den.SOON,
                    "its lease ends",
                    () -> den.send(new Order.Look(never)) instanceof Receipt.Standing now
                            && now.state() == Receipt.State.ROLLED_BACK);

            assertThat(((Receipt.RolledBack) den.rollBack()).byteExact()).isTrue();
            assertThat(den.facts()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BASH")
    void a_change_that_is_made_anew_over_itself_bars_what_it_once_lay_on(Shell shell) throws IOException {
        ChangeId below = new ChangeId("below");
        try (Den den = new Den(folder, shell)) {
            den.write("conf", "old\n");
            for (ChangeId each : List.of(below, Den.CHANGE, Den.CHANGE)) {
                den.send(new Order.Snapshot(each));
                String text = each + " " + den.read("conf");
                den.send(new Order.Apply(
                        each, Den.DIGEST, overlay(put("conf", text)), Order.Activation.RELOAD, Den.LONG));
                den.send(new Order.Confirm(each, Den.DIGEST));
            }

            assertThat(den.rollBack()).isInstanceOf(Receipt.RolledBack.class);

            assertThat(den.read("conf")).isEqualTo(Den.CHANGE + " below old\n");
            assertRefused(den.send(new Order.RollBack(below)), Reason.OUT_OF_TURN, Den.CHANGE.value());
        }
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void a_rollback_before_the_apply_touches_nothing_and_bars_the_apply(Shell shell) throws IOException {
        try (Den den = new Den(folder, shell)) {
            den.write("conf", "old\n");
            den.snapshot();

            assertThat(den.rollBack()).isInstanceOf(Receipt.RolledBack.class);

            assertThat(den.apply(overlay(put("conf", "new\n")))).isInstanceOf(Receipt.RolledBack.class);
            assertThat(den.read("conf")).isEqualTo("old\n");
            assertThat(den.calls()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BASH")
    void a_change_that_was_rolled_back_may_be_tried_again(Shell shell) throws IOException {
        try (Den den = new Den(folder, shell)) {
            den.write("conf", "old\n");
            den.snapshot();
            den.apply(overlay(put("conf", "new\n")));
            den.rollBack();

            assertThat(den.snapshot()).isInstanceOf(Receipt.Snapped.class);
            assertThat(den.apply(overlay(put("conf", "new\n")))).isInstanceOf(Receipt.Applied.class);
            assertThat(den.read("conf")).isEqualTo("new\n");
        }
    }

    @Test
    void of_changes_that_ended_ten_are_kept_and_what_is_not_over() throws IOException {
        try (Den den = new Den(folder, Shell.DASH)) {
            den.write("conf", "old\n");
            den.send(new Order.Snapshot(new ChangeId("waiting")));
            den.snapshot();
            den.apply(overlay(put("conf", "new\n")));
            den.write("byhand", "x");
            den.rollBack();
            ChangeId last = new ChangeId("the-last-applied");
            den.send(new Order.Snapshot(last));
            den.send(new Order.Apply(last, Den.DIGEST, overlay(put("conf", "2")), Order.Activation.RELOAD, Den.LONG));
            den.send(new Order.Confirm(last, Den.DIGEST));

            for (int each = 0; each < 14; each++) {
                den.send(new Order.Snapshot(new ChangeId("ended-" + each)));
                den.send(new Order.RollBack(new ChangeId("ended-" + each)));
            }
            den.send(new Order.Snapshot(new ChangeId("now")));

            List<String> ended = java.util.stream.IntStream.range(4, 14)
                    .mapToObj(each -> "ended-" + each)
                    .toList();
            assertThat(den.state.resolve("radius-1/changes").toFile().list())
                    .containsAll(ended)
                    .containsExactlyInAnyOrderElementsOf(java.util.stream.Stream.concat(
                                    ended.stream(),
                                    java.util.stream.Stream.of("waiting", Den.CHANGE.value(), last.value(), "now"))
                            .toList());
        }
    }
}
