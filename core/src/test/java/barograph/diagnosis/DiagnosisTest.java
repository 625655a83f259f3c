package barograph.diagnosis;

import static barograph.diagnosis.Scene.ACCEPTED;
import static barograph.diagnosis.Scene.BACKUP;
import static barograph.diagnosis.Scene.BARE;
import static barograph.diagnosis.Scene.CHANGED;
import static barograph.diagnosis.Scene.CONTROLLER;
import static barograph.diagnosis.Scene.DIRECTORY;
import static barograph.diagnosis.Scene.DOOR;
import static barograph.diagnosis.Scene.SILENCE;
import static barograph.diagnosis.Scene.UNCHANGED;
import static barograph.diagnosis.Scene.on;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.diagnosis.Facts.Onset;
import barograph.diagnosis.Facts.Rehearsed;
import barograph.diagnosis.Observation.Phase;
import barograph.login.Outcome;
import barograph.login.Step;
import barograph.site.Clues.Meaning;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each fault as it looks from outside, beside a harmless change that was just made, or as the change's own doing.
class DiagnosisTest {
    @Test
    void a_firewall_before_the_server_is_told_from_a_change_that_cannot_drop_packets() {
        Diagnosis found = aside(new Scene().probe(CHANGED, SILENCE))
                .well(on(CHANGED), DOOR, Step.CONNECT)
                .sees(new Observation.Heard(CHANGED, false))
                .diagnosis();

        assertFirst(found, Suspect.PATH);
        assertThat(against(found, Suspect.CHANGE)).anyMatch(words -> words.contains("nothing that it touches"));
    }

    @Test
    void a_port_that_is_rejected_on_the_way_listens_on_the_host_itself() {
        assertFirst(
                aside(new Scene().probe(CHANGED, new Outcome.Failed(Step.CONNECT, "refused")))
                        .well(on(CHANGED), DOOR, Step.CONNECT)
                        .diagnosis(),
                Suspect.PATH);
    }

    @Test
    void a_server_that_does_not_listen_any_more_after_the_change_was_stopped_by_it() {
        assertFirst(
                aside(new Scene().probe(CHANGED, new Outcome.Failed(Step.CONNECT, "refused")))
                        .bad(on(CHANGED), DOOR, Step.CONNECT, Trouble.NOT_LISTENING)
                        .diagnosis(),
                Suspect.CHANGE);
    }

    @Test
    void a_directory_that_only_this_server_cannot_reach_is_the_network_between_them() {
        assertFirst(
                aside(new Scene().probe(CHANGED, BARE))
                        .bad(on(CHANGED), DIRECTORY, Step.CONNECT, Trouble.SILENT)
                        .well(on(UNCHANGED), DIRECTORY, Step.CONNECT)
                        .log(Meaning.BACKEND_UNREACHABLE)
                        .diagnosis(),
                Suspect.BACKEND_PATH);
    }

    @Test
    void a_directory_that_nobody_can_reach_is_down() {
        assertFirst(
                new Scene()
                        .probe(CHANGED, BARE)
                        .probe(UNCHANGED, BARE)
                        .bad(on(CHANGED), DIRECTORY, Step.CONNECT, Trouble.REFUSED)
                        .bad(on(UNCHANGED), DIRECTORY, Step.CONNECT, Trouble.REFUSED)
                        .log(Meaning.BACKEND_UNREACHABLE)
                        .diagnosis(),
                Suspect.BACKEND);
    }

    @Test
    void a_directory_that_refuses_the_server_after_its_password_was_changed_there_is_the_changes_doing() {
        Scene scene = aside(new Scene().probe(CHANGED, BARE))
                .well(on(CHANGED), DIRECTORY, Step.CONNECT)
                .log(Meaning.BACKEND_REFUSES);

        assertFirst(scene.diagnosis(), Suspect.BACKEND);
        assertFirst(scene.touching("mods-available/ldap", "password = (hidden)").diagnosis(), Suspect.CHANGE);
    }

    @Test
    void a_name_that_only_this_host_cannot_resolve_is_name_resolution() {
        assertFirst(
                aside(new Scene().probe(CHANGED, BARE))
                        .bad(on(CHANGED), DIRECTORY, Step.RESOLVE, Trouble.NAMES_SILENT)
                        .well(on(UNCHANGED), DIRECTORY, Step.RESOLVE)
                        .bad(on(CHANGED), DIRECTORY, Step.CONNECT, Trouble.NAME_UNKNOWN)
                        .log(Meaning.BACKEND_UNREACHABLE)
                        .diagnosis(),
                Suspect.NAMES);
    }

