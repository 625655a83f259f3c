package barograph.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The storm finds mistakes: each of these, planted into the rollout, the runner, the messenger or the model of the
/// guard, breaks a promise within some storms. How many each needed is printed.
class MutantsTest {
    private static final long MOST = 2_000;

    static Stream<Mutant> mutants() {
        return Stream.of(
                Mutant.ofCore(
                        "a harmful verdict is not minded",
                        "rollout/Course.java",
                        ".filter(Verdict.Harmful.class::isInstance)",
                        ".filter(_ -> false)"),
                Mutant.ofCore(
                        "the last word is not waited for",
                        "rollout/Course.java",
                        "if (confirmer.isPresent() && rollout.confirmed().isEmpty()) {",
                        "if (confirmer.isPresent() && rollout.confirmationDeadline().isEmpty()) {"),
                Mutant.ofCore(
                        "a silent host is given up",
                        "rollout/Retreat.java",
                        "if (!hold.involved() || hold.restored() || hold.overtaken().isPresent()) {",
                        "if (!hold.involved() || hold.restored() || hold.silentSince().isPresent()) {"),
                Mutant.ofCore(
                        "what a hand changed under watch is not minded",
                        "rollout/Course.java",
                        "if (!rollout.drifted().isEmpty()) {",
                        "if (rollout.drifted().size() > 9) {"),
                Mutant.ofCore(
                        "an order is not written down before it is sent",
                        "runner/Runner.java",
                        "journal.append(change, new Event.Ordered(errand.getKey(), errand.getValue()));",
                        ""),
                Mutant.ofCore(
                        "no answer to a confirmation counts as a good one",
                        "rollout/Hold.java",
                        "case Receipt.Unreachable _ -> silentSince = silentSince.or(() -> Optional.of(at));",
                        "case Receipt.Unreachable _ -> confirmed |= answered.errand() == Errand.CONFIRM;"),
                Mutant.ofCore(
                        "that a host went back is not noticed",
                        "rollout/Hold.java",
                        "case Receipt.RolledBack back -> rolledBack = Optional.of(back);",
                        "case Receipt.RolledBack _ -> {}"),
                Mutant.ofCore(
                        "a letter is written down as sent before it is handed over",
                        "runner/Messenger.java",
                        "letters.compose(notice, due.recipient(), history(change), journal.checkpoint(), clock.instant());",
                        """
letters.compose(notice, due.recipient(), history(change), journal.checkpoint(), clock.instant());
Event early = new Event.NoticeSent(
        notice.id(), recipient, letter.subject(), letter.links().messageId());
append(change, early, List.of());"""),
                Mutant.ofGuard("the timer starts after the files are in place", """
host.arm();
        disk.put("root-stage", true);
        disk.sync("root-stage"); // a file system does not keep a rename and lose the link that was made before it
        settle(book, candidate);""", """
disk.put("root-stage", true);
settle(book, candidate);
host.arm();"""),
                Mutant.ofGuard(
                        "a lease outlives a reboot",
                        "return lease.boot() == host.boot() ? Math.max(0, lease.end() - clock.now()) : 0;",
                        "return Math.max(0, lease.end() - clock.now());"),
                Mutant.ofGuard(
                        "what the change added stays when it is rolled back",
                        "if (!wanted.containsKey(path)) {",
                        "if (!wanted.containsKey(path) && !wanted.equals(book.tree())) {"),
                Mutant.ofGuard("what a hand changed is not kept aside", "host.kept().add(file.getValue());", ""),
                Mutant.ofGuard(
                        "another change may begin while one is under way",
                        "boolean other = current.isOpen() && !current.change().equals(order.change());",
                        "boolean other = false;"),
                Mutant.ofGuard(
                        "the journal is not on disk before the first file moves",
                        """
book.put("journal", new Book.Page(State.APPLYING, "", book.page().answer()));
        disk.sync("state/");""",
                        "book.put(\"journal\", new Book.Page(State.APPLYING, \"\", book.page().answer()));"),
                Mutant.ofGuard(
                        "a late order brings back what was rolled back",
                        "case ROLLING_BACK, ROLLED_BACK, APPLIED -> {",
                        """
case ROLLED_BACK -> {}
case ROLLING_BACK, APPLIED -> {"""),
                Mutant.ofGuard(
                        "a confirmation is answered before it is on disk",
                        """
book.put("journal", new Book.Page(State.CONFIRMED, "", answer));
                disk.sync("state/");""",
                        "book.put(\"journal\", new Book.Page(State.CONFIRMED, \"\", answer));"),
                Mutant.ofHost(
                        "a guard that is stuck does not try again",
                        "clock.start(clock.now() + pause, () -> tick(booted));",
                        """
if (current.state() == State.APPLIED) {
    clock.start(clock.now() + pause, () -> tick(booted));
}"""),
                Mutant.ofHost(
                        "a guard that is stuck tries again after ten minutes only",
                        "private static final long STUCK = 3_000;",
                        "private static final long STUCK = 600_000;"),
                Mutant.ofGuard(
                        "what a kill interrupted is left as it is",
                        "case APPLYING -> back(book, reason(book, \"interrupted\"));",
                        "case APPLYING -> {}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void each_planted_mistake_is_found(Mutant mutant, @TempDir Path folder)
            throws IOException, ReflectiveOperationException {
        Method play = mutant.storms(folder).getMethod("play", long.class);
        for (long seed = 1; seed <= MOST; seed++) {
            String broken = broken(play, seed);
            if (!broken.isEmpty()) {
                System.out.println(mutant.name() + ": found by seed " + seed + ": " + broken);
                return;
            }
        }
        assertThat(mutant.name()).as("not found within " + MOST + " storms").isEmpty();
    }

    /// What the mistake broke, its own failing included.
    private static String broken(Method play, long seed) throws ReflectiveOperationException {
        try {
            Object result = play.invoke(null, seed);
            List<?> broken = (List<?>) result.getClass().getMethod("broken").invoke(result);
            return broken.isEmpty() ? "" : broken.getFirst().toString();
        } catch (InvocationTargetException e) {
            return "it failed: " + e.getCause();
        }
    }
}
