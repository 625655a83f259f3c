package barograph.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the servers that other tests rely on do, as their logs tell it.
class RealServersTest {
    @Test
    void two_radius_servers_and_a_backup_judge_passwords_by_one_directory(@TempDir Path folder) throws IOException {
        try (RealSlapd slapd = RealSlapd.in(folder.resolve("slapd")).started();
                RealFreeRadius one = radius(folder.resolve("one"), slapd);
                RealFreeRadius two = radius(folder.resolve("two"), slapd);
                RealFreeRadius backup = radius(folder.resolve("backup"), slapd)) {
            for (RealFreeRadius radius : new RealFreeRadius[] {one, two, backup}) {
                assertThat(login(radius, "alice", "alice-pw")).contains("Access-Accept");
                assertThat(login(radius, "alice", "not it")).contains("Access-Reject");
                awaitLog(radius.log(), "Login OK: [alice]");
                awaitLog(radius.log(), "Login incorrect");
            }
            assertThat(Files.readString(slapd.log())).contains("BIND dn=\"uid=alice,ou=people,dc=example,dc=org\"");
        }
    }

    @Test
    void a_group_name_with_a_typo_locks_its_people_out_after_the_restart(@TempDir Path folder) throws IOException {
        try (RealSlapd slapd = RealSlapd.in(folder.resolve("slapd")).started();
                RealFreeRadius radius = radius(folder.resolve("radius"), slapd)) {
            Path policy = radius.root().resolve("policy.d/groups");
            Files.writeString(policy, Files.readString(policy).replace("\"staff\"", "\"stuff\""));

            radius.control("restart");

            assertThat(login(radius, "alice", "alice-pw")).contains("Access-Reject");
            assertThat(login(radius, "bob", "bob-pw")).contains("Access-Accept");
        }
    }

    @Test
    void users_are_taken_over_by_a_reload(@TempDir Path folder) throws IOException {
        try (RealFreeRadius radius = RealFreeRadius.in(folder).started()) {
            Path users = radius.root().resolve("mods-config/files/authorize");
            Files.writeString(users, Files.readString(users).replace("alice-pw", "changed-pw"));

            radius.control("reload");

            Await.until(
                    "Alice gets in with her changed password",
                    Duration.ofSeconds(20),
                    () -> login(radius, "alice", "changed-pw").contains("Access-Accept"),
                    () -> DebianServer.read(radius.log()));
        }
    }

    private static RealFreeRadius radius(Path folder, RealSlapd slapd) {
        return RealFreeRadius.in(folder).authenticatingAgainst(slapd).started();
    }

    private static void awaitLog(Path log, String words) {
        Await.until(
                log + " says " + words,
                Duration.ofSeconds(10),
                () -> DebianServer.read(log).contains(words),
                () -> DebianServer.read(log));
    }

    /// A client that is not ours.
    private static String login(RealFreeRadius radius, String user, String password) {
        DebianServer.require("/usr/bin/radclient", "freeradius-utils");
        String command = "echo 'User-Name=%s,User-Password=\"%s\"' | radclient -r 3 -t 3 127.0.0.1:%d auth %s; true"
                .formatted(user, password, radius.port(), RealFreeRadius.SECRET);
        return DebianServer.run(List.of("sh", "-c", command));
    }
}
