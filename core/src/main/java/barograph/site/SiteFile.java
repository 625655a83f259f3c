package barograph.site;

import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import barograph.form.Page;
import barograph.form.Placed;
import barograph.form.Problem;
import barograph.form.Read;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a `site.yaml`, and says everything that is wrong with it.
public final class SiteFile {
    private static final Field<String> NAME = Field.required("site", Words.NAME, "the site's name");
    private static final Field<List<Placed<Party>>> PARTIES = Field.required(
            "parties", Form.named("party", Words.NAME, PartyForm.FORM), "the organisations that have a say, by name");
    private static final Field<Integer> WRONG_PASSWORDS = Field.standard(
            "wrong-passwords",
            Form.whole(0, 100_000),
            Integer.toString(Site.WRONG_PASSWORDS),
            "how many wrong passwords an hour probes may try on one account, on all servers together, so that none is"
                    + " ever locked");
    private static final Field<Duration> LEASE = Field.standard(
            "lease",
            Form.duration(Duration.ofSeconds(1), Duration.ofHours(24)),
            "2m",
            "how long a host keeps an unconfirmed configuration without hearing from the controller");
    private static final Field<WatchRules> WATCH = Field.or(
            WatchForm.ofSite().blank(),
            "watch",
            WatchForm.ofSite(),
            "how long and how strictly real logins are watched");
    private static final Field<GateRules> GATES =
            Field.or(GatesForm.FORM.blank(), "gates", GatesForm.FORM, "what must be true before a change goes out");
    private static final Field<Optional<NoticeRules>> NOTICES =
            Field.optional("notices", NoticesForm.FORM, "how people are told; nobody is if left out");

    private static final Field<List<Placed<ReplaySpec>>> REPLAY = Field.or(
            List.of(),
            "replay",
            Form.named("replay", Words.NAME, ReplayForm.FORM),
            "logins of real people that a rehearsal tries again, by the name of their group");

    private final Field<List<Placed<Server>>> servers;
    private final Field<List<Placed<ProbeSpec>>> probes;

    private SiteFile(Map<String, Kind> kinds, List<ProbeKind> probeKinds) {
        servers = Field.required(
                "servers", Form.named("server", Words.NAME, ServerForm.of(kinds)), "the login servers, by name");
        probes = Field.or(
                List.of(),
                "probes",
                Form.named("probe", Words.NAME, ProbeForm.of(probeKinds)),
                "real logins by test accounts, by name");
    }

    /// @param fileName what the file is called in problems
    /// @param kinds every kind of server that is known, by its name
    /// @param probeKinds every protocol that probes can speak
    public static Read<Site> read(String fileName, byte[] yaml, Map<String, Kind> kinds, List<ProbeKind> probeKinds) {
        return Page.read(fileName, yaml, form(kinds, probeKinds));
    }

    /// What a `site.yaml` may say.
    public static Form<Site> form(Map<String, Kind> kinds, List<ProbeKind> probeKinds) {
        SiteFile file = new SiteFile(kinds, probeKinds);
        return Form.fields(
                        NAME, PARTIES, file.servers, file.probes, REPLAY, WRONG_PASSWORDS, LEASE, WATCH, GATES, NOTICES)
                .check(file::together)
                .as("a map", file::make);
    }

    private List<Problem> together(Answers answers) {
        List<Problem> problems = new ArrayList<>(SiteChecks.mails(answers.noted(PartyForm.MAILS)));
        problems.addAll(SiteChecks.roots(answers.find(servers).orElse(List.of())));
        problems.addAll(SiteChecks.escalation(answers.noted(NoticesForm.ESCALATED), answers.names(PARTIES)));
        problems.addAll(SiteChecks.known(answers.noted(WebhookForm.PARTY), answers.names(PARTIES)));
        problems.addAll(SiteChecks.replays(answers.noted(ReplayForm.LIKE), answers.names(probes)));
        if (answers.whole(servers)) {
            List<Server> all = values(answers.of(servers));
            problems.addAll(SiteChecks.stages(all, answers.place(servers)));
            problems.addAll(SiteChecks.protocols(answers.noted(ProbeForm.VIA), all));
        }
        if (answers.whole(PARTIES)) {
            List<Party> all = values(answers.of(PARTIES));
            problems.addAll(SiteChecks.parties(all, answers.place(PARTIES)));
            for (Role role : Role.values()) {
                problems.addAll(SiteChecks.approvals(role, answers.noted(GatesForm.wantedOf(role)), all));
            }
        }
        return problems;
    }

    private Site make(Answers answers) {
        return new Site(
                answers.of(NAME),
                values(answers.of(PARTIES)),
                values(answers.of(servers)),
                values(answers.of(probes)),
                answers.of(WRONG_PASSWORDS),
                answers.of(LEASE),
                answers.of(WATCH),
                answers.of(GATES),
                answers.of(NOTICES),
                values(answers.of(REPLAY)));
    }

    private static <T> List<T> values(List<Placed<T>> placed) {
        return placed.stream().map(Placed::value).toList();
    }
}
