package barograph.story;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.ChangeId;
import barograph.cli.Duty;
import barograph.cli.Workplace;
import barograph.rollout.Ending;
import barograph.rollout.Errand;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.rollout.Rollout;
import barograph.site.PersonId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers that are slow, or do not take a change over: the real runner and the real guards, on this machine.
class TroubledServersTest {
    @TempDir
    Path folder;

    private final StringBuilder servers = new StringBuilder();

    /// The check of a large configuration, say, comes before the server's own lease begins.
    @Test
    void while_one_server_takes_longer_than_a_lease_those_that_have_the_change_keep_it() throws IOException {
        server("one", "canary", "true", "true");
        server("slow", "rest", "sleep 25", "true");

        List<Happening> history = carry("20s");

        assertThat(Rollout.replay(history).ending()).as(history.toString()).contains(Ending.CONFIRMED);
        assertThat(Duration.between(
                        at(history, Errand.APPLY, Event.Ordered.class),
                        at(history, Errand.APPLY, Event.Answered.class)))
                .isGreaterThan(Duration.ofSeconds(25));
    }

    @Test
    void a_change_that_the_first_server_does_not_take_over_ends_there() throws IOException {
        server("one", "canary", "true", "grep -q old $ROOT/conf");

        List<Happening> history = carry("1m");

        assertThat(Rollout.replay(history).ending()).as(history.toString()).contains(Ending.ROLLED_BACK);
        assertThat(folder.resolve("one/conf")).hasContent("old\n");
    }

    @Test
    void a_change_that_a_later_server_does_not_take_over_is_taken_back_everywhere() throws IOException {
        server("one", "canary", "true", "true");
        server("other", "rest", "true", "grep -q old $ROOT/conf");

        List<Happening> history = carry("1m");

        assertThat(Rollout.replay(history).ending()).as(history.toString()).contains(Ending.ROLLED_BACK);
        assertThat(folder.resolve("one/conf")).hasContent("old\n");
        assertThat(folder.resolve("other/conf")).hasContent("old\n");
    }

    /// When the last server was told something, or answered it.
    private static Instant at(List<Happening> history, Errand what, Class<? extends Event> sort) {
        return history.stream()
                .filter(each -> sort.isInstance(each.event()))
                .filter(each -> each.event() instanceof Event.Ordered(var server, var errand) && errand == what
                        || each.event() instanceof Event.Answered(var by, var told, var _) && told == what)
                .map(Happening::at)
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    private void server(String name, String stage, String validate, String reload) throws IOException {
        Path root = Files.createDirectories(folder.resolve(name));
        Files.writeString(root.resolve("conf"), "old\n");
        servers.append("""
              %s: { kind: files, at: local, stage: %s, port: 1812, config: { root: "%s" }, validate: "%s", reload: "%s", boot-hook: none }
            """.formatted(name, stage, root, validate, reload));
    }

    private List<Happening> carry(String lease) throws IOException {
        Path site = Files.writeString(folder.resolve("site.yaml"), """
                site: troubled
                parties:
                  acme: { role: customer, name: Acme, people: [ { id: dana, mail: dana@acme.example, may: [request] } ] }
                  us: { role: operator, name: Ops, people: [ { id: omar, mail: omar@ops.example, may: [operate] } ] }
                servers:
                """ + servers + """
                lease: %s
                watch: { bake: 1s, at-most: 1s, settle: 100ms, probe-every: 1s, undecided: continue, blind: continue }
                gates: { rehearsal: optional, claims: optional, forecast: 100%% }
                """.formatted(lease));
        Path change = Files.createDirectories(folder.resolve("changes/something"));
        Files.createDirectories(change.resolve("files"));
        Files.writeString(change.resolve("files/conf"), "new\n");
        Files.writeString(change.resolve("change.yaml"), """
                change: something
                title: Something new
                requested-by: acme/dana
                because: It is wanted.
                edit: files/
                """);
        try (Workplace workplace =
                Workplace.open(site, Optional.of(folder.resolve("guard").toString()))) {
            ChangeId id = workplace.propose(change).id();
            workplace.desk().release(id, PersonId.of("us/omar"));
            new Duty(workplace, id, _ -> {}, _ -> {}).run();
            return workplace.journal().of(id);
        }
    }
}