    @Test
    void a_route_that_is_gone_is_the_network() {
        assertFirst(
                aside(new Scene().probe(CHANGED, new Outcome.Failed(Step.CONNECT, "no_route")))
                        .well(on(CHANGED), DOOR, Step.CONNECT)
                        .diagnosis(),
                Suspect.PATH);
    }

    @Test
    void tunnels_that_stall_while_passwords_pass_lose_their_fragments() {
        Scene scene = new Scene()
                .probe("wifi", "eap-ttls", CHANGED, Phase.MEANWHILE, new Scene.End(SILENCE, Step.TLS, false, ""))
                .probe(CHANGED, ACCEPTED)
                .probe("wifi", "eap-ttls", CHANGED, Phase.BEFORE, ACCEPTED);

        assertFirst(
                scene.sees(new Observation.Status(CHANGED, 100, true))
                        .sees(new Observation.Status(CHANGED, 2500, false))
                        .diagnosis(),
                Suspect.FRAGMENTS);
    }

    @Test
    void no_answer_and_a_wrong_authenticator_are_told_apart() {
        assertFirst(
                aside(new Scene().probe(CHANGED, SILENCE))
                        .well(on(CHANGED), DOOR, Step.CONNECT)
                        .log(Meaning.SECRET_WRONG)
                        .diagnosis(),
                Suspect.SECRET);
        assertFirst(
                aside(new Scene().probe(CHANGED, new Outcome.Failed(Step.AUTHENTICATE, "shared_secret_mismatch")))
                        .diagnosis(),
                Suspect.SECRET);
    }

    @Test
    void a_secret_that_the_change_touches_is_the_changes_doing() {
        assertFirst(
                aside(new Scene().probe(CHANGED, SILENCE))
                        .touching("clients.conf", "secret = (hidden)")
                        .log(Meaning.SECRET_WRONG)
                        .diagnosis(),
                Suspect.CHANGE);
    }

    @Test
    void another_certificate_than_the_server_has_is_somebody_in_between() {
        assertFirst(
                new Scene()
                        .probe(
                                "mail",
                                "imap",
                                CHANGED,
                                Phase.MEANWHILE,
                                new Outcome.Failed(Step.TLS, "certificate_not_trusted"))
                        .shows(CONTROLLER, DOOR, "aaaa1111")
                        .shows(on(CHANGED), DOOR, "bbbb2222")
                        .diagnosis(),
                Suspect.INTERCEPTION);
    }

    @Test
    void the_same_certificate_inside_and_outside_is_the_servers_own() {
        assertFirst(
                new Scene()
                        .probe(
                                "mail",
                                "imap",
                                CHANGED,
                                Phase.MEANWHILE,
                                new Outcome.Failed(Step.TLS, "certificate_expired"))
                        .shows(CONTROLLER, DOOR, "aaaa1111")
                        .shows(on(CHANGED), DOOR, "aaaa1111")
                        .diagnosis(),
                Suspect.TLS);
    }

    @Test
    void a_locked_account_is_reported_as_that() {
        Diagnosis found = new Scene()
                .probe(CHANGED, new Outcome.Rejected("locked"))
                .probe(UNCHANGED, new Outcome.Rejected("locked"))
                .probe("guest", "radius-pap", CHANGED, Phase.MEANWHILE, ACCEPTED)
                .diagnosis();

        assertFirst(found, Suspect.ACCOUNT);
        assertThat(against(found, Suspect.CHANGE)).anyMatch(words -> words.contains("does not have the change"));
    }

    @Test
    void a_locked_account_is_not_the_changes_fault_even_where_no_other_server_is_left_to_compare_with() {
        assertFirst(new Scene().probe(CHANGED, new Outcome.Rejected("locked")).diagnosis(), Suspect.ACCOUNT);
    }

