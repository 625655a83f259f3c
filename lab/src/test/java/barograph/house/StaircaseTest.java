package barograph.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The floor plan of `ARCHITECTURE.md`, held against the compiled classes.
class StaircaseTest {
    /// Bottom step first: a package may use only packages that stand before it.
    private static final List<String> CORE = List.of(
            "record",
            "form",
            "site",
            "login",
            "dkim",
            "claims",
            "expectations",
            "verdict",
            "diagnosis",
            "change",
            "watch",
            "lease",
            "looks",
            "coverage",
            "rehearsal",
            "forecast",
            "gates",
            "rollout",
            "notices",
            "dossier",
            "hindcast",
            "runner");

    private static final List<String> GUARD = List.of(
            "host", "secrets", "probe", "replay", "pattern", "logs", "kinds", "folder", "vantage", "api", "guard");

    /// Rooms beside each other, but for the commands, which open them all.
    private static final List<String> SERVER = List.of("store", "mail", "webhook", "console", "cli");

    private static final List<String> LAB = List.of("toy", "world", "peers", "speed", "storm", "corpus", "demo");

    private static final List<String> STAIRS = java.util.stream.Stream.of(CORE, GUARD, SERVER, LAB)
            .flatMap(List::stream)
            .toList();

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/generated-"))
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("barograph");

    @Test
    void there_is_something_to_look_at() {
        assertThat(HOUSE.size()).as("types seen").isGreaterThan(200);
    }

    @Test
    void every_package_has_its_step() {
        Set<String> homeless = HOUSE.stream()
                .map(StaircaseTest::room)
                .filter(room -> !STAIRS.contains(room))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(homeless).isEmpty();
    }

    @Test
    void nobody_looks_up_the_stairs() {
        List<String> upward = new ArrayList<>();
        for (JavaClass type : HOUSE) {
            type.getDirectDependenciesFromSelf().stream()
                    .filter(use -> use.getTargetClass().getPackageName().startsWith("barograph."))
                    .filter(use -> STAIRS.indexOf(room(use.getTargetClass())) > STAIRS.indexOf(room(type)))
                    .forEach(use -> upward.add(use.getDescription()));
        }

        assertThat(upward).isEmpty();
    }

    @Test
    void the_rooms_of_the_server_do_not_know_each_other() {
        List<String> through = new ArrayList<>();
        for (JavaClass type : HOUSE) {
            String room = room(type);
            if (SERVER.contains(room) && !room.equals("cli")) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(use -> SERVER.contains(room(use.getTargetClass())))
                        .filter(use -> !room(use.getTargetClass()).equals(room))
                        .forEach(use -> through.add(use.getDescription()));
            }
        }

        assertThat(through).isEmpty();
    }

    @Test
    void core_has_no_clock_no_disk_no_network_and_no_thread() {
        List<String> worldly = new ArrayList<>();
        for (JavaClass type : HOUSE) {
            if (!CORE.contains(room(type))) {
                continue;
            }
            type.getDirectDependenciesFromSelf().stream()
                    .filter(use -> worldly(use.getTargetClass()))
                    .forEach(use -> worldly.add(use.getDescription()));
            type.getAccessesFromSelf().stream()
                    .filter(StaircaseTest::readsTheClock)
                    .forEach(access -> worldly.add(access.getDescription()));
        }

        assertThat(worldly).isEmpty();
    }

    @Test
    void the_stairs_of_this_test_are_those_of_the_architecture_page() throws IOException {
        String page = Files.readString(Path.of("../ARCHITECTURE.md"));

        assertThat(STAIRS).allSatisfy(room -> assertThat(page).contains("`" + room + "`"));
    }

    private static boolean worldly(JavaClass type) {
        String name = type.getName();
        return type.getPackageName().startsWith("java.nio.file")
                || (type.getPackageName().startsWith("java.net") && !name.equals("java.net.URI"))
                || name.equals("java.lang.Thread")
                || name.equals("java.io.File");
    }

    private static boolean readsTheClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        return (name.equals("now") && owner.startsWith("java.time."))
                || (owner.equals("java.lang.System") && (name.equals("currentTimeMillis") || name.equals("nanoTime")));
    }

    /// The word behind `barograph.`: pages made by the template builder belong to the room that shows them.
    private static String room(JavaClass type) {
        String[] words = type.getPackageName().split("\\.", -1);
        return words.length > 1 ? words[1] : "";
    }
}
