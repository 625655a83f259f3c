package barograph.change;

import barograph.claims.Claim;
import barograph.expectations.Expectation;
import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import barograph.form.Page;
import barograph.form.Place;
import barograph.form.Placed;
import barograph.form.Problem;
import barograph.form.Read;
import barograph.site.GateRules;
import barograph.site.Party;
import barograph.site.PartyId;
import barograph.site.Person;
import barograph.site.PersonId;
import barograph.site.Right;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Site;
import barograph.site.WatchForm;
import barograph.site.WatchRules;
import barograph.site.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a `change.yaml`, and says everything that is wrong with it, in itself and against its site.
public final class ChangeFile {
    private static final Field<String> NAME =
            Field.required("change", Words.NAME, "the change's name: that of its folder");
    private static final Field<String> TITLE =
            Field.required("title", Words.TITLE, "what it does, in a line for everyone");
    private static final Field<String> BECAUSE =
            Field.required("because", Words.SENTENCES, "why it is wanted, in a sentence for everyone");
    private static final Field<Optional<EditSource>> EDIT = Field.optional(
            "edit",
            EditForm.SOURCE,
            "where the new files are: a folder that is laid over the configuration folder, or a unified diff");
    private static final Field<List<String>> REMOVE =
            Field.or(List.of(), "remove", EditForm.REMOVALS, "paths below the configuration folder that are taken out");

    private final Site site;
    private final Field<PersonId> requestedBy;
    private final Field<List<Claim>> claims;
    private final Field<List<Placed<Server>>> servers;
    private final Field<List<Expectation>> expectations;
    private final Field<Optional<ChangeRequest.Confirm>> confirm;
    private final Field<Duration> lease;
    private final Field<WatchRules> watch;

    private ChangeFile(Site site) {
        this.site = site;
        requestedBy = Field.required("requested-by", requester(), "who asks for it, as party/person");
        claims = Field.or(
                List.of(),
                "claims",
                Form.list(ClaimForm.of(site), 0, 50),
                "what is said that a party wants; hearsay until that party says so too");
        servers = Field.or(
                site.servers().stream()
                        .map(server -> new Placed<>(server, Place.in("the site")))
                        .toList(),
                "servers",
                Form.list(server().placed(), 1, 1000),
                "which servers get it; all of the site if left out");
        expectations = Field.or(
                List.of(),
                "expect",
                Form.list(ExpectationForm.of(site), 0, 100),
                "the new behavior, seen from outside, on each server once it is applied");
        confirm = Field.optional("confirm", ConfirmForm.of(site), "who must say that it does what was wanted");
        lease = Field.or(
                site.lease(),
                "lease",
                Form.duration(Duration.ofSeconds(1), Duration.ofHours(24)),
                "how long a host keeps it unconfirmed without hearing from the controller; as the site says if left out");
        watch = Field.or(
                site.watch(),
                "watch",
                WatchForm.ofChange(site.watch()),
                "how real logins are watched, where this change wants it otherwise than the site");
    }

    /// @param fileName what the file is called in problems
    public static Read<ChangeRequest> read(String fileName, byte[] yaml, Site site) {
        return Page.read(fileName, yaml, form(site));
    }

    /// What any `change.yaml` may say, whatever its site is.
    public static Form<ChangeRequest> form() {
        GateRules none = new GateRules(false, false, 1, Map.of());
        WatchRules watch = WatchForm.ofSite().blank();
        return form(
                new Site("any", List.of(), List.of(), List.of(), Duration.ofMinutes(2), watch, none, Optional.empty()));
    }

    /// What a `change.yaml` of a site may say.
    public static Form<ChangeRequest> form(Site site) {
        ChangeFile file = new ChangeFile(site);
        return Form.fields(
                        NAME,
                        TITLE,
                        file.requestedBy,
                        BECAUSE,
                        file.claims,
                        file.servers,
                        EDIT,
                        REMOVE,
                        file.expectations,
                        file.confirm,
                        file.lease,
                        file.watch)
                .refusing(
                        "run",
                        "a change that runs a command is not supported yet.",
                        "Write edit: files/ or edit: change.patch.")
                .check(ChangeFile::editing)
                .check(file::eachServerOnce)
                .as("a map", file::make);
    }

