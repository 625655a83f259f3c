package barograph.story;

import barograph.change.ChangeId;
import barograph.cli.Duty;
import barograph.cli.Workplace;
import barograph.host.SshAccess;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.site.Commands;
import barograph.site.PersonId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A site's folder over real servers, and the way of one change through it.
final class RealSite {
    private static final String PEOPLE = """
            site: real-logins
            parties:
              acme: { role: customer, name: Acme, people: [ { id: dana, mail: dana@acme.example, may: [request] } ] }
              us: { role: operator, name: Ops, people: [ { id: omar, mail: omar@ops.example, may: [operate] } ] }
            servers:
            """;

    /// Rehearsal, claims and forecast do not hold the change up here: what is tested is the canary.
    private static final String RULES = """
            wrong-passwords: 100000
            lease: 20s
            watch:
              bake: 3s
              at-most: 90s
              settle: 1500ms
              unit: 1s
              learn: 10m
              harmless-below: 10%
              quiet: 30s
              undecided: roll-back
              blind: roll-back
              probe-every: 2s
            gates: { rehearsal: optional, claims: optional, forecast: 100% }
            """;

    private final Path folder;
    private final StringBuilder servers = new StringBuilder();

    RealSite(Path folder) {
        this.folder = folder;
    }

    /// A server of the kind `files`, with the commands of the real one.
    RealSite server(String name, String stage, String at, int port, Path root, Path log, String grammar, Commands how) {
        servers.append("""
              %s:
                kind: files
                at: %s
                stage: %s
                host: 127.0.0.1
                port: %d
                config: { root: "%s" }
                log: { path: "%s", grammar: %s }
                speaks: [ "%s" ]
                reload-covers: [ %s ]
                reload-gap: %dms
                limit: 20s
                validate: %s
                reload: %s
                restart: %s
                health: %s
                boot-hook: none
            """.formatted(
                        name,
                        at,
                        stage,
                        port,
                        root,
                        log,
                        grammar,
                        grammar.equals("freeradius") ? "radius-*" : "ldap-*",
                        String.join(
                                ", ",
                                how.reloadCovers().stream()
                                        .map(each -> "\"" + each + "\"")
                                        .toList()),
                        how.reloadGap().toMillis(),
                        quoted(how.validate()),
                        quoted(how.reload()),
                        quoted(how.restart()),
                        quoted(how.health())));
        return this;
    }

    private static String quoted(Optional<String> command) {
        return command.map(text -> "'" + text.replace("'", "''") + "'").orElse("none");
    }

    /// @param probes the probes' part of the file
    Workplace open(String probes, SshAccess access) throws IOException {
        Path file = folder.resolve("site.yaml");
        Files.writeString(file, PEOPLE + servers + "probes:\n" + probes + RULES);
        return Workplace.open(file, Optional.of(folder.resolve("guard").toString()), access);
    }

    /// Writes a change down that lays one file over the configuration.
    Path change(String name, String path, String content) throws IOException {
        Path change = folder.resolve("changes").resolve(name);
        Path file = change.resolve("files").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.writeString(change.resolve("change.yaml"), """
                change: %s
                title: A change of %s
                requested-by: acme/dana
                because: Somebody insists.
                edit: files/
                """.formatted(name, path));
        return change;
    }

    /// Carries a change to its end.
    static List<Happening> carry(Workplace workplace, Path change) {
        ChangeId id = workplace.propose(change).id();
        workplace.desk().release(id, PersonId.of("us/omar"));
        new Duty(workplace, id, _ -> {}, _ -> {}).run();
        return workplace.journal().of(id);
    }

    static <E extends Event> List<E> all(List<Happening> history, Class<E> type) {
        return history.stream()
                .map(Happening::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
