package barograph.story;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.host.RealSshd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a host cannot keep is found by `barograph check`, and nothing is touched by that.
class CheckedHostTest {
    @TempDir
    Path folder;

    private Path etc() {
        return folder.resolve("etc");
    }

    @BeforeEach
    void configure() throws IOException {
        Files.createDirectories(etc());
        Files.writeString(etc().resolve("users"), "dana\n");
        Files.writeString(folder.resolve("site.yaml"), """
                site: poor-host
                parties:
                  acme: { role: customer, name: Acme, people: [ { id: dana, mail: dana@acme.example, may: [request] } ] }
                  us: { role: operator, name: Ops, people: [ { id: omar, mail: omar@ops.example, may: [operate] } ] }
                servers:
                  one: { kind: files, at: local, stage: canary, port: 1812, config: { root: "%s" }, boot-hook: none }
                lease: 1m
                watch: { bake: 1m, at-most: 1h }
                gates: { rehearsal: optional, claims: optional, forecast: 100%% }
                """.formatted(etc()));
    }

    @Test
    void a_host_that_can_keep_everything_is_told_well() throws Exception {
        attributed();

        assertThat(check(System.getenv("PATH"))).contains("one files: 1 files can be kept and put back");
    }

    @Test
    void access_lists_and_attributes_that_a_hosts_tar_loses_are_named_before_anything_is_touched() throws Exception {
        attributed();
        Path tar = Files.createDirectories(folder.resolve("bin")).resolve("tar");
        Files.writeString(tar, """
                #!/bin/bash
                for each in "$@"; do case $each in --acls | --xattrs* | --selinux) ;; *) kept+=("$each") ;; esac; done
                exec %s "${kept[@]}"
                """.formatted(RealSshd.exec("which", "tar").strip()));
        RealSshd.exec("chmod", "755", tar.toString());
        String before = Outside.look(etc());

        assertThat(check(folder.resolve("bin") + ":" + System.getenv("PATH")))
                .contains("one files: no permission.", "cannot copy these exactly", "users")
                .contains("No change can be carried to it, and none taken back, until this is mended.");
        assertThat(Outside.look(etc())).isEqualTo(before);
    }

    @Test
    void a_host_with_a_busybox_alone_is_told_what_it_lacks() throws Exception {
        if (!System.getProperty("user.name").equals("root") || !Files.isExecutable(Path.of("/bin/busybox"))) {
            RealSshd.missing("a host with BusyBox alone (root, Debian: busybox-static)");
        }
        Path few = Files.createDirectories(folder.resolve("few"));
        RealSshd.exec("/bin/busybox", "--install", "-s", few.toString());
        String before = Outside.look(etc());

        assertThat(check(
                        few.toString(),
                        "/usr/bin/unshare",
                        "--mount",
                        "/bin/bash",
                        "-c",
                        "mount --bind /dev/null \"$(readlink -f /bin/dash)\"; exec \"$@\"",
                        "-"))
                .contains("one files: missing.", "stat as of GNU coreutils")
                .contains("No change can be carried to it, and none taken back, until this is mended.");
        assertThat(Outside.look(etc())).isEqualTo(before);
    }

    private void attributed() throws IOException {
        try {
            RealSshd.exec("setfacl", "-m", "u:65534:r", etc().resolve("users").toString());
            RealSshd.exec(
                    "setfattr",
                    "-n",
                    "user.note",
                    "-v",
                    "x",
                    etc().resolve("users").toString());
        } catch (IOException e) {
            RealSshd.missing("access lists and attributes (Debian: acl, attr): " + e.getMessage());
        }
    }

    /// What `barograph check` says where the host's tools are found in `path`.
    private String check(String path, String... around) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(around));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "barograph.demo.Main",
                "check",
                "--plain",
                "--site",
                folder.resolve("site.yaml").toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", path);
        builder.environment()
                .put("BAROGRAPH_GUARD_FOLDER", folder.resolve("guard").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(1); // it has neither log nor probe nor backup
        return said;
    }
}
