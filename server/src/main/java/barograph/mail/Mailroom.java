package barograph.mail;

import barograph.runner.Collector;
import barograph.runner.Messenger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Keeps letters going out and mails coming in, each on a thread of its own beside the rollouts.
///
/// Whatever goes wrong is said and tried again: no thread ends before it is told to. Closing hands over what is due at
/// that moment, once, because a process that ends with a rollback still has to tell of it.
public final class Mailroom implements AutoCloseable {
    private static final Duration OUT_EVERY = Duration.ofMillis(300);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);

    /// How long closing waits for a letter that is under way.
    private static final Duration LAST_LETTER = Duration.ofSeconds(60);

    private final Messenger messenger;
    private final BooleanSupplier onDuty;
    private final Consumer<String> trouble;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    private Mailroom(Messenger messenger, BooleanSupplier onDuty, Consumer<String> trouble) {
        this.messenger = messenger;
        this.onDuty = onDuty;
        this.trouble = trouble;
    }

    /// @param collector where answers are read; empty for a site without an inbox
    /// @param inEvery how often the mailbox is looked at
    /// @param onDuty whether this process is the one that does the site's mail; asked before each round
    /// @param trouble hears, in words, what goes wrong; each sentence once until another one takes its place
    public static Mailroom open(
            Messenger messenger,
            Optional<Collector> collector,
            Duration inEvery,
            BooleanSupplier onDuty,
            Consumer<String> trouble) {
        Mailroom room = new Mailroom(messenger, onDuty, trouble);
        room.start("letters", OUT_EVERY, () -> {
            messenger.rounds();
            return "";
        });
        collector.ifPresent(open -> room.start("mailbox", inEvery, open::collect));
        return room;
    }

    /// @param work says what went wrong; empty when nothing did
    private void start(String name, Duration every, java.util.function.Supplier<String> work) {
        threads.add(Thread.ofVirtual().name("mail: " + name).start(() -> {
            String said = "";
            Duration pause = Duration.ZERO;
            while (!closesWithin(pause)) {
                String wrong = turn(work);
                if (!wrong.isEmpty() && !wrong.equals(said)) {
                    trouble.accept(wrong);
                }
                said = wrong;
                pause = wrong.isEmpty() ? every : AFTER_TROUBLE.compareTo(every) > 0 ? AFTER_TROUBLE : every;
            }
        }));
    }

    private String turn(java.util.function.Supplier<String> work) {
        if (!onDuty.getAsBoolean()) {
            return "";
        }
        try {
            return work.get();
        } catch (RuntimeException e) {
            // The record cannot be written, or something of ours is broken: said, and tried again.
            return "Mail stands still: " + e.getMessage();
        }
    }

    private boolean closesWithin(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        boolean ended = true;
        for (Thread thread : threads) {
            try {
                ended &= thread.join(LAST_LETTER);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        String wrong = ended
                ? turn(() -> {
                    messenger.rounds();
                    return "";
                })
                : "A mail server holds up the end of this process; what was not handed over goes out next time.";
        if (!wrong.isEmpty()) {
            trouble.accept(wrong);
        }
    }
}
