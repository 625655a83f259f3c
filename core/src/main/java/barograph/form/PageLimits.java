package barograph.form;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// How deep and how large a [Page] may be, and what of YAML it may use.
///
/// The first look goes over the parser's events, one after the other, so that a file that is too deep is refused
/// before anything recursive touches it.
final class PageLimits {
    static final int DEEPEST = 32;
    static final int MOST_NODES = 50_000;

    private final String file;
    private final Set<Anchor> anchors = new HashSet<>();
    private int depth;
    private int documents;
    private int nodes;

    private PageLimits(String file) {
        this.file = file;
    }

    static Optional<Problem> check(String file, String text) {
        PageLimits limits = new PageLimits(file);
        for (Event event : new Parse(Page.SETTINGS).parseString(text)) {
            Optional<Problem> problem = limits.look(event);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private Optional<Problem> look(Event event) {
        return switch (event) {
            case DocumentStartEvent start -> document(start);
            case AliasEvent alias -> alias(alias);
            case NodeEvent node -> node(node);
            case CollectionEndEvent _ -> {
                depth--;
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private Optional<Problem> document(DocumentStartEvent event) {
        documents++;
        return documents > 1
                ? problem(event, "a second document begins here.", "Put it into a file of its own.")
                : Optional.empty();
    }

    private Optional<Problem> alias(AliasEvent event) {
        return anchors.contains(event.getAlias())
                ? Optional.empty()
                : problem(
                        event,
                        "an alias (*) stands here, and nothing above it has that name.",
                        "Put text that begins with * in quotes.");
    }

    private Optional<Problem> node(NodeEvent event) {
        event.getAnchor().ifPresent(anchors::add);
        if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
            return problem(
                    event, "this is more than " + DEEPEST + " levels deep.", "No field is so deep: take it out.");
        }
        if (++nodes > MOST_NODES) {
            return Optional.of(tooLarge(placeOf(event)));
        }
        boolean tagged = switch (event) {
            case ScalarEvent scalar -> scalar.getTag().isPresent();
            case CollectionStartEvent collection -> collection.getTag().isPresent();
            default -> false;
        };
        return tagged
                ? problem(
                        event,
                        "a tag (!) stands here, and none is understood.",
                        "Write the plain value, or put text that begins with ! in quotes.")
                : Optional.empty();
    }

    private Optional<Problem> problem(Event event, String what, String remedy) {
        return Optional.of(new Problem(placeOf(event), what, remedy));
    }

    private Place placeOf(Event event) {
        Mark mark = event.getStartMark().orElseThrow();
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1, "");
    }

    private static Problem tooLarge(Place place) {
        return new Problem(
                place, "the file holds more than " + MOST_NODES + " values.", "Take out what does not belong there.");
    }

    /// Counts what the tree would be with every alias written out: a few lines of aliases of aliases make billions.
    static Optional<Problem> checkSize(Written root) {
        IdentityHashMap<Node, Long> sizes = new IdentityHashMap<>();
        long size = size(root.node(), sizes);
        if (size < 0) {
            return Optional.of(new Problem(
                    root.place(), "an alias (*) stands inside the value that it names.", "Write the value out."));
        }
        return size > MOST_NODES ? Optional.of(tooLarge(root.place())) : Optional.empty();
    }

    /// @return -1 for a tree that holds itself; recursion ends because [#check] bounded the depth of what is written
    private static long size(Node node, IdentityHashMap<Node, Long> sizes) {
        Long known = sizes.putIfAbsent(node, -1L); // -1: being counted, so whoever meets it again is inside it
        if (known != null) {
            return known;
        }
        long total = 1;
        for (Node child : children(node).toList()) {
            long size = size(child, sizes);
            if (size < 0) {
                return -1;
            }
            total = Math.min(total + size, 1L << 40);
        }
        sizes.put(node, total);
        return total;
    }

    private static Stream<Node> children(Node node) {
        return switch (node) {
            case SequenceNode list -> list.getValue().stream();
            case MappingNode map ->
                map.getValue().stream().flatMap(tuple -> Stream.of(tuple.getKeyNode(), tuple.getValueNode()));
            default -> Stream.empty();
        };
    }
}
