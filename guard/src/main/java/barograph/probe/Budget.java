package barograph.probe;

import barograph.login.Outcome;
import barograph.login.Pseudonym;
import barograph.login.Pseudonyms;
import barograph.site.ProbeSpec.Expect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// How many wrong passwords probes may try on one account within an hour, on all servers together: fewer than lock it.
///
/// What counts is a refusal that may have been for the password, and a try that should be refused and met no answer.
/// The
/// tries are written into a file, a line each with the moment and the account's pseudonym, as one command after another
/// draws on the same budget. Safe for use by several threads: a try that might be one too many waits until those under
/// way have ended.
public final class Budget {
    private static final Duration SPAN = Duration.ofHours(1);
    /// Refusals that are not for a wrong password, so that no server counts them.
    private static final Set<String> FREE = Set.of(
            "policy_denied",
            "unknown_user",
            "locked",
            "disabled",
            "expired_account",
            "expired_password",
            "method_not_allowed");

    private final Path ledger;
    private final int most;
    private final Pseudonyms pseudonyms;
    private final InstantSource clock;
    private final Map<Pseudonym, Integer> underWay = new HashMap<>();
    private Optional<String> broken = Optional.empty();

    /// @param ledger the file of tries, made where there is none
    /// @param most how many an hour for each account
    public Budget(Path ledger, int most, Pseudonyms pseudonyms, InstantSource clock) {
        this.ledger = ledger;
        this.most = most;
        this.pseudonyms = pseudonyms;
        this.clock = clock;
    }

    /// Asks for one more try; each that is granted must be ended.
    ///
    /// @return why it may not be; empty where it may
    synchronized Optional<String> begin(String user) {
        if (broken.isPresent()) {
            return broken;
        }
        Pseudonym account = pseudonyms.of(user);
        try {
            int spent = spent(account);
            while (spent + underWay.getOrDefault(account, 0) >= most && underWay.containsKey(account)) {
                wait();
                spent = spent(account);
            }
            if (spent >= most) {
                return Optional.of("the budget of " + most + " wrong passwords an hour for its account is used up");
            }
        } catch (IOException e) {
            return Optional.of("the wrong passwords of the last hour cannot be counted: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("it was interrupted");
        }
        underWay.merge(account, 1, Integer::sum);
        return Optional.empty();
    }

    /// Ends a try, with what came of it. Where that cannot be written down, no further one is granted.
    synchronized void end(String user, Expect expected, Outcome outcome) {
        Pseudonym account = pseudonyms.of(user);
        try {
            if (costs(expected, outcome)) {
                Files.writeString(
                        ledger,
                        clock.instant().getEpochSecond() + " " + account + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            broken = Optional.of("a wrong password could not be written down: " + e);
        } finally {
            underWay.computeIfPresent(account, (_, count) -> count > 1 ? count - 1 : null);
            notifyAll();
        }
    }

    private static boolean costs(Expect expected, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted(), Outcome.NotTried _ -> false;
            case Outcome.Rejected(String reason) -> !FREE.contains(reason);
            case Outcome.Failed _, Outcome.Unanswered _ -> expected == Expect.REJECT;
        };
    }

    private int spent(Pseudonym account) throws IOException {
        if (!Files.exists(ledger)) {
            return 0;
        }
        Instant since = clock.instant().minus(SPAN);
        try (Stream<String> tries = Files.lines(ledger)) {
            return (int) tries.filter(line -> line.endsWith(" " + account))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .filter(at -> !Instant.ofEpochSecond(Long.parseLong(at)).isBefore(since))
                    .count();
        }
    }
}
