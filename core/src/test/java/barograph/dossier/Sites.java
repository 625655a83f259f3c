package barograph.dossier;

import barograph.site.At;
import barograph.site.BootHook;
import barograph.site.Commands;
import barograph.site.Config;
import barograph.site.GateRules;
import barograph.site.LogSource;
import barograph.site.NoticeRules;
import barograph.site.Party;
import barograph.site.PartyId;
import barograph.site.Person;
import barograph.site.PersonId;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec;
import barograph.site.Right;
import barograph.site.Role;
import barograph.site.Secret;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Site;
import barograph.site.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The site of the stories, with secrets that no dossier may show.
public final class Sites {
    /// What must never be seen outside.
    public static final List<String> SECRETS =
            List.of("hunter2-plain", "PROBE_STAFF", "radius-shared-9", "mail-pass-11", "s3cr3t-hook-token");

    private Sites() {}

    public static Site acme() {
        return new Site(
                "acme-login",
                List.of(
                        party("acme", Role.CUSTOMER, "Acme Corp", "dana", Right.REQUEST, Right.APPROVE, Right.WAIVE),
                        party("keyring", Role.VENDOR, "Keyring", "kit", Right.CONFIRM),
                        party("us", Role.OPERATOR, "Northwind Ops", "omar", Right.OPERATE, Right.APPROVE)),
                List.of(
                        server("ldap-backup", Stage.BACKUP),
                        server("ldap-1", Stage.CANARY),
                        server("ldap-2", Stage.REST),
                        server("ldap-3", Stage.REST)),
                List.of(new ProbeSpec(
                        new ProbeId("staff-login"),
                        "ldap-login",
                        "probe-staff",
                        new Secret.Plain("hunter2-plain"),
                        Optional.of("staff"),
                        ProbeSpec.Expect.ACCEPT,
                        Duration.ofSeconds(5),
                        Map.of("secret", new Secret.Plain("radius-shared-9"), "other", new Secret.Env("PROBE_STAFF")))),
                Duration.ofMinutes(2),
                Cases.rules(),
                new GateRules(true, true, 0.2, Map.of()),
                Optional.of(new NoticeRules(
                        "changes@northwind.example",
                        Optional.of(new Secret.Plain("smtp://u:mail-pass-11@mail.example")),
                        Optional.empty(),
                        Duration.ofMinutes(15),
                        List.of())));
    }

    private static Party party(String id, Role role, String name, String person, Right... rights) {
        return new Party(
                new PartyId(id),
                role,
                name,
                Optional.empty(),
                List.of(new Person(PersonId.of(id + "/" + person), person + "@" + id + ".example", Set.of(rights))),
                Optional.empty());
    }

    private static Server server(String id, Stage stage) {
        return new Server(
                new ServerId(id),
                "slapd",
                new At.Local(),
                stage,
                "127.0.0.1",
                389,
                new Config("/etc/ldap", List.of(), List.of()),
                new Commands(
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Duration.ZERO,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new BootHook.None(),
                        Duration.ofSeconds(30)),
                Optional.of(new LogSource("/var/log/slapd.log", "slapd")),
                List.of("ldap-*"),
                List.of("rootpw\\s+(\\S+)"));
    }
}