    @Test
    void a_policy_that_refuses_a_group_after_the_policy_was_changed_is_the_changes_doing() {
        Diagnosis found = aside(new Scene().probe(CHANGED, BARE))
                .touching("policy.d/groups", "if (!(LDAP-Group == \"staff\")) {", "reject")
                .rehearsed(Rehearsed.HARM)
                .diagnosis();

        assertFirst(found, Suspect.CHANGE);
        assertThat(found.first().orElseThrow().how()).contains("policy.d/groups");
        assertThat(found.certainty()).isEqualTo(Diagnosis.Certainty.CLEAR);
    }

    @Test
    void what_was_broken_before_the_change_is_not_its_doing() {
        Diagnosis found = new Scene()
                .probe("staff", "radius-pap", CHANGED, Phase.BEFORE, BARE)
                .probe(CHANGED, BARE)
                .onset(Onset.BEFORE_IT)
                .diagnosis();

        assertThat(found.first().orElseThrow().suspect()).isNotEqualTo(Suspect.CHANGE);
        assertThat(against(found, Suspect.CHANGE)).anyMatch(words -> words.contains("before the change already"));
    }

    @Test
    void what_is_still_broken_after_the_rollback_is_hardly_its_doing() {
        Scene mended = aside(new Scene().probe(CHANGED, BARE))
                .probe("staff", "radius-pap", CHANGED, Phase.AFTERWARDS, ACCEPTED);
        Scene broken =
                aside(new Scene().probe(CHANGED, BARE)).probe("staff", "radius-pap", CHANGED, Phase.AFTERWARDS, BARE);

        assertThat(decibans(mended.diagnosis(), Suspect.CHANGE) - decibans(broken.diagnosis(), Suspect.CHANGE))
                .isGreaterThan(20);
    }

    @Test
    void real_logins_alone_that_fail_with_the_change_point_to_it() {
        assertFirst(new Scene().onset(Onset.WITH_IT).probe(CHANGED, ACCEPTED).diagnosis(), Suspect.CHANGE);
    }

    @Test
    void a_clock_that_is_ten_minutes_off_explains_a_kerberos_login_that_fails() {
        Diagnosis found = new Scene()
                .probe(
                        "staff",
                        "kerberos",
                        CHANGED,
                        Phase.MEANWHILE,
                        new Scene.End(
                                new Outcome.Failed(Step.AUTHENTICATE, "internal_error"),
                                Step.AUTHENTICATE,
                                false,
                                "Clock skew too great"))
                .sees(new Observation.Clock(CHANGED, Duration.ofMinutes(10)))
                .diagnosis();

        assertFirst(found, Suspect.CLOCK);
    }

    @Test
    void a_server_that_runs_out_of_connections_is_overloaded() {
        assertFirst(
                new Scene()
                        .probe(CHANGED, SILENCE)
                        .probe(UNCHANGED, SILENCE)
                        .log(Meaning.LOAD)
                        .sees(new Observation.Busy(CHANGED, 60, 4))
                        .diagnosis(),
                Suspect.LOAD);
    }

    @Test
    void without_any_change_the_change_is_no_suspect() {
        Diagnosis found = new Scene().probe(CHANGED, SILENCE).withoutAnyChange();

        assertThat(found.ranking()).extracting(Ranked::suspect).doesNotContain(Suspect.CHANGE);
    }

    @Test
    void where_nothing_fails_and_nothing_was_changed_nobody_is_blamed() {
        Diagnosis found = new Scene().probe(CHANGED, ACCEPTED).withoutAnyChange();

        assertThat(found.failing()).isEmpty();
        assertThat(found.certainty()).isEqualTo(Diagnosis.Certainty.OPEN);
    }

    @Test
    void what_could_not_be_looked_at_is_said_and_blames_nobody() {
        Diagnosis found = new Scene()
                .probe(CHANGED, SILENCE)
                .sees(new Observation.Unseen(on(CHANGED), "log", "it cannot be read"))
                .withoutAnyChange();

        assertThat(found.unseen()).containsExactly("log from the host of radius-1: it cannot be read");
        assertThat(found.ranking())
                .isEqualTo(
                        new Scene().probe(CHANGED, SILENCE).withoutAnyChange().ranking());
    }

    @Test
    void a_sign_that_is_seen_often_counts_once() {
        Scene once = new Scene().probe(CHANGED, BARE);
        Scene often = new Scene().probe(CHANGED, BARE).probe(CHANGED, BARE).probe(CHANGED, BARE);

        assertThat(decibans(often.withoutAnyChange(), Suspect.BACKEND))
                .isEqualTo(decibans(once.withoutAnyChange(), Suspect.BACKEND));
    }

