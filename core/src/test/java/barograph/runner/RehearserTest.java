package barograph.runner;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.Change;
import barograph.change.ChangeId;
import barograph.change.ChangeRequest;
import barograph.change.Edit;
import barograph.change.EditSource;
import barograph.dossier.Sites;
import barograph.expectations.Expectation;
import barograph.expectations.Finding;
import barograph.lease.Order;
import barograph.lease.Order.Activation;
import barograph.lease.Receipt;
import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.record.Digest;
import barograph.rehearsal.Onset;
import barograph.rehearsal.Replayed;
import barograph.rehearsal.Report;
import barograph.site.Commands;
import barograph.site.PersonId;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RehearserTest {
    private static final ChangeId NAME = new ChangeId("session-timeout.rehearsal-1");
    private static final Site SITE = Sites.acme();
    private static final ProbeId STAFF = SITE.probes().getFirst().id();

    @Test
    void old_twice_new_after_the_reload_new_after_a_restart_and_old_once_more() {
        Backup backup = new Backup();

        Report report = rehearse(backup, Activation.RELOAD);

        assertThat(report.passed()).as(report.toString()).isTrue();
        assertThat(backup.done)
                .containsExactly(
                        "probe old",
                        "probe old",
                        "Snapshot",
                        "Apply RELOAD",
                        "probe new",
                        "RollBack",
                        "Snapshot",
                        "Apply RESTART",
                        "probe new",
                        "RollBack",
                        "probe old");
        assertThat(report.extent().orElseThrow().restarted()).isTrue();
    }

    @Test
    void a_fault_that_a_reload_does_not_show_sleeps_until_the_next_restart_and_counts_as_worse() {
        Backup backup = new Backup();
        backup.brokenAfter = Set.of(Activation.RESTART);

        Report report = rehearse(backup, Activation.RELOAD);

        assertThat(report.passed()).isFalse();
        assertThat(report.sleeps()).isTrue();
        assertThat(report.differences())
                .singleElement()
                .matches(difference -> difference.worse() && difference.onset() == Onset.NEXT_RESTART);
    }

    @Test
    void a_change_that_goes_out_by_a_restart_is_restarted_once() {
        Backup backup = new Backup();

        Report report = rehearse(backup, Activation.RESTART);

        assertThat(backup.done).filteredOn("Apply RESTART"::equals).hasSize(1);
        assertThat(backup.done).doesNotContain("Apply RELOAD");
        assertThat(report.extent().orElseThrow().restarted()).isTrue();
    }

    @Test
    void a_server_without_a_restart_is_not_restarted_and_the_report_says_so() {
        Backup backup = new Backup();
        backup.restarts = false;

        Report report = rehearse(backup, Activation.RELOAD);

        assertThat(backup.done).doesNotContain("Apply RESTART");
        assertThat(report.passed()).isTrue();
        assertThat(report.extent().orElseThrow().restarted()).isFalse();
    }

    @Test
    void a_backup_that_is_ill_beforehand_is_not_touched() {
        Backup backup = new Backup();
        backup.broken = true;

        Report report = rehearse(backup, Activation.RELOAD);

        assertThat(backup.done).containsExactly("probe old", "probe old");
        assertThat(report.passed()).isFalse();
        assertThat(report.byteExact()).isTrue();
        assertThat(report.trouble()).contains("not well before anything was touched", "backend_unreachable");
    }

    @Test
    void a_server_that_does_not_start_again_with_the_change_is_told_to_sleep() {
        Backup backup = new Backup();
        backup.refusesToStart = true;

        Report report = rehearse(backup, Activation.RELOAD);

        assertThat(report.passed()).isFalse();
        assertThat(report.trouble())
                .startsWith("what it breaks sleeps until the next restart")
                .contains("RESTART was stopped after 60 s");
    }

    @Test
    void a_backup_that_does_not_work_as_before_after_the_way_back_is_told() {
        Backup backup = new Backup();
        backup.brokenAfterTheWayBack = true;

        Report report = rehearse(backup, Activation.RELOAD);

        assertThat(report.passed()).isFalse();
        assertThat(report.byteExact()).isTrue();
        assertThat(report.trouble()).startsWith("its old files are back, and yet it is not as before");
    }

    @Test
    void a_lease_that_ends_among_the_probes_proves_nothing() {
        Backup backup = new Backup();
        backup.whyBack = "lease ended";

        Report report = rehearse(backup, Activation.RELOAD);

        assertThat(report.passed()).isFalse();
        assertThat(report.trouble()).contains("went back by itself while probes were tried");
    }

    @Test
    void the_lease_outlasts_the_slowest_probes() {
        Backup backup = new Backup();

        rehearse(backup, Activation.RELOAD);

        assertThat(backup.lease).isEqualTo(Duration.ofSeconds(120 + 2 * 5));
    }

    @Test
    void a_change_that_alters_nothing_that_is_expected_of_it_is_found_on_the_backup() {
        Report report = rehearse(new Backup(), Activation.RELOAD);

        assertThat(report.findings()).containsExactly(new Finding.Already(STAFF));
    }

    @Test
    void replayed_logins_are_counted_by_group_and_nobody_is_tried_again_who_was_not_let_in() {
        Backup backup = new Backup();
        backup.shutOut = Set.of("gone");
        backup.shutOutByTheChange = Set.of("ann", "bob");
        ProbeSpec like = SITE.probes().getFirst();
        List<ProbeSpec> people =
                List.of(person(like, "gone"), person(like, "ann"), person(like, "bob"), person(like, "eve"));

        Report report = new Rehearser(
                        backup::obey, backup::probe, _ -> List.of(new Replays.Batch("staff", people, "3 packets: EAP")))
                .rehearse(backup.server(), NAME, change(), Activation.RELOAD, SITE.probes());

        assertThat(report.passed()).isFalse();
        assertThat(report.replayed())
                .containsExactly(new Replayed(
                        "staff",
                        3,
                        2,
                        0,
                        "policy_denied (2)",
                        Onset.AT_ONCE,
                        "3 packets: EAP, 1 not let in before the change either"));
        assertThat(backup.tries("gone")).isEqualTo(1);
        assertThat(backup.tries("ann")).isEqualTo(3);
        assertThat(backup.tries("eve")).isEqualTo(4);
        assertThat(report.toString()).doesNotContain("ann", "gone");
    }

    private static ProbeSpec person(ProbeSpec like, String name) {
        return new ProbeSpec(
                new ProbeId("replay-1"),
                like.via(),
                name,
                like.password(),
                like.group(),
                like.expect(),
                like.within(),
                like.options());
    }

    private static Report rehearse(Backup backup, Activation how) {
        return new Rehearser(backup::obey, backup::probe).rehearse(backup.server(), NAME, change(), how, SITE.probes());
    }

    private static Change change() {
        return Change.of(
                new ChangeRequest(
                        new ChangeId("session-timeout"),
                        "Title",
                        PersonId.of("acme/dana"),
                        "because",
                        List.of(),
                        List.of(new ServerId("ldap-backup"), new ServerId("ldap-1")),
                        new EditSource.Overlay(Optional.of("files"), List.of()),
                        List.of(new Expectation(STAFF, Map.of("Session-Timeout", "3600"), Optional.empty())),
                        Optional.empty(),
                        Duration.ofMinutes(2),
                        SITE.watch()),
                new Edit.Overlay(List.of(new Edit.Put("users", 0640, new byte[] {1})), List.of()));
    }

    /// A backup server in one room with its guard: what it breaks under is set beforehand.
    private static final class Backup {
        private final List<String> done = new ArrayList<>();
        private boolean restarts = true;
        private boolean broken;
        private Set<Activation> brokenAfter = Set.of();
        private boolean refusesToStart;
        private boolean brokenAfterTheWayBack;
        private Set<String> shutOut = Set.of();
        private Set<String> shutOutByTheChange = Set.of();
        private String whyBack = "ordered";
        private Duration lease = Duration.ZERO;
        private Optional<Activation> applied = Optional.empty();

        Server server() {
            Server known = SITE.server(new ServerId("ldap-backup")).orElseThrow();
            Commands commands = known.commands();
            return new Server(
                    known.id(),
                    known.kind(),
                    known.at(),
                    known.stage(),
                    known.host(),
                    known.port(),
                    known.config(),
                    new Commands(
                            commands.validate(),
                            Optional.of("reload"),
                            commands.reloadCovers(),
                            commands.reloadGap(),
                            restarts ? Optional.of("restart") : Optional.empty(),
                            commands.health(),
                            commands.loaded(),
                            commands.bootHook(),
                            commands.limit()),
                    known.log(),
                    known.speaks(),
                    known.secrets());
        }

        Receipt obey(Server server, Order order) {
            Digest manifest = Digest.of("manifest");
            done.add(
                    order instanceof Order.Apply apply
                            ? "Apply " + apply.how()
                            : order.getClass().getSimpleName());
            return switch (order) {
                case Order.Snapshot _ -> new Receipt.Snapped(manifest, 1, Optional.empty());
                case Order.Apply apply -> {
                    lease = apply.lease();
                    if (refusesToStart && apply.how() == Activation.RESTART) {
                        yield new Receipt.RolledBack(
                                manifest, true, true, "RESTART was stopped after 60 s: ", List.of());
                    }
                    applied = Optional.of(apply.how());
                    broken = brokenAfter.contains(apply.how());
                    yield new Receipt.Applied(manifest, apply.how(), Duration.ZERO);
                }
                case Order.RollBack _ -> {
                    applied = Optional.empty();
                    broken = brokenAfterTheWayBack;
                    yield new Receipt.RolledBack(manifest, true, true, whyBack, List.of());
                }
                case Order.Renew _, Order.Confirm _, Order.Look _ -> throw new AssertionError(order);
            };
        }

        long tries(String user) {
            return done.stream().filter(("login of " + user)::equals).count();
        }

        Trial probe(ProbeSpec probe, Server server) {
            boolean own = SITE.probes().contains(probe);
            done.add(own ? "probe " + (applied.isPresent() ? "new" : "old") : "login of " + probe.user());
            if (shutOut.contains(probe.user()) || (applied.isPresent() && shutOutByTheChange.contains(probe.user()))) {
                return new Trial(
                        probe.id(),
                        server.id(),
                        Instant.EPOCH,
                        List.of(),
                        new Outcome.Rejected("policy_denied"),
                        probe.expect(),
                        false,
                        "no",
                        Map.of());
            }
            return new Trial(
                    probe.id(),
                    server.id(),
                    Instant.EPOCH,
                    List.of(new Trial.Stride(Step.AUTHENTICATE, Duration.ofMillis(20))),
                    broken ? new Outcome.Failed(Step.AUTHENTICATE, "backend_unreachable") : new Outcome.Accepted(),
                    probe.expect(),
                    !broken,
                    broken ? "no directory" : "accepted",
                    broken ? Map.of() : Map.of("Session-Timeout", "3600"));
        }
    }
}