    private Form<PersonId> requester() {
        Map<String, Person> people = new LinkedHashMap<>();
        site.parties().stream()
                .flatMap(party -> party.people().stream())
                .forEach(person -> people.put(person.id().toString(), person));
        return Form.choice("person", people)
                .open()
                .check(
                        (person, place) -> person.may(Right.REQUEST)
                                ? List.of()
                                : List.of(
                                        new Problem(
                                                place,
                                                person.id() + " may not request a change.",
                                                "Add request to what that person may do in the site's file, or name somebody who may.")))
                .map(Person::id);
    }

    private Form<Server> server() {
        Map<String, Server> known = new LinkedHashMap<>();
        site.servers().forEach(server -> known.put(server.id().value(), server));
        return Form.choice("server", known).open();
    }

    /// The site's parties as words of a form; `what` a party must be able to do, where it must.
    static Form<PartyId> party(Site site, boolean mustAnswer) {
        Map<String, Party> known = new LinkedHashMap<>();
        site.parties().forEach(party -> known.put(party.id().value(), party));
        return Form.choice("party", known)
                .open()
                .check((party, place) ->
                        !mustAnswer || party.people().stream().anyMatch(person -> person.may(Right.CONFIRM))
                                ? List.of()
                                : List.of(new Problem(
                                        place,
                                        "nobody of " + party.id() + " may confirm, so there would be no answer.",
                                        "Add confirm to what somebody of " + party.id()
                                                + " may do in the site's file, or name another party.")))
                .map(Party::id);
    }

    private static List<Problem> editing(Answers answers) {
        Optional<EditSource> edit = answers.find(EDIT).flatMap(source -> source);
        if (edit.isPresent() && edit.get() instanceof EditSource.Patch && answers.has(REMOVE.name())) {
            return List.of(new Problem(
                    answers.place(REMOVE),
                    "a patch says itself which files it takes out.",
                    "Take them out in the patch, or lay new files over with edit: files/."));
        }
        boolean nothing = !answers.has(EDIT.name()) && !answers.has(REMOVE.name()) && !answers.has("run");
        return nothing
                ? List.of(new Problem(
                        answers.place(EDIT),
                        "it is missing, so nothing would change.",
                        "Write edit: files/ (a folder of new files) or edit: change.patch (a unified diff)."))
                : List.of();
    }

    private List<Problem> eachServerOnce(Answers answers) {
        Set<ServerId> seen = new HashSet<>();
        List<Problem> problems = new ArrayList<>();
        answers.find(servers).orElse(List.of()).stream()
                .filter(entry -> !seen.add(entry.value().id()))
                .forEach(entry -> problems.add(new Problem(
                        entry.place(), entry.value().id() + " stands here a second time.", "Take one of them out.")));
        return problems;
    }

    private ChangeRequest make(Answers answers) {
        Set<ServerId> wanted = new HashSet<>();
        answers.of(servers).forEach(entry -> wanted.add(entry.value().id()));
        return new ChangeRequest(
                new ChangeId(answers.of(NAME)),
                answers.of(TITLE),
                answers.of(requestedBy),
                answers.of(BECAUSE),
                answers.of(claims),
                site.servers().stream().map(Server::id).filter(wanted::contains).toList(),
                answers.of(EDIT)
                        .map(source -> EditForm.with(source, answers.of(REMOVE)))
                        .orElseGet(() -> new EditSource.Overlay(Optional.empty(), answers.of(REMOVE))),
                answers.of(expectations),
                answers.of(confirm),
                answers.of(lease),
                answers.of(watch));
    }
}
