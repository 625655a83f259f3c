package barograph.api;

import barograph.api.Door.Trouble;
import barograph.api.Door.Unfit;
import barograph.change.Edit;
import barograph.change.Fitting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a change makes of a configuration that is told by an API.
final class Candidate {
    private Candidate() {}

    /// @throws Unfit where the edit does not fit
    static Tree of(Edit edit, Tree before, Door door) throws Unfit {
        Map<String, Optional<String>> changes = new TreeMap<>();
        switch (edit) {
            case Edit.Overlay(List<Edit.Put> puts, List<String> removals) -> {
                for (Edit.Put put : puts) {
                    String text = text(put.path(), put.content());
                    changes.put(put.path(), Optional.of(door.laid(put.path(), before.file(put.path()), text)));
                }
                for (String path : removals) {
                    if (before.file(path).isEmpty()) {
                        throw new Unfit(path + " is to be taken out, and is not there");
                    }
                    changes.put(path, Optional.empty());
                }
            }
            case Edit.Patch patch -> {
                switch (Fitting.of(patch, before.files())) {
                    case Fitting.Unfit(String why) -> throw new Unfit("the patch does not fit: " + why);
                    case Fitting.Fits(Map<String, Optional<String>> files) -> {
                        for (Map.Entry<String, Optional<String>> file : files.entrySet()) {
                            changes.put(file.getKey(), whole(file.getKey(), file.getValue(), door));
                        }
                    }
                }
            }
        }
        return before.with(changes);
    }

    /// A patched file is whole already: nothing is laid under it.
    private static Optional<String> whole(String path, Optional<String> text, Door door) throws Unfit {
        return text.isEmpty() ? text : Optional.of(door.laid(path, Optional.empty(), text.get()));
    }

    private static String text(String path, byte[] content) throws Unfit {
        String text = new String(content, StandardCharsets.UTF_8);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), content)) {
            throw new Unfit(path + " is not UTF-8 text");
        }
        return text;
    }

    /// Why the change cannot be made, or could not be taken back again.
    static List<String> objections(Tree before, Tree wanted, Door door) throws Trouble {
        List<String> objections = new ArrayList<>();
        for (String path : before.differs(wanted)) {
            Optional<String> there = door.objection(path, before, wanted);
            Optional<String> back = there.isPresent() ? Optional.empty() : door.objection(path, wanted, before);
            there.or(() -> back.map(why -> why + " (it could not be taken back)"))
                    .ifPresent(why -> objections.add(path + ": " + why));
        }
        return objections;
    }
}
