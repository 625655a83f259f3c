package barograph.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.ChangeFile;
import barograph.form.Form;
import barograph.form.Page;
import barograph.form.Read;
import barograph.form.Schemas;
import barograph.kinds.Kinds;
import barograph.probe.Probes;
import barograph.site.KindFile;
import barograph.site.SiteFile;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.json.JsonMapper;

/// The published schemas are what the forms say of themselves, and an editor that checks by them agrees with the forms.
///
/// After a form has changed, this writes them anew:
/// `mvn -pl guard -am test -Dtest=SchemasTest -Dsurefire.failIfNoSpecifiedTests=false -Dschemas.write=true`
class SchemasTest {
    private static final Path PUBLISHED = Path.of("../docs/schemas");
    private static final Path SAMPLES = Path.of("../core/src/test/resources/barograph/samples");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// The files that people write.
    enum Written {
        SITE("site", "What there is: parties, login servers, probes, and the rules for changes (site.yaml)"),
        CHANGE("change", "What is to be changed, and why (change.yaml)"),
        KIND("kind", "What servers of one kind have in common (kinds/NAME.yaml)");

        private final String file;
        private final String title;

        Written(String file, String title) {
            this.file = file;
            this.title = title;
        }

        Form<?> form() {
            return switch (this) {
                case SITE -> SiteFile.form(Kinds.builtIn(), Probes.KINDS);
                case CHANGE -> ChangeFile.form();
                case KIND -> KindFile.form();
            };
        }

        String document() {
            return Schemas.document("urn:barograph:" + file, title, form());
        }

        Schema schema() {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(document(), InputFormat.JSON);
        }
    }

    @ParameterizedTest
    @EnumSource
    void published_schemas_are_what_the_forms_say(Written written) throws IOException {
        Path published = PUBLISHED.resolve(written.file + ".schema.json");

        if (Boolean.getBoolean("schemas.write")) {
            Files.createDirectories(PUBLISHED);
            Files.writeString(published, written.document());
        }

        assertThat(published).content(UTF_8).isEqualTo(written.document());
    }

    @ParameterizedTest
    @CsvSource({"SITE, site.yaml", "KIND, kind-freeradius.yaml", "KIND, kind-files.yaml", "CHANGE, change.yaml"})
    void good_files_are_good_by_the_schemas_too(Written written, String sample) throws IOException {
        assertThat(errors(written.schema(), Files.readString(SAMPLES.resolve(sample))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SITE   | site.yaml            | role: customer   | role: custmer",
                "SITE   | site.yaml            | bake: 30m        | bake: 30",
                "SITE   | site.yaml            | stage: rest      | stagee: rest",
                "SITE   | site.yaml            | via: radius-pap  | via: radius-pop",
                "SITE   | site.yaml            | ssh://ops@10.0.0.9 | ssh://10.0.0.9",
                "SITE   | site.yaml            | 'customer: 1'    | 'customer: many'",
                "CHANGE | change.yaml          | demand: must     | demand: shall",
                "CHANGE | change.yaml          | edit: files/     | edit: ../files/",
                "CHANGE | change.yaml          | title: Return    | titel: Return",
                "KIND   | kind-freeradius.yaml | port: 1812       | port: 70000",
            })
    void mistakes_are_mistakes_by_the_schemas_too(Written written, String sample, String good, String bad)
            throws IOException {
        String broken = Files.readString(SAMPLES.resolve(sample)).replace(good, bad);

        assertThat(errors(written.schema(), broken)).isNotEmpty();
    }

    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one != null ? LongStream.of(one) : LongStream.range(0, 40);
    }

    /// A failure names its seed; `-Dseed=8812` runs that one alone.
    @ParameterizedTest
    @MethodSource("seeds")
    void whatever_a_form_takes_its_schema_takes(long seed) throws IOException {
        Random random = new Random(seed);
        Schema schema = Written.SITE.schema();
        String site = Files.readString(SAMPLES.resolve("site.yaml"));
        int good = 0;
        for (int i = 0; i < 40; i++) {
            String other = slip(site, random);

            Read<?> read = Page.read("site.yaml", other.getBytes(UTF_8), Written.SITE.form());

            if (read instanceof Read.Good<?>) {
                assertThat(errors(schema, other)).as(other).isEmpty();
                good++;
            }
        }
        assertThat(good).as("files that stayed good").isPositive();
    }

    @Test
    void the_built_in_kinds_are_good_by_the_schema_too() throws IOException {
        for (String name : Kinds.builtIn().keySet()) {
            Path file = Path.of("src/main/resources/barograph/kinds", name + ".yaml");
            assertThat(errors(Written.KIND.schema(), Files.readString(file)))
                    .as(name)
                    .isEmpty();
        }
    }

    /// Small slips, so that some of the files stay good.
    private static String slip(String text, Random random) {
        StringBuilder other = new StringBuilder(text);
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
            case 0 -> other.deleteCharAt(at);
            case 1 -> other.insert(at, "a0 -./%mh".charAt(random.nextInt(9)));
            default -> other.setCharAt(at, "a0 -./%mh".charAt(random.nextInt(9)));
        }
        return other.toString();
    }

    private static List<Error> errors(Schema schema, String yaml) {
        LoadSettings settings =
                LoadSettings.builder().setSchema(new CoreSchema()).build();
        try {
            return schema.validate(JSON.valueToTree(new Load(settings).loadFromString(yaml)));
        } catch (YamlEngineException e) {
            throw new AssertionError("not YAML", e);
        }
    }
}
