package barograph.demo;

import barograph.change.ChangeId;
import barograph.claims.Answer;
import barograph.cli.Dossiers;
import barograph.cli.Duty;
import barograph.cli.Paper;
import barograph.cli.Paper.Ink;
import barograph.cli.Post;
import barograph.cli.Tale;
import barograph.cli.Workplace;
import barograph.gates.GateState;
import barograph.record.Verification;
import barograph.rollout.Ending;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.rollout.Rollout;
import barograph.runner.Desk;
import barograph.site.PersonId;
import barograph.store.Bundle;
import barograph.store.Export;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Plays the story in a theatre: what people do is written here; what comes of it is up to the login servers, the
/// logins and the judge.
final class Story {
    private static final PersonId DANA = PersonId.of("acme/dana");
    private static final PersonId KIT = PersonId.of("keyring/kit");
    private static final PersonId OMAR = PersonId.of("us/omar");
    private static final int LOGINS_TO_LEARN_FROM = 150;

    private final Theatre theatre;
    private final Mistake mistake;
    private final Paper paper;
    private final Workplace workplace;
    private final Map<String, Fingerprint> before = new HashMap<>();

    Story(Theatre theatre, Mistake mistake, Paper paper) {
        this.theatre = theatre;
        this.mistake = mistake;
        this.paper = paper;
        this.workplace = theatre.workplace();
    }

    Finale play() {
        act("The site", "Three LDAP login servers and a backup, sixty people logging in, one mail server.");
        learn();
        ChangeId change = ask();
        Ending ending;
        try (Post _ = Post.open(workplace, Duration.ofMillis(200), words -> paper.line(Ink.WARNING, words))) {
            ending = carry(change);
            if (ending == Ending.ROLLED_BACK) {
                lateEmergency(change);
            }
            await(Duration.ofSeconds(5), () -> !Post.owes(workplace, change));
        }
        return finish(change, ending);
    }

    private void act(String title, String what) {
        paper.line("");
        paper.line(Ink.TITLE, "── " + title + " " + "─".repeat(Math.max(0, 66 - title.length())));
        paper.line(what);
    }

    private void learn() {
        Theatre.PRODUCTION.forEach(name -> before.put(name, Fingerprint.of(theatre.configuration(name))));
        before.put(Theatre.BACKUP, Fingerprint.of(theatre.configuration(Theatre.BACKUP)));
        await(Duration.ofSeconds(20), () -> {
            int seen = theatre.people().attempts().size();
            paper.passing("          " + seen + " logins so far");
            return seen >= LOGINS_TO_LEARN_FROM;
        });
    }

    private ChangeId ask() {
        act("The request", "Acme wants a change, and says that its vendor Keyring requires it.");
        ChangeId change = workplace.propose(theatre.writeChange(mistake)).id();
        workplace.journal().of(change).forEach(happening -> Tale.tell(paper, happening));
        diff(change);
        // A vendor that is asked itself tells a wish from a demand.
        Answer answer = mistake == Mistake.GOOD ? Answer.REQUESTED : Answer.WISHED;
        done(workplace.desk().answer(change, 0, KIT, answer, "console"));
        done(workplace.desk().approve(change, OMAR));
        done(workplace.desk().release(change, OMAR));
        return change;
    }

    private void diff(ChangeId change) {
        Rollout rollout = Rollout.replay(workplace.journal().of(change));
        rollout.proposed()
                .diff()
                .lines()
                .filter(line -> (line.startsWith("+") || line.startsWith("-"))
                        && !line.startsWith("+++")
                        && !line.startsWith("---"))
                .forEach(line -> paper.line(line.startsWith("+") ? Ink.GOOD : Ink.BAD, "            " + line));
    }