    @Test
    void the_shares_of_all_suspects_are_at_most_one_together() {
        assertThat(aside(new Scene().probe(CHANGED, BARE)).diagnosis().ranking().stream()
                        .mapToDouble(Ranked::share)
                        .sum())
                .isBetween(0.9, 1.000001);
    }

    @Test
    void the_table_has_each_vantage_point_with_its_steps() {
        Diagnosis found = new Scene()
                .probe(CHANGED, SILENCE)
                .well(on(CHANGED), DIRECTORY, Step.RESOLVE)
                .bad(on(CHANGED), DIRECTORY, Step.CONNECT, Trouble.SILENT)
                .withoutAnyChange();

        assertThat(found.table()).anySatisfy(row -> {
            assertThat(row.from()).isEqualTo("host of radius-1");
            assertThat(row.well()).containsExactly(Step.RESOLVE);
            assertThat(row.bad()).contains(Step.CONNECT);
        });
    }

    @Test
    void a_hunch_is_refuted_by_what_speaks_against_it() {
        Diagnosis found = aside(new Scene().probe(CHANGED, BARE))
                .touching("policy.d/groups", "reject")
                .rehearsed(Rehearsed.HARM)
                .diagnosis();

        Hunch hunch = Hunch.of("a firewall between the office and radius-1", found);

        assertThat(hunch.standing()).isEqualTo(Hunch.Standing.REFUTED);
        assertThat(hunch.means()).contains(Suspect.PATH);
        assertThat(hunch.against()).anyMatch(reason -> reason.words().contains("with yes or no"));
    }

    @Test
    void a_hunch_that_is_right_is_supported() {
        Diagnosis found = aside(new Scene().probe(CHANGED, BARE))
                .bad(on(CHANGED), DIRECTORY, Step.CONNECT, Trouble.SILENT)
                .well(on(UNCHANGED), DIRECTORY, Step.CONNECT)
                .diagnosis();

        assertThat(Hunch.of("a firewall between radius-1 and the directory", found)
                        .standing())
                .isEqualTo(Hunch.Standing.SUPPORTED);
        assertThat(Hunch.of("gremlins", found).standing()).isEqualTo(Hunch.Standing.NOT_UNDERSTOOD);
    }

    @Test
    void the_lines_of_a_diff_belong_to_their_files() {
        List<ChangedFile> files = ChangedFile.of(List.of("a.conf", "b.conf", "cut"), """
                --- a/a.conf
                +++ b/a.conf
                @@ -1,2 +1,2 @@
                 same
                -old = 1
                +new = 2
                --- /dev/null
                +++ b/b.conf
                @@ -0,0 +1 @@
                +fresh
                """);

        assertThat(files)
                .containsExactly(
                        new ChangedFile("a.conf", List.of("old = 1", "new = 2")),
                        new ChangedFile("b.conf", List.of("fresh")),
                        new ChangedFile("cut", List.of()));
    }

    /// A harmless change, seen from where the world is well: the other servers answer, and the probe was well before.
    private static Scene aside(Scene scene) {
        return scene.probe(UNCHANGED, ACCEPTED)
                .probe(BACKUP, ACCEPTED)
                .probe("staff", "radius-pap", CHANGED, Phase.BEFORE, ACCEPTED);
    }

    private static void assertFirst(Diagnosis diagnosis, Suspect expected) {
        assertThat(diagnosis.first().orElseThrow().suspect())
                .as(() -> diagnosis.ranking().stream()
                        .map(each ->
                                each.decibans() + " " + each.words() + " +" + each.speaksFor() + " -" + each.against())
                        .reduce("", (a, b) -> a + "\n" + b))
                .isEqualTo(expected);
    }

    private static List<String> against(Diagnosis diagnosis, Suspect suspect) {
        return of(diagnosis, suspect).against().stream().map(Reason::words).toList();
    }

    private static int decibans(Diagnosis diagnosis, Suspect suspect) {
        return of(diagnosis, suspect).decibans();
    }

    private static Ranked of(Diagnosis diagnosis, Suspect suspect) {
        return diagnosis.ranking().stream()
                .filter(each -> each.suspect() == suspect)
                .findFirst()
                .orElseThrow();
    }
}
