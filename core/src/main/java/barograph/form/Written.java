package barograph.form;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// One word, list or map of a file, as a person wrote it: its node, and the way to it.
record Written(Node node, String file, String path) {
    /// The outward forms that something written can have.
    enum Shape {
        NOTHING("nothing"),
        SCALAR("a single value"),
        LIST("a list"),
        MAP("a map");

        final String words;

        Shape(String words) {
            this.words = words;
        }
    }

    Shape shape() {
        return switch (node) {
            case ScalarNode scalar -> scalar.getTag().equals(Tag.NULL) ? Shape.NOTHING : Shape.SCALAR;
            case SequenceNode _ -> Shape.LIST;
            case MappingNode _ -> Shape.MAP;
            default -> throw new IllegalStateException("a node that is neither a scalar, a list nor a map: " + path);
        };
    }

    Place place() {
        return placeOf(node);
    }

    /// The place of a node that belongs to this one, such as one of its keys.
    Place placeOf(Node part) {
        int line = part.getStartMark().map(Mark::getLine).orElse(-1) + 1;
        int column = part.getStartMark().map(Mark::getColumn).orElse(-1) + 1;
        return new Place(file, line, column, path);
    }

    Written item(int index, Node item) {
        return new Written(item, file, path + "[" + index + "]");
    }

    Written member(String key, Node value) {
        return new Written(value, file, below(key));
    }

    /// The path of one of its members, be it there or not.
    String below(String key) {
        String shown = Shown.bare(key);
        return path.isEmpty() ? shown : path + "." + shown;
    }
}
