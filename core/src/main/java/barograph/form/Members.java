package barograph.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// The members of a map by their keys, each key once.
///
/// @param problems keys that stand there twice, and keys that are no words
record Members(Map<String, Member> byKey, List<Problem> problems) {
    /// @param key where its key stands
    record Member(Place key, Written value) {}

    /// @param showable which keys a message may repeat: others may be secrets that slipped out of their place
    static Members of(MappingNode map, Written written, Predicate<String> showable) {
        Map<String, Member> byKey = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (NodeTuple tuple : map.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(new Problem(
                        written.placeOf(tuple.getKeyNode()), "this key is not a word.", "Write a word, then a colon."));
                continue;
            }
            String shown = showable.test(key.getValue()) ? key.getValue() : "…";
            Written value = written.member(shown, tuple.getValueNode());
            Place place = value.placeOf(key);
            Member first = byKey.putIfAbsent(key.getValue(), new Member(place, value));
            if (first != null) {
                problems.add(new Problem(
                        place,
                        "this stands here a second time; the first is in line "
                                + first.key().line() + ".",
                        "Take one of them out."));
            }
        }
        return new Members(byKey, problems);
    }
}
