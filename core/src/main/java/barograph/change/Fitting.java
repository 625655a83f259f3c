package barograph.change;

import barograph.change.PatchText.FilePatch;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import com.github.difflib.patch.PatchFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A patch done to files that are held in memory, as `patch -p1 -F 0` does it to those on a disk: each hunk must fit at
/// the very lines that it names.
public sealed interface Fitting {
    /// @param files what each touched file holds now; empty for one that is gone
    record Fits(Map<String, Optional<String>> files) implements Fitting {}

    /// @param why which file it does not fit, and where
    record Unfit(String why) implements Fitting {}

    /// @param before the files by their paths
    static Fitting of(Edit.Patch edit, Map<String, String> before) {
        Map<String, Optional<String>> after = new TreeMap<>();
        List<String> lines = PatchText.lines(edit.text());
        for (FilePatch file : new PatchText(edit.text()).files()) {
            String old = file.before().isEmpty() ? "" : before.get(file.path());
            if (old == null) {
                return new Unfit(file.path() + ": there is no such file");
            }
            List<String> part = lines.subList(file.from() - 1, file.to()).stream()
                    .filter(line -> !line.startsWith("\\"))
                    .toList();
            Patch<String> patch = UnifiedDiffUtils.parseUnifiedDiff(new ArrayList<>(part));
            try {
                List<String> fresh = patch.applyTo(PatchText.lines(old));
                after.put(file.path(), file.after().map(_ -> String.join("\n", fresh) + "\n"));
            } catch (PatchFailedException e) {
                return new Unfit(file.path() + ": " + e.getMessage());
            }
        }
        return new Fits(after);
    }
}
