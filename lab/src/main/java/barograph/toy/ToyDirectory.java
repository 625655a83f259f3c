package barograph.toy;

import com.unboundid.ldap.listener.LDAPListener;
import com.unboundid.ldap.listener.LDAPListenerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A small LDAP server that is configured like a real one: entirely by plain text files, read at start and reload.
///
/// In its folder, `etc` holds what a person configures, `log/slapd.log` its logins in OpenLDAP's words, and
/// `run/toyctl`
/// tells it to reload, from outside of this JVM. A reload refuses files that it cannot read and keeps the configuration
/// that is in force; a restart with such files leaves it down, as it would a real one.
public final class ToyDirectory implements AutoCloseable {
    private static final int FIRST_CONNECTION = 1000;
    private static final int LONGEST_MESSAGE = 64 * 1024;

    private final Path folder;
    private final ToyLog log;
    private final ToyControl control;
    private final AtomicLong connections = new AtomicLong(FIRST_CONNECTION);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile ToyConfig config;
    private volatile @Nullable LDAPListener listener;

    private ToyDirectory(Path folder, ToyConfig config, InstantSource clock) throws IOException {
        this.folder = folder.toAbsolutePath();
        this.config = config;
        Files.createDirectories(this.folder.resolve("log"));
        this.log = new ToyLog(log(), String.valueOf(this.folder.getFileName()), clock);
        this.control = new ToyControl(this.folder.resolve("run"), this::obey);
    }

    /// Starts the server of a folder, whose `etc` must be there.
    ///
    /// @throws IllegalArgumentException when the configuration cannot be used; the message tells all that is wrong
    public static ToyDirectory start(Path folder, InstantSource clock) {
        ToyConfig config = switch (ToyConfig.read(folder.resolve("etc"))) {
            case ToyConfig.Reading.Good(ToyConfig good) -> good;
            case ToyConfig.Reading.Bad(var problems) -> throw new IllegalArgumentException(String.join("\n", problems));
        };
        try {
            ToyDirectory server = new ToyDirectory(folder, config, clock);
            server.open(config);
            server.control.start();
            server.log("slapd starting");
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("the toy server of " + folder + " cannot be started", e);
        }
    }

    /// What a person configures: `access.conf` and `people.ldif`.
    public Path root() {
        return folder.resolve("etc");
    }

    public Path log() {
        return folder.resolve("log/slapd.log");
    }

    /// A shell command, to be followed by `reload`, `restart`, `health` or `validate DIR`.
    public Path control() {
        return folder.resolve("run/toyctl");
    }

    /// Where logins are served at the moment.
    public int port() {
        return config.port();
    }

    /// What the server has to say to an order.
    record Answer(boolean done, String message) {}

    /// @param verb `reload`, `restart`, `health` or `validate`
    /// @param argument the folder to validate
    private synchronized Answer obey(String verb, String argument) {
        if (closing.getCount() == 0) {
            return new Answer(false, "the server is not running");
        }
        return switch (verb) {
            case "validate" -> answer(ToyConfig.read(Path.of(argument)), "the configuration can be used");
            case "health" ->
                listener == null
                        ? new Answer(false, "the server is down")
                        : new Answer(true, "serving logins at " + listensAt());
            case "reload" -> reload();
            case "restart" -> restart();
            default -> new Answer(false, "'" + verb + "' is none of: reload, restart, health, validate");
        };
    }

    private static Answer answer(ToyConfig.Reading reading, String good) {
        return switch (reading) {
            case ToyConfig.Reading.Good(ToyConfig _) -> new Answer(true, good);
            case ToyConfig.Reading.Bad(var problems) -> new Answer(false, String.join("\n", problems));
        };
    }

    /// Reads the files anew; connections that are open stay open.
    private Answer reload() {
        ToyConfig.Reading reading = ToyConfig.read(root());
        if (!(reading instanceof ToyConfig.Reading.Good(ToyConfig good))) {
            log("reload refused");
            return answer(reading, "");
        }
        ToyConfig old = config;
        boolean moves =
                listener == null || old.port() != good.port() || !old.listen().equals(good.listen());
        if (!moves) {
            config = good;
            log("configuration read anew");
            return new Answer(true, "reloaded");
        }
        shut(false);
        try {
            open(good);
            log("configuration read anew");
            return new Answer(true, "reloaded; serving logins at " + listensAt());
        } catch (IOException e) {
            log("reload refused");
            return new Answer(false, "cannot listen at " + where(good) + " (" + e.getMessage() + "); " + reopen(old));
        }
    }

    private String reopen(ToyConfig old) {
        try {
            open(old);
            return "the old configuration stays in force";
        } catch (IOException e) {
            return "and no longer at " + where(old) + " either: the server is down";
        }
    }

    private Answer restart() {
        shut(true);
        log("slapd stopped.");
        ToyConfig.Reading reading = ToyConfig.read(root());
        if (!(reading instanceof ToyConfig.Reading.Good(ToyConfig good))) {
            return answer(reading, "");
        }
        try {
            open(good);
            log("slapd starting");
            return new Answer(true, "restarted; serving logins at " + listensAt());
        } catch (IOException e) {
            return new Answer(false, "cannot listen at " + where(good) + ": " + e.getMessage());
        }
    }

    private void open(ToyConfig next) throws IOException {
        LDAPListenerConfig settings = new LDAPListenerConfig(next.port(), new ToyHandler(this));
        settings.setListenAddress(next.listen());
        settings.setMaxMessageSizeBytes(LONGEST_MESSAGE);
        LDAPListener opened = new LDAPListener(settings);
        config = next; // before the first client comes in
        opened.startListening();
        listener = opened;
    }

    private void shut(boolean connectionsToo) {
        LDAPListener open = listener;
        if (open != null) {
            open.shutDown(connectionsToo);
            listener = null;
        }
    }

    ToyConfig config() {
        return config;
    }

    String listensAt() {
        return where(config);
    }

    private static String where(ToyConfig config) {
        return config.listen().getHostAddress() + ":" + config.port();
    }

    long nextConnection() {
        return connections.getAndIncrement();
    }

    void log(String text) {
        log.write(text);
    }

    /// Waits as a slow backend would; not any longer than the server lives.
    void pause(Duration delay) {
        if (delay.isZero()) {
            return;
        }
        try {
            if (closing.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        closing.countDown();
        control.close();
        shut(true);
        log("slapd stopped.");
        try {
            log.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
