package barograph.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// The members of a map by their keys, each key once.
///
/// @param problems keys that stand there twice, and keys that are no words
record Members(Map<String, Member> byKey, List<Problem> problems) {
    /// @param key where its key stands
    record Member(Place key, Written value) {}

    static Members of(MappingNode map, Written written) {
        Map<String, Member> byKey = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (NodeTuple tuple : map.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(new Problem(
                        written.placeOf(tuple.getKeyNode()), "this key is not a word.", "Write a word, then a colon."));
                continue;
            }
            Written value = written.member(key.getValue(), tuple.getValueNode());
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
