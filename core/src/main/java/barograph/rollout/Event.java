package barograph.rollout;

import barograph.change.ChangeId;
import barograph.claims.Answer;
import barograph.claims.Claim;
import barograph.diagnosis.Diagnosis;
import barograph.diagnosis.Hunch;
import barograph.dkim.Grade;
import barograph.expectations.Expectation;
import barograph.expectations.Finding;
import barograph.forecast.Forecast;
import barograph.gates.Waiver;
import barograph.lease.Drift;
import barograph.lease.Receipt;
import barograph.login.Trial;
import barograph.record.Digest;
import barograph.rehearsal.Report;
import barograph.site.PersonId;
import barograph.site.ServerId;
import barograph.site.Stage;
import barograph.verdict.Verdict;
import barograph.watch.Counts;
import barograph.watch.Drum;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Something that happened to a change. Each is one entry of the record; what a change is now is what they add up to.
///
/// Old ones stay readable for ever: a component may be added with a default for what was written before, and none may
/// change its meaning.
public sealed interface Event {
    /// It was asked for. Its files stay in their folder; only their digest and a diff without secrets are kept.
    ///
    /// @param folder where the change's files are
    /// @param paths the files that it touches, relative to the configuration root
    /// @param diff what it does to them, secrets hidden; cut when it is very long
    /// @param insight what could be told of it then; nothing in entries of before that was kept
    record Proposed(
            ChangeId change,
            Digest digest,
            String title,
            PersonId requestedBy,
            String because,
            List<Claim> claims,
            List<Expectation> expect,
            String folder,
            List<String> paths,
            String diff,
            Plan plan,
            Insight insight)
            implements Event {
        public Proposed {
            insight = Objects.requireNonNullElse(insight, Insight.NONE);
        }

        /// One that nothing could be told of.
        public Proposed(
                ChangeId change,
                Digest digest,
                String title,
                PersonId requestedBy,
                String because,
                List<Claim> claims,
                List<Expectation> expect,
                String folder,
                List<String> paths,
                String diff,
                Plan plan) {
            this(change, digest, title, requestedBy, because, claims, expect, folder, paths, diff, plan, Insight.NONE);
        }
    }

    /// A person answered for their own party whether a claim about it is true.
    ///
    /// @param claim its place among the change's claims, from 0
    /// @param how by which way the answer came: `console`, `link`, `mail`
    record ClaimAnswered(int claim, PersonId by, Answer answer, String how) implements Event {}

    /// The backup servers begin to try it.
    record RehearsalBegun(List<ServerId> backups) implements Event {}

    /// A backup server has tried it.
    record Rehearsed(Report report) implements Event {}

    record Forecasted(Forecast forecast) implements Event {}

    record Approved(PersonId by, Digest digest) implements Event {}

    record WaiverSigned(Waiver waiver) implements Event {}

    /// An operator let it go: from here on it moves by itself as soon as its gates are passable.
    record Released(PersonId by) implements Event {}

    /// A server is about to be told something; written before it is sent.
    record Ordered(ServerId server, Errand errand) implements Event {}

    /// A server's guard answered.
    record Answered(ServerId server, Errand errand, Receipt receipt) implements Event {}

    /// The expectations were held against a server that has the change.
    record Checked(ServerId server, List<Finding> findings) implements Event {}

    /// A probe on a watched server ended otherwise than the time before.
    record Probed(Trial trial) implements Event {}

    /// The verdict on a stage is another than before, or it is the one that ends the stage.
    record Weighed(Stage stage, Verdict verdict, Counts counts) implements Event {}

    /// A stage has nothing more to prove; the next one follows.
    record StagePassed(Stage stage, String because) implements Event {}

    /// The logins of a stage, counted, for the picture of them.
    record Traced(Stage stage, Drum drum) implements Event {}

    /// The party that has the last word is asked for it.
    record ConfirmationAsked(Instant deadline) implements Event {}

