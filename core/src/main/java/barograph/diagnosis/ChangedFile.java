package barograph.diagnosis;

import java.util.ArrayList;
import java.util.List;

/// One file that a change touches, with the lines that go and come.
///
/// @param path below the configuration folder
/// @param lines those removed and added, secrets hidden; empty where the file is no text
public record ChangedFile(String path, List<String> lines) {
    public ChangedFile {
        lines = List.copyOf(lines);
    }

    /// The files of a diff as a change's proposal has it.
    ///
    /// @param paths every file that the change touches, as the diff may have been cut
    public static List<ChangedFile> of(List<String> paths, String diff) {
        return paths.stream()
                .map(path -> new ChangedFile(path, lines(path, diff)))
                .toList();
    }

    private static List<String> lines(String path, String diff) {
        List<String> lines = new ArrayList<>();
        boolean here = false;
        for (String line : diff.lines().toList()) {
            if (line.startsWith("--- ") || line.startsWith("+++ ")) {
                String named = line.substring(4);
                here = named.equals("a/" + path) || named.equals("b/" + path) || (here && named.equals("/dev/null"));
            } else if (here && (line.startsWith("+") || line.startsWith("-"))) {
                lines.add(line.substring(1).strip());
            }
        }
        return lines;
    }
}
