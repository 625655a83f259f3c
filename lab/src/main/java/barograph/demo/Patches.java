package barograph.demo;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/// Unified diffs, as the demo's customer would send them.
final class Patches {
    private Patches() {}

    /// @param name the file's name below the configuration root
    static String of(String name, String before, String after) {
        List<String> old = before.lines().toList();
        List<String> lines = UnifiedDiffUtils.generateUnifiedDiff(
                "a/" + name, "b/" + name, old, DiffUtils.diff(old, after.lines().toList()), 1);
        return String.join("\n", lines) + "\n";
    }
}