    /// A person said that the change does what was wanted, knowing its digest.
    record ConfirmationGiven(PersonId by, Digest digest) implements Event {}

    /// The watch came to no verdict, and the site wants a person to decide.
    record DecisionAsked(Stage stage, String because) implements Event {}

    /// A person let a stage without a verdict go on.
    record DecisionGiven(PersonId by, Stage stage) implements Event {}

    /// Files of a server were found to be other than they were to be: before the change, than its snapshot has them;
    /// while it is watched, than the change had put them in place. An empty list says that all is as it was again.
    record Drifted(ServerId server, List<Drift> files) implements Event {
        public Drifted {
            files = List.copyOf(files);
        }
    }

    /// A person lets the rollout go on over what somebody else has changed on a server.
    record DriftAccepted(PersonId by, ServerId server) implements Event {}

    /// From here on every server that has it gets its old configuration back.
    record RollbackCalled(Cause cause) implements Event {}

    /// Why logins fail, or failed, on one of its servers, as far as looks from every vantage point tell. A later one
    /// knows more.
    record Diagnosed(Diagnosis diagnosis) implements Event {}

    /// A person said what they believe to be the cause; it was held against what was seen.
    ///
    /// @param server the one whose logins fail
    record HunchHeld(PersonId by, ServerId server, Hunch hunch) implements Event {}

    /// A host cannot be brought back; it is said so, and tried on.
    record PersonNeeded(ServerId server, String because) implements Event {}

    record Ended(Ending ending) implements Event {}

    /// A controller took the change on; the first, or another after one had died.
    record TakenOn(String controller) implements Event {}

    /// A notice was handed over for a recipient.
    ///
    /// @param notice which: the same notice is never sent twice to one recipient
    /// @param messageId the mail's own, for its thread
    record NoticeSent(String notice, String recipient, String subject, String messageId) implements Event {}

    /// A notice could not be handed over; it is tried again.
    record NoticeFailed(String notice, String recipient, String because, int attempt) implements Event {}

    /// A mail came in; its raw bytes are attached.
    ///
    /// @param postmark its place in the mailbox, so that it is never taken in twice
    /// @param messageId the mail's own; where it has none, a hash of its bytes
    /// @param matched by what it was found to belong here: `token`, `thread`, `sender`; `nothing` for one about no
    /// change that could be told
    /// @param emergency whether it says that people cannot log in
    /// @param arrived when it was put into the mailbox, by that one's clock
    /// @param seal what its signatures are worth, by the keys of that day; empty in older entries
    record MailReceived(
            String postmark,
            String from,
            String subject,
            String messageId,
            String matched,
            Writer writer,
            boolean emergency,
            Instant arrived,
            Optional<MailSeal> seal)
            implements Event {
        /// One whose signatures nobody has looked at.
        public MailReceived(
                String postmark,
                String from,
                String subject,
                String messageId,
                String matched,
                Writer writer,
                boolean emergency,
                Instant arrived) {
            this(postmark, from, subject, messageId, matched, writer, emergency, arrived, Optional.empty());
        }

        /// Whether the domain of its sender stands for it.
        public boolean speaks() {
            return seal.filter(each -> each.grade().speaks()).isPresent();
        }
    }

    /// What the signatures of a mail are worth.
    ///
    /// @param domain that signed; empty where none did, or none holds
    /// @param because why it is that grade, a clause for a person
    record MailSeal(Grade grade, String domain, String because) {}

    /// A mail was answered with the state of the change.
    ///
    /// @param to the message that is answered
    /// @param after how long after it came in
    record MailAnswered(String to, String recipient, String subject, Duration after) implements Event {}

    /// Who wrote a mail, as far as its headers tell.
    enum Writer {
        PERSON,
        /// A machine that answers or sends by itself: never answered, and never anybody's word.
        MACHINE,
        /// A mail system that could not deliver one of our letters.
        BOUNCE
    }
}
