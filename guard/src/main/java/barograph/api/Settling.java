package barograph.api;

import barograph.api.Door.Trouble;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Brings a server's configuration to what it is to be, object by object, until it tells just that.
///
/// It looks at what differs, not at what was done; so it may be interrupted anywhere and begun anew.
final class Settling {
    private static final int TURNS = 5;

    private final Door door;
    private final Tree before;
    private final Tree wanted;

    /// @param before what was there before the change
    /// @param wanted what the change makes of it
    Settling(Door door, Tree before, Tree wanted) {
        this.door = door;
        this.before = before;
        this.wanted = wanted;
    }

    /// What came of it.
    ///
    /// @param live what the server tells now
    /// @param trouble what is not as it should be, and why; empty where all is
    record Settled(Tree live, String trouble) {}

    /// Puts the change in place.
    ///
    /// @throws Trouble at the first request that is refused: nobody would want the rest of it
    Settled forward() throws Trouble {
        String trouble = "";
        for (int turn = 0; turn < TURNS; turn++) {
            Tree live = door.read();
            NavigableSet<String> todo = missing(live);
            if (todo.isEmpty()) {
                String foreign = String.join(", ", beside(live));
                return new Settled(live, foreign.isEmpty() ? "" : "these changed beside it: " + foreign);
            }
            trouble = words(live, todo);
            for (String path : wanted.inOrder(todo)) {
                door.write(path, live, wanted);
            }
        }
        return new Settled(door.read(), "the server does not take all of it over: " + trouble);
    }

    /// What the change touches and is not in force. What the server adds to it by itself does not count.
    private NavigableSet<String> missing(Tree live) {
        NavigableSet<String> touched = before.differs(wanted);
        touched.removeIf(path -> unmet(path, live).isEmpty());
        return touched;
    }

    private List<String> unmet(String path, Tree live) {
        Map<String, String> now = facts(live, path);
        Map<String, String> goal = facts(wanted, path);
        List<String> unmet = new ArrayList<>();
        if (wanted.file(path).isPresent() != live.file(path).isPresent()) {
            unmet.add("");
        }
        goal.forEach((fact, value) -> {
            if (!value.equals(now.get(fact))) {
                unmet.add(fact);
            }
        });
        facts(before, path).forEach((fact, value) -> {
            if (!goal.containsKey(fact)
                    && now.containsKey(fact)
                    && wanted.file(path).isPresent()) {
                unmet.add(fact);
            }
        });
        return unmet;
    }

    /// Names of facts, and never values: those may be secret.
    private String words(Tree live, NavigableSet<String> paths) {
        List<String> words = new ArrayList<>();
        paths.forEach(path -> words.add(path + " " + String.join(" ", new TreeSet<>(unmet(path, live)))));
        return String.join("; ", words);
    }

    /// What the change does not touch, and is not as it was.
    private List<String> beside(Tree live) {
        NavigableSet<String> touched = before.differs(wanted);
        return before.differs(live).stream()
                .filter(path -> !touched.contains(path))
                .filter(path ->
                        before.file(path).isPresent() || touched.stream().noneMatch(asked -> comesWith(path, asked)))
                .toList();
    }

    private boolean comesWith(String path, String asked) {
        return before.file(asked).isEmpty() && door.comesWith(path, asked);
    }

    /// Puts everything back. A request that is refused does not keep the others from being made.
    ///
    /// @throws Trouble where the server does not answer
    Settled back() throws Trouble {
        Map<String, String> refused = new HashMap<>();
        for (int turn = 0; turn < TURNS; turn++) {
            Tree live = door.read();
            NavigableSet<String> todo = before.differs(live);
            if (todo.isEmpty()) {
                return new Settled(live, "");
            }
            refused.clear();
            for (String path : before.inOrder(todo)) {
                back(path, live).ifPresent(why -> refused.put(path, why));
            }
        }
        Tree live = door.read();
        List<String> words = new ArrayList<>();
        before.differs(live)
                .forEach(path -> words.add(path + " (" + refused.getOrDefault(path, "the server keeps its own") + ")"));
        return new Settled(live, words.isEmpty() ? "" : "these are not as they were: " + String.join("; ", words));
    }

    /// @return why one object could not be put back
    private Optional<String> back(String path, Tree live) throws Trouble {
        Optional<String> objection = live.file(path).equals(wanted.file(path))
                ? Optional.empty() // it was asked before the change went in
                : door.objection(path, live, before);
        if (objection.isPresent()) {
            return objection;
        }
        try {
            door.write(path, live, before);
            return Optional.empty();
        } catch (Trouble e) {
            return switch (e.sort()) {
                case SILENT, FORBIDDEN -> throw e;
                case REFUSED, OVERTAKEN -> Optional.of(String.valueOf(e.getMessage()));
            };
        }
    }

    /// What is on the server and came neither from the snapshot nor from the change, nor is a mixture of both.
    ///
    /// @param landed what the server told right after the change, where it came that far
    List<String> foreign(Tree live, Optional<Tree> landed) {
        NavigableSet<String> touched = before.differs(wanted);
        return before.differs(live).stream()
                .filter(path -> live.file(path).isPresent())
                .filter(path -> !isOurs(path, live, landed, touched))
                .toList();
    }

    private boolean isOurs(String path, Tree live, Optional<Tree> landed, NavigableSet<String> touched) {
        Map<String, String> old = facts(before, path);
        Map<String, String> goal = facts(wanted, path);
        Map<String, String> then = landed.map(tree -> facts(tree, path)).orElse(Map.of());
        boolean known = before.file(path).isPresent()
                || wanted.file(path).isPresent()
                || landed.flatMap(tree -> tree.file(path)).isPresent()
                || (landed.isEmpty() && touched.stream().anyMatch(asked -> comesWith(path, asked)));
        boolean halfway =
                landed.isEmpty() && (touched.contains(path) || before.file(path).isEmpty());
        return known
                && facts(live, path).entrySet().stream().allMatch(fact -> {
                    String name = fact.getKey();
                    boolean ofServer = halfway && !old.containsKey(name) && !goal.containsKey(name);
                    return ofServer
                            || Stream.of(old, goal, then)
                                    .anyMatch(state -> fact.getValue().equals(state.get(name)));
                });
    }

    private Map<String, String> facts(Tree tree, String path) {
        return tree.file(path).map(text -> door.facts(path, text)).orElse(Map.of());
    }
}
