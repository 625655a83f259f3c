package barograph.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One word of a good file is made bad, and the place where that word stands is known without any parser.
class PlaceTest {
    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("site: ", "acme-login", "'a b'", "site"),
                arguments("role: ", "customer", "custom", "parties.acme.role"),
                arguments("domain: ", "acme.example", "'- -'", "parties.acme.domain"),
                arguments("id: kit,  mail: ", "kit@keyring.example", "kit", "parties.keyring.people[0].mail"),
                arguments("may: [request, ", "approve", "aprove", "parties.acme.people[0].may[1]"),
                arguments("desk: ", "helpdesk@acme.example", "help", "parties.acme.desk"),
                arguments(
                        "kind: freeradius, at: ssh://ops@10.0.0.9,  stage: ",
                        "backup",
                        "bakcup",
                        "servers.radius-backup.stage"),
                arguments(
                        "radius-1:      { kind: freeradius, at: ",
                        "ssh://ops@10.0.0.11",
                        "ssh:10",
                        "servers.radius-1.at"),
                arguments("    port: ", "11812", "0", "servers.radius-2.port"),
                arguments("config: { root: ", "/opt/radius/etc/", "etc", "servers.radius-2.config.root"),
                arguments("exclude: ", "[cache/*]", "cache", "servers.radius-2.config.exclude"),
                arguments("limit: ", "90s", "90", "servers.radius-2.limit"),
                arguments("secrets: [", "'^pin=(\\d+)'", "'x'", "servers.radius-2.secrets[0]"),
                arguments("grammar: ", "trace", "'a b'", "servers.portal.log.grammar"),
                arguments("password: ", "env:PROBE_STAFF", "hunter2", "probes.staff-pap.password"),
                arguments("within: ", "3s", "3", "probes.wrong-pass.within"),
                arguments("at-most: ", "4h", "4", "watch.at-most"),
                arguments("false-rollback: ", "1%", "1", "watch.false-rollback"),
                arguments("\nlease: ", "90s", "soon", "lease"),
                arguments("rehearsal: ", "required", "yes", "gates.rehearsal"),
                arguments("approvals: { customer: ", "1", "many", "gates.approvals.customer"),
                arguments("operator: ", "1", "2", "gates.approvals.operator"),
                arguments("from: ", "changes@northwind.example", "changes", "notices.from"),
                arguments("escalate: [", "us", "su", "notices.escalate[0]"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_mistake_is_told_where_it_is_written(String before, String word, String bad, String path) {
        String site = Samples.text("site.yaml");
        int at = site.indexOf(before + word) + before.length();
        assertThat(site.substring(at))
                .as("the sample holds what is to be broken")
                .startsWith(word);
        String broken = site.substring(0, at) + bad + site.substring(at + word.length());

        List<Problem> problems = Samples.problemsOfSite(broken.getBytes(StandardCharsets.UTF_8));

        int line =
                1 + (int) site.substring(0, at).chars().filter(c -> c == '\n').count();
        int column = at - site.lastIndexOf('\n', at - 1);
        assertThat(problems).extracting(Problem::where).containsExactly(new Place("site.yaml", line, column, path));
    }
}
