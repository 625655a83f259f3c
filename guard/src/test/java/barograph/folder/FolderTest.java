package barograph.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.Change;
import barograph.change.Edit;
import barograph.change.Edit.Put;
import barograph.form.Problem;
import barograph.form.Read;
import barograph.kinds.Kinds;
import barograph.probe.Probes;
import barograph.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
    private static final String SITE = """
            site: small
            parties:
              us: { role: operator, name: Us, people: [ { id: omar, mail: omar@us.example, may: [request] } ] }
            servers:
              one: { kind: freeradius, at: local, stage: rest }
            """;
    private static final String CHANGE = """
            change: small
            title: A small change
            requested-by: us/omar
            because: It is wanted.
            """;

    @TempDir
    private Path folder;

    private Path change;

    @BeforeEach
    void set_up() throws IOException {
        Files.writeString(folder.resolve("site.yaml"), SITE);
        change = Files.createDirectories(folder.resolve("changes/small"));
    }

    @Test
    void reads_a_site_by_its_file_or_by_its_folder() {
        assertThat(good(site(folder)).name()).isEqualTo("small");
        assertThat(good(site(folder.resolve("site.yaml"))).name()).isEqualTo("small");
    }

    @Test
    void says_that_a_file_is_not_there_and_which_is() throws IOException {
        Files.move(folder.resolve("site.yaml"), folder.resolve("site.yml"));

        assertThat(said(site(folder)))
                .containsExactly(folder + "/site.yaml: there is no such file. Write a site's file there, "
                        + "or name site.yml, which is there.");
    }

    @Test
    void says_so_where_a_folder_stands_in_its_place() throws IOException {
        Files.delete(folder.resolve("site.yaml"));
        Files.createDirectory(folder.resolve("site.yaml"));

        assertThat(said(site(folder)))
                .containsExactly(folder + "/site.yaml: a folder stands here. Name a site's file in it.");
    }

    @Test
    void knows_the_kinds_that_a_site_keeps_for_itself() throws IOException {
        Path kinds = Files.createDirectory(folder.resolve("kinds"));
        Files.writeString(
                kinds.resolve("own.yaml"), "kind: own\ntitle: Own\nreload-note: None.\nrestart-note: None.\n");
        Files.writeString(
                folder.resolve("site.yaml"),
                SITE.replace("kind: freeradius", "kind: own, port: 80, config: { root: /etc/own }"));

        assertThat(good(site(folder)).servers().getFirst().kind()).isEqualTo("own");
    }

    @Test
    void says_what_is_wrong_with_all_kinds_at_once() throws IOException {
        Path kinds = Files.createDirectory(folder.resolve("kinds"));
        Files.writeString(kinds.resolve("a.yaml"), "kind: a\n");
        Files.writeString(kinds.resolve("b.yaml"), "kind: [\n");

        assertThat(said(site(folder))).hasSize(4).anyMatch(line -> line.startsWith(kinds + "/b.yaml:"));
    }

    @Test
    void reads_a_change_with_the_very_bytes_of_its_files() throws IOException {
        write("change.yaml", CHANGE + "edit: files/\nremove: [old]\n");
        write("files/mods-enabled/eap", "eap {\n}\n");
        Files.write(change.resolve("files/binary"), new byte[] {0, -1});
        Files.setPosixFilePermissions(change.resolve("files/binary"), PosixFilePermissions.fromString("rw-------"));

        Change read = good(change());

        Edit.Overlay expected = new Edit.Overlay(
                List.of(
                        new Put("binary", 0600, new byte[] {0, -1}),
                        new Put("mods-enabled/eap", 0644, "eap {\n}\n".getBytes(UTF_8))),
                List.of("old"));
        assertThat(read.edit()).isEqualTo(expected);
        assertThat(read).isEqualTo(Change.of(read.request(), expected));
    }

    @Test
    void reads_a_patch() throws IOException {
        String patch = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n";
        write("change.yaml", CHANGE + "edit: change.patch\n");
        write("change.patch", patch);

        assertThat(good(change()).edit()).isEqualTo(new Edit.Patch(patch));
    }

    @Test
    void takes_files_out_without_any_folder() throws IOException {
        write("change.yaml", CHANGE + "remove: [old]\n");

        assertThat(good(change()).edit()).isEqualTo(new Edit.Overlay(List.of(), List.of("old")));
    }

    @Test
    void says_what_is_not_there() throws IOException {
        assertThat(said(change()))
                .containsExactly(change + "/change.yaml: there is no such file. Write what is to be changed there.");

        write("change.yaml", CHANGE + "edit: files/\n");
        assertThat(said(change()))
                .containsExactly(change + "/files: there is no such folder. Put the new files into it.");

        write("change.yaml", CHANGE + "edit: change.patch\n");
        assertThat(said(change()))
                .containsExactly(change + "/change.patch: there is no such file. Write a unified diff there.");
    }

    @Test
    void says_everything_that_no_change_may_hold() throws IOException {
        write("change.yaml", CHANGE + "edit: files/\nremove: [both]\n");
        write("files/both", "x");
        write("files/authorize~", "x");
        write("files/bell\u0007", "x");
        Files.createSymbolicLink(change.resolve("files/link"), folder.resolve("site.yaml"));
        Files.createSymbolicLink(change.resolve("files/folder"), folder);

        assertThat(said(change()))
                .containsExactlyInAnyOrder(
                        change + "/files/both: this file is laid over, and is also to be taken out (remove). "
                                + "Take it out of one of the two.",
                        change + "/files/authorize~: an editor or a tool left this behind. "
                                + "Take it out, or give it another name.",
                        change + "/files/bell\\u0007: this name holds a control character or a backslash. "
                                + "Give the file a plain name.",
                        change + "/files/link: a link stands here, and what it leads to is not part of the change. "
                                + "Put a new file itself here.",
                        change + "/files/folder: a link stands here, and what it leads to is not part of the change. "
                                + "Put a new file itself here.");
    }

    @Test
    void follows_no_link_to_its_folder_or_its_patch() throws IOException {
        Files.createSymbolicLink(change.resolve("files"), folder);
        Files.createSymbolicLink(change.resolve("change.patch"), folder.resolve("site.yaml"));

        write("change.yaml", CHANGE + "edit: files/\n");
        assertThat(said(change())).singleElement().asString().contains("/files: ");

        write("change.yaml", CHANGE + "edit: change.patch\n");
        assertThat(said(change())).singleElement().asString().contains("a link stands here");
    }

    @Test
    void refuses_an_empty_folder_and_a_large_file() throws IOException {
        write("change.yaml", CHANGE + "edit: files/\n");
        Files.createDirectory(change.resolve("files"));
        assertThat(said(change())).singleElement().asString().contains("the folder holds no files");

        Files.write(change.resolve("files/large"), new byte[(8 << 20) + 1]);
        assertThat(said(change())).singleElement().asString().contains("the file is longer than 8388608 bytes");
    }

    private void write(String path, String text) throws IOException {
        Path file = change.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static Read<Site> site(Path place) {
        return SiteFolder.read(place, Kinds.builtIn(), Probes.KINDS);
    }

    private Read<Change> change() {
        return ChangeFolder.read(change, good(site(folder)));
    }

    private static <T> T good(Read<T> read) {
        return switch (read) {
            case Read.Good<T>(T value) -> value;
            case Read.Bad<T>(List<Problem> problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static List<String> said(Read<?> read) {
        return read instanceof Read.Bad<?>(List<Problem> problems)
                ? problems.stream().map(Problem::toString).toList()
                : List.of();
    }
}