    private Ending carry(ChangeId change) {
        act("The rehearsal", "The backup server tries it first, with real logins by test accounts.");
        Duty.Outcome outcome = duty(change);
        if (outcome instanceof Duty.Outcome.Waits(String _, List<GateState> gates)) {
            act("The gates", "They are shut. The customer insists, and signs under what it was shown.");
            gates.stream()
                    .filter(GateState.Shut.class::isInstance)
                    .map(gate -> (GateState.Shut) gate)
                    .forEach(shut -> {
                        paper.line(Ink.BAD, "          gate " + shut.gate().name() + ": " + shut.waitsFor());
                        done(workplace.desk().waive(change, shut.gate().name(), DANA, "We need it today."));
                    });
            act("The storm glass", "The canary gets the change under a lease of 10 s. Real logins are watched.");
            outcome = duty(change);
        }
        if (outcome instanceof Duty.Outcome.Ended(Ending ending)) {
            return ending;
        }
        throw new IllegalStateException("the story stopped in the middle: " + outcome);
    }

    private Duty.Outcome duty(ChangeId change) {
        return new Duty(
                        workplace,
                        change,
                        happening -> hear(change, happening),
                        glance -> paper.passing(Duty.line(glance)))
                .run();
    }

    private void hear(ChangeId change, Happening happening) {
        Tale.tell(paper, happening);
        if (happening.event() instanceof Event.ConfirmationAsked) {
            done(workplace.desk().confirm(change, KIT));
        }
    }

    private void lateEmergency(ChangeId change) {
        act("Too late", "Acme's support desk has not read its mail, and raises an emergency.");
        Letterbox.send(theatre.mail(), "helpdesk@acme.example", "changes@northwind.example");
        paper.line("          helpdesk@acme.example writes: " + Letterbox.SUBJECT);
        await(
                Duration.ofSeconds(20),
                () -> answered(change).isPresent()
                        && !Letterbox.answer(theatre.mail()).isEmpty());
        Letterbox.answer(theatre.mail()).forEach(line -> paper.line(Ink.FAINT, "          | " + line));
    }

    private Optional<Event.MailAnswered> answered(ChangeId change) {
        return workplace.journal().of(change).stream()
                .map(Happening::event)
                .filter(Event.MailAnswered.class::isInstance)
                .map(Event.MailAnswered.class::cast)
                .findFirst();
    }

    private Finale finish(ChangeId change, Ending ending) {
        act("The call", "What the conference call gets to see.");
        try {
            Path dossier = theatre.folder().resolve(change + ".html");
            Files.writeString(dossier, Dossiers.page(workplace, change));
            Path export = theatre.folder().resolve("record.zip");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(export))) {
                Export.write(workplace.recorder(), Optional.empty(), out);
            }
            boolean valid = Bundle.verify(export, workplace.recorder().key(), List.of()) instanceof Verification.Intact;
            Finale finale = Reckoning.of(theatre, change, ending, valid, byteExact(ending), dossier);
            paper.line("          dossier   " + dossier);
            paper.line("          record    " + export + (valid ? "  (verified)" : "  (BROKEN)"));
            return finale;
        } catch (IOException e) {
            throw new UncheckedIOException("The dossier cannot be written into " + theatre.folder(), e);
        }
    }

    /// Whether every folder that has to be as before is: all of them, or with a confirmed change the backup's alone.
    private boolean byteExact(Ending ending) {
        return before.entrySet().stream()
                .filter(server -> ending != Ending.CONFIRMED || server.getKey().equals(Theatre.BACKUP))
                .allMatch(server ->
                        Fingerprint.of(theatre.configuration(server.getKey())).equals(server.getValue()));
    }

    private void done(Desk.Reply reply) {
        switch (reply) {
            case Desk.Reply.Done(String words) -> paper.line(Ink.FAINT, "          " + words);
            case Desk.Reply.Refused(String words) -> throw new IllegalStateException(words);
        }
    }

    /// Waits until something is so, at most for `limit`; what follows has to cope with its not being so.
    private static void await(Duration limit, BooleanSupplier so) {
        Instant end = Instant.now().plus(limit);
        while (!so.getAsBoolean() && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
