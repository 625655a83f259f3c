package barograph.storm;

import barograph.change.Change;
import barograph.change.ChangeId;
import barograph.change.ChangeRequest;
import barograph.change.Edit;
import barograph.change.EditSource;
import barograph.site.At;
import barograph.site.BootHook;
import barograph.site.Commands;
import barograph.site.Config;
import barograph.site.GateRules;
import barograph.site.NoticeRules;
import barograph.site.Party;
import barograph.site.PartyId;
import barograph.site.Person;
import barograph.site.PersonId;
import barograph.site.Right;
import barograph.site.Role;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Site;
import barograph.site.Stage;
import barograph.site.WatchRules;
import barograph.site.WatchRules.Policy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Where storms break out: a site with a backup, a canary and two more servers, and the change that it gets.
final class Place {
    static final ServerId BACKUP = new ServerId("radius-backup");
    static final List<ServerId> SERVERS =
            List.of(BACKUP, new ServerId("radius-1"), new ServerId("radius-2"), new ServerId("radius-3"));
    static final PersonId DANA = PersonId.of("acme/dana");
    static final PersonId OMAR = PersonId.of("us/omar");
    static final ChangeId OURS = new ChangeId("session-timeout");
    static final ChangeId STRANGERS = new ChangeId("strangers");
    static final ChangeId REHEARSAL = new ChangeId(OURS + ".rehearsal-1");
    /// Rehearsals that a crash interrupted are begun again under the next number.
    static final List<ChangeId> CHANGES = List.of(
            OURS,
            STRANGERS,
            REHEARSAL,
            new ChangeId(OURS + ".rehearsal-2"),
            new ChangeId(OURS + ".rehearsal-3"),
            new ChangeId(OURS + ".rehearsal-4"),
            new ChangeId(OURS + ".rehearsal-5"));

    /// The file that every change touches.
    static final String TOUCHED = "users";

    static final Map<String, String> OLD =
            Map.of(TOUCHED, "old users", "radiusd.conf", "old settings", "mods/ldap", "old module");
    static final NoticeRules NOTICES = new NoticeRules(
            "changes@northwind.example", Optional.empty(), Optional.empty(), Duration.ofMinutes(15), List.of());

    private static final Map<Rules, Site> SITES = new ConcurrentHashMap<>();
    private static final Map<Form, Change> CHANGES_IN_FORM = new ConcurrentHashMap<>();

    private Place() {}

    /// What sites differ in.
    private record Rules(long lease, Policy undecided) {}

    /// What changes differ in.
    private record Form(ChangeId id, Rules rules, boolean confirmed) {}

    private static Rules rulesOf(Schedule schedule) {
        return new Rules(schedule.lease(), schedule.undecided());
    }

    static Site site(Schedule schedule) {
        return SITES.computeIfAbsent(rulesOf(schedule), _ -> newSite(schedule));
    }

    private static Site newSite(Schedule schedule) {
        return new Site(
                "acme-login",
                List.of(
                        new Party(
                                DANA.party(),
                                Role.CUSTOMER,
                                "Acme Corp",
                                Optional.of("acme.example"),
                                List.of(new Person(DANA, "dana@acme.example", Set.of(Right.REQUEST, Right.CONFIRM))),
                                Optional.of("helpdesk@acme.example")),
                        new Party(
                                new PartyId("us"),
                                Role.OPERATOR,
                                "Northwind Ops",
                                Optional.of("northwind.example"),
                                List.of(new Person(OMAR, "omar@northwind.example", Set.of(Right.OPERATE))),
                                Optional.empty())),
                SERVERS.stream().map(Place::server).toList(),
                List.of(),
                Duration.ofMillis(schedule.lease()),
                rules(schedule),
                new GateRules(false, false, 1, Map.of()),
                Optional.of(NOTICES));
    }

    private static WatchRules rules(Schedule schedule) {
        return new WatchRules(
                Duration.ofMillis(schedule.lease()),
                Duration.ofMillis(schedule.atMost()),
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                Duration.ofDays(1),
                0.01,
                0.05,
                Duration.ofMinutes(15),
                schedule.undecided(),
                schedule.undecided(),
                Duration.ofMinutes(1));
    }

    private static Server server(ServerId id) {
        Stage stage = id.equals(BACKUP) ? Stage.BACKUP : id.equals(SERVERS.get(1)) ? Stage.CANARY : Stage.REST;
        return new Server(
                id,
                "freeradius",
                new At.Local(),
                stage,
                "127.0.0.1",
                1812,
                new Config("/etc/freeradius", List.of(), List.of()),
                new Commands(
                        Optional.empty(),
                        Optional.of("reload"),
                        List.of(),
                        Duration.ZERO,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new BootHook.None(),
                        Duration.ofSeconds(60)),
                Optional.empty(),
                List.of(),
                List.of());
    }

    /// The change, which turns one file into another, adds one and takes one away.
    static Change change(ChangeId id, Schedule schedule, Site site) {
        Form form = new Form(id, rulesOf(schedule), schedule.confirmed());
        return CHANGES_IN_FORM.computeIfAbsent(form, _ -> newChange(id, schedule, site));
    }

    private static Change newChange(ChangeId id, Schedule schedule, Site site) {
        // What one change has removed, another cannot remove on top of it.
        List<String> removals = id.equals(STRANGERS) ? List.of() : List.of("mods/ldap");
        Edit edit = new Edit.Overlay(List.of(put(TOUCHED, id + " users"), put("sites/" + id, id + " site")), removals);
        ChangeRequest request = new ChangeRequest(
                id,
                "Return Session-Timeout in every Access-Accept",
                DANA,
                "The application logs people out at random without it.",
                List.of(),
                SERVERS,
                new EditSource.Overlay(Optional.of("files"), removals),
                List.of(),
                schedule.confirmed()
                        ? Optional.of(new ChangeRequest.Confirm(DANA.party(), Duration.ofMillis(schedule.atMost())))
                        : Optional.empty(),
                Duration.ofMillis(schedule.lease()),
                site.watch());
        return Change.of(request, edit);
    }

    private static Edit.Put put(String path, String content) {
        return new Edit.Put(path, 0640, content.getBytes(StandardCharsets.UTF_8));
    }

    static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
