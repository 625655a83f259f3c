package barograph.demo;

import barograph.cli.Workplace;
import barograph.toy.ToyDirectory;
import barograph.toy.ToyPeople;
import barograph.toy.ToyPerson;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// The small world of the demo: four LDAP login servers, the people who log in there, a mail server, and a site's
/// folder with everything in it that a real one has.
final class Theatre implements AutoCloseable {
    static final String BACKUP = "ldap-backup";
    static final List<String> PRODUCTION = List.of("ldap-1", "ldap-2", "ldap-3");

    private static final int PEOPLE = 60;
    private static final double LOGINS_PER_SECOND = 24;

    /// Mailboxes: everybody of the story, and Barograph's own.
    private static final List<String> MAILBOXES = List.of(
            "dana@acme.example",
            "helpdesk@acme.example",
            "kit@keyring.example",
            "omar@northwind.example",
            "changes@northwind.example");

    private final Path folder;
    private final Map<String, ToyDirectory> servers = new LinkedHashMap<>();
    private final GreenMail mail;
    private final List<ToyPerson> crowd;
    private final long seed;
    private final Workplace workplace;
    private ToyPeople people;

    private Theatre(Path folder, long seed) throws IOException {
        this.folder = folder;
        this.seed = seed;
        crowd = ToyPerson.crowd(PEOPLE + 1, seed);
        mail = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
        });
        mail.start();
        MAILBOXES.forEach(address -> mail.setUser(address, address, "demo"));
        for (String name : PRODUCTION) {
            open(name);
        }
        open(BACKUP);
        writeSite();
        workplace = Workplace.open(
                folder.resolve("site.yaml"), Optional.of(folder.resolve("guard").toString()));
        people = ToyPeople.start(
                // The first one is nobody's: probes log in with it.
                crowd.subList(1, crowd.size()),
                doors(),
                ToyPeople.Habits.usual(LOGINS_PER_SECOND),
                seed,
                Clock.systemUTC());
    }

    /// Sets the stage in an empty folder.
    static Theatre open(Path folder, long seed) {
        try {
            return new Theatre(folder, seed);
        } catch (IOException e) {
            throw new UncheckedIOException("The demo's folder " + folder + " cannot be written", e);
        }
    }

    private void open(String name) throws IOException {
        Path etc = Files.createDirectories(folder.resolve(name).resolve("etc"));
        Files.writeString(etc.resolve("access.conf"), """
                # Where logins are served.
                port = %d

                # Who may log in, and how.
                allow-groups = staff, guests, contractors
                require-password = yes
                lookup-delay = 0ms
                listen = 0.0.0.0
                # Take it over with: toyctl reload
                """.formatted(freePort()));
        Files.writeString(etc.resolve("people.ldif"), ToyPerson.ldif(crowd));
        servers.put(name, ToyDirectory.start(folder.resolve(name), Clock.systemUTC()));
    }

    /// A port outside of the range that outgoing connections take theirs from: people make many of those.
    private static int freePort() throws IOException {
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(18_000, 31_000);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Somebody has it; another one will do.
            }
        }
        throw new IOException("no port between 18000 and 31000 is free");
    }

    /// People reach each server at an address of its own; probes come by the loopback address.
    private List<ToyPeople.Door> doors() {
        List<ToyPeople.Door> doors = new ArrayList<>();
        for (String name : PRODUCTION) {
            doors.add(new ToyPeople.Door(
                    name, "127.0.2." + (doors.size() + 1), server(name).port()));
        }
        return doors;
    }

    private ToyDirectory server(String name) {
        ToyDirectory server = servers.get(name);
        if (server == null) {
            throw new IllegalStateException("the demo has no server " + name);
        }
        return server;
    }

    private void writeSite() throws IOException {
        Files.createDirectories(folder.resolve("secrets"));
        ToyPerson probe = crowd.getFirst();
        Files.writeString(folder.resolve("secrets/probe"), probe.password() + "\n");
        Files.writeString(
                folder.resolve("secrets/smtp"),
                "smtp://127.0.0.1:" + mail.getSmtp().getPort() + "\n");
        Files.writeString(
                folder.resolve("secrets/imap"),
                "imap://changes%40northwind.example:demo@127.0.0.1:"
                        + mail.getImap().getPort() + "/INBOX\n");
        StringBuilder site = new StringBuilder(SiteText.HEAD);
        servers.forEach((name, server) -> site.append(SiteText.server(name, server)));
        site.append(SiteText.tail(probe));
        Files.writeString(folder.resolve("site.yaml"), site);
    }

    /// Writes the customer's change down, as the customer's operator would.
    Path writeChange(Mistake mistake) {
        try {
            Path change = folder.resolve("changes").resolve(mistake.word());
            Files.createDirectories(change.resolve("files"));
            Files.writeString(change.resolve("change.yaml"), SiteText.change(mistake, servers.keySet()));
            // Every server has the same file but for its port, so the change is a patch and not a whole file.
            String old = Files.readString(server(BACKUP).root().resolve("access.conf"));
            Files.writeString(change.resolve("change.patch"), Patches.of("access.conf", old, mistake.edit(old)));
            return change;
        } catch (IOException e) {
            throw new UncheckedIOException("The change cannot be written", e);
        }
    }

    Workplace workplace() {
        return workplace;
    }

    GreenMail mail() {
        return mail;
    }

    ToyPeople people() {
        return people;
    }

    Path folder() {
        return folder;
    }

    /// The configuration folder of a server, for a look from outside.
    Path configuration(String server) {
        return server(server).root();
    }

    long seed() {
        return seed;
    }

    @Override
    public void close() {
        people.close();
        workplace.close();
        servers.values().forEach(ToyDirectory::close);
        mail.stop();
    }
}
