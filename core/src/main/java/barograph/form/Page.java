package barograph.form;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// A YAML 1.2 file (core schema) that a person wrote, from its bytes up to a tree with the place of each word.
///
/// It is bounded, because a file may come from somebody who means harm: [#MOST_BYTES] long, [PageLimits#DEEPEST] levels
/// deep, and [PageLimits#MOST_NODES] words large with every alias written out. Tags, second documents and aliases that
/// hold themselves are refused. Messages are our own: the parser's may repeat what stands there, and that may be a
/// secret.
public final class Page {
    public static final int MOST_BYTES = 1 << 20;
    private static final int MOST_PROBLEMS = 100;

    static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setAllowNonScalarKeys(true) // so that all of them are reported by ObjectForm and MapForm, with their place
            .setMaxAliasesForCollections(PageLimits.MOST_NODES) // PageLimits counts what they come to
            .setCodePointLimit(MOST_BYTES)
            .build();

    private Page() {}

    /// Reads a whole file by a form.
    ///
    /// @param file what the file is called in problems
    public static <T> Read<T> read(String file, byte[] yaml, Form<T> form) {
        Reading<Written> tree = open(file, yaml);
        Reading<T> reading = tree.value().isPresent() ? form.read(tree.value().get()) : Reading.bad(tree.problems());
        return reading.problems().isEmpty()
                ? new Read.Good<>(reading.value().orElseThrow())
                : new Read.Bad<>(inOrder(file, reading.problems()));
    }

    private static List<Problem> inOrder(String file, List<Problem> problems) {
        List<Problem> sorted = problems.stream()
                .distinct()
                .sorted(Comparator.comparing(Problem::where))
                .toList();
        if (sorted.size() <= MOST_PROBLEMS) {
            return sorted;
        }
        List<Problem> first = new ArrayList<>(sorted.subList(0, MOST_PROBLEMS));
        first.add(new Problem(
                Place.in(file),
                "there are " + (sorted.size() - MOST_PROBLEMS) + " more problems.",
                "Mend these first."));
        return first;
    }

    private static Reading<Written> open(String file, byte[] yaml) {
        if (yaml.length > MOST_BYTES) {
            return Reading.bad(new Problem(
                    Place.in(file),
                    "the file has " + yaml.length + " bytes.",
                    "At most " + MOST_BYTES + " are read: split it, or take out what does not belong."));
        }
        Reading<String> text = decode(file, yaml);
        if (text.value().isEmpty()) {
            return Reading.bad(text.problems());
        }
        return compose(file, text.value().get());
    }

    private static Reading<Written> compose(String file, String text) {
        try {
            Optional<Problem> beyond = PageLimits.check(file, text);
            if (beyond.isPresent()) {
                return Reading.bad(beyond.get());
            }
            Optional<Node> root = new Compose(SETTINGS).composeString(text);
            if (root.isEmpty()) {
                return Reading.bad(new Problem(new Place(file, 1, 1, ""), "the file is empty.", "Fill it in."));
            }
            Written whole = new Written(root.get(), file, "");
            return PageLimits.checkSize(whole)
                    .<Reading<Written>>map(Reading::bad)
                    .orElse(Reading.good(whole));
        } catch (MarkedYamlEngineException e) {
            return Reading.bad(Syntax.explain(file, e));
        } catch (YamlEngineException e) {
            return Reading.bad(Syntax.unknown(Place.in(file)));
        }
    }

    /// The text of the bytes, which must be UTF-8 without characters that YAML forbids.
    private static Reading<String> decode(String file, byte[] yaml) {
        CharBuffer out = CharBuffer.allocate(yaml.length + 1);
        boolean malformed = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(yaml), out, true)
                .isError();
        String text = out.flip().toString();
        if (malformed) {
            return Reading.bad(new Problem(
                    placeAfter(file, text), "a byte stands here that is not UTF-8.", "Save the file as UTF-8."));
        }
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        int index = 0;
        while (index < text.length()) {
            int point = text.codePointAt(index);
            if (!StreamReader.isPrintable(point)) {
                return Reading.bad(new Problem(
                        placeAfter(file, text.substring(0, index)),
                        "the unprintable character U+%04X stands here.".formatted(point),
                        "Take it out."));
            }
            index += Character.charCount(point);
        }
        return Reading.good(text);
    }

    private static Place placeAfter(String file, String before) {
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        String last = before.substring(before.lastIndexOf('\n') + 1);
        return new Place(file, line, last.codePointCount(0, last.length()) + 1, "");
    }
}
