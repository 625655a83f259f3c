package barograph.network;

import barograph.change.Change;
import barograph.change.ChangeId;
import barograph.cli.Workplace;
import barograph.folder.ChangeFolder;
import barograph.form.Read;
import barograph.record.Verification;
import barograph.rollout.Happening;
import barograph.rollout.Rollout;
import barograph.site.PersonId;
import barograph.store.Bundle;
import barograph.store.Export;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A site over the hosts of a [Network]: its folder with the record, its mail server, and the people who log in.
///
/// The controller is a process of its own; here is what persons do, and what can be known from the record.
final class NetSite implements AutoCloseable {
    static final PersonId OMAR = PersonId.of("us/omar");
    static final List<String> EVERYBODY = List.of("dana@acme.example", "desk@acme.example", "omar@ops.example");

    private static final DateTimeFormatter LOG = DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ENGLISH);
    private static final Duration BETWEEN_LOGINS = Duration.ofMillis(300);

    private final Network network;
    private final Path folder;
    private final GreenMail mail;
    private final Workplace workplace;
    private final Thread people;
    private volatile boolean open = true;

    NetSite(Network network) throws IOException {
        this.network = network;
        this.folder = Files.createDirectories(network.folder().resolve("site"));
        mail = new GreenMail(new ServerSetup(0, network.mailAddress(1), ServerSetup.PROTOCOL_SMTP));
        mail.start();
        Files.writeString(
                folder.resolve("smtp"),
                "smtp://" + network.mailAddress(1) + ":" + mail.getSmtp().getPort() + "\n");
        StringBuilder servers = new StringBuilder();
        for (int number = 1; number <= network.hosts().size(); number++) {
            servers.append(server(number));
        }
        Files.writeString(siteFile(), """
                site: bad-network
                parties:
                  acme: { role: customer, name: Acme, desk: desk@acme.example, people: [ { id: dana, mail: dana@acme.example, may: [request] } ] }
                  us: { role: operator, name: Ops, people: [ { id: omar, mail: omar@ops.example, may: [operate, confirm] } ] }
                servers:
                """ + servers + """
                lease: 10s
                watch:
                  bake: 2s
                  at-most: 4s
                  settle: 300ms
                  unit: 1s
                  learn: 1m
                  harmless-below: 20%
                  quiet: 1m
                  undecided: continue
                  blind: continue
                  probe-every: 2s
                gates: { rehearsal: optional, claims: optional, forecast: 100% }
                notices: { from: changes@ops.example, smtp: file:smtp, acknowledge-within: 1h }
                """);
        workplace = Workplace.open(siteFile(), Optional.empty());
        people = Thread.ofVirtual().start(this::logIn);
    }

    private Path siteFile() {
        return folder.resolve("site.yaml");
    }

    /// What a reload takes over is what `running` has then. The hook is a file that the host's boot executes.
    private String server(int number) {
        return """
              radius-%d:
                kind: files
                at: ssh://%s@%s
                port: 1812
                stage: %s
                config: { root: "%s" }
                log: { path: "%s", grammar: freeradius }
                validate: 'test -s "$CANDIDATE/conf"'
                reload: 'sleep 0.3; cat "$ROOT/conf" >"$ROOT/../running"'
                loaded: 'cmp -s "$ROOT/conf" "$ROOT/../running"'
                boot-hook: |
                  if [ "$VERB" = apply ]; then
                    echo "BAROGRAPH_STATE=$BAROGRAPH_STATE exec sh $GUARD boot" >"$BAROGRAPH_STATE/../at-boot" && sync
                  fi
                  echo "a file of this host"
                limit: 10s
            """.formatted(
                        number,
                        System.getProperty("user.name"),
                        NetHost.address(number, 2),
                        number == 1 ? "canary" : "rest",
                        network.at().resolve("etc"),
                        network.at().resolve("log"));
    }

    /// Some thirty people on each host, who all get in.
    private void logIn() {
        SplittableRandom random = new SplittableRandom(1);
        try {
            while (open) {
                String now = LOG.format(LocalDateTime.now(ZoneId.systemDefault()));
                for (NetHost host : network.hosts()) {
                    String line = now + " : Auth: (0) Login OK: [person" + random.nextInt(30)
                            + "] (from client nas port 7)\n";
                    Files.writeString(host.log(), line, StandardOpenOption.APPEND);
                }
                LockSupport.parkNanos(BETWEEN_LOGINS.toNanos());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes a change down and takes it in.
    ///
    /// @param more lines of its file
    /// @param lease a span as it is written there
    ChangeId propose(String name, String lease, String more) throws IOException {
        Path change = folder.resolve("changes").resolve(name);
        Path files = Files.createDirectories(change.resolve("files"));
        Files.createDirectories(files.resolve("new/deep"));
        Files.writeString(files.resolve("conf"), "timeout = 3600 # " + name + "\n");
        Files.writeString(files.resolve("new/deep/file"), name + "\n");
        Files.writeString(files.resolve("locked"), "changed by " + name + "\n");
        Files.writeString(change.resolve("change.yaml"), """
                change: %s
                title: Longer sessions
                requested-by: acme/dana
                because: People are thrown out too soon.
                edit: files/
                lease: %s
                """.formatted(name, lease) + more);
        Change read = switch (ChangeFolder.read(change, workplace.site())) {
            case Read.Good<Change>(Change good) -> good;
            case Read.Bad<Change>(var problems) -> throw new AssertionError(problems.toString());
        };
        return workplace.desk().propose(read, change.toString(), "");
    }

    /// Lets a change go, if nobody has; a controller of its own carries it.
    Process apply(ChangeId change) throws IOException {
        return network.barograph(
                "apply",
                change.value(),
                "--as",
                OMAR.toString(),
                "--plain",
                "--site",
                siteFile().toString());
    }

    /// A person calls it back.
    void rollBack(ChangeId change) {
        workplace.desk().rollBack(change, OMAR, "It is not wanted any more.");
    }

    List<Happening> history(ChangeId change) {
        return workplace.journal().of(change);
    }

    Rollout rollout(ChangeId change) {
        return Rollout.replay(history(change));
    }

    /// Who was told, so far, that a change was rolled back.
    List<String> told(ChangeId change) {
        return Arrays.stream(mail.getReceivedMessages())
                .flatMap(letter -> {
                    try {
                        boolean meant = letter.getSubject().startsWith("[" + change + "] Rolled back");
                        return meant ? Arrays.stream(letter.getAllRecipients()).map(Object::toString) : Stream.empty();
                    } catch (MessagingException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    /// Whether the whole record of this site proves itself.
    Verification verification() throws IOException {
        Path export = folder.resolve("record.zip");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(export))) {
            Export.write(workplace.recorder(), Optional.empty(), out);
        }
        return Bundle.verify(export, workplace.recorder().key(), List.of());
    }

    @Override
    public void close() {
        open = false;
        workplace.close();
        mail.stop();
        try {
            people.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
