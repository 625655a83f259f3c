package barograph.logs;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one look at a log's place has shown.
sealed interface Look {
    /// @param now the host's clock
    /// @param zone the host's time zone
    /// @param sheets the log first if it is there, then what was put aside, youngest first
    /// @param stretch what stands in the sheet that was asked for; empty when it is not there, or is just being
    ///     renamed
    record Seen(Instant now, ZoneId zone, List<Sheet> sheets, Optional<byte[]> stretch) implements Look {
        public Seen {
            sheets = tidy(sheets);
        }

        Optional<Sheet> log() {
            return sheets.stream().filter(Sheet::isLog).findFirst();
        }

        Optional<Sheet> sheet(String identity) {
            return sheets.stream()
                    .filter(sheet -> sheet.identity().equals(identity))
                    .findFirst();
        }

        /// How many files are younger than the one with this identity; -1 when it is not there.
        int place(String identity) {
            for (int i = 0; i < sheets.size(); i++) {
                if (sheets.get(i).identity().equals(identity)) {
                    return i;
                }
            }
            return -1;
        }

        /// In order; each file once, though a rename may have shown it under two names; and not the half-written
        /// `.gz` of a file that is still there.
        private static List<Sheet> tidy(List<Sheet> found) {
            List<Sheet> sorted = new ArrayList<>(found);
            sorted.sort(Sheet.YOUNGEST_FIRST);
            Map<String, Sheet> byIdentity = new HashMap<>();
            Map<String, Sheet> byStem = new HashMap<>();
            for (Sheet sheet : sorted) {
                byIdentity.putIfAbsent(sheet.identity(), sheet);
                byStem.merge(sheet.stem(), sheet, (one, other) -> one.packed() ? other : one);
            }
            return sorted.stream()
                    .filter(sheet -> sheet.equals(byIdentity.get(sheet.identity())))
                    .filter(sheet -> sheet.equals(byStem.get(sheet.stem())))
                    .toList();
        }
    }

    /// Nothing could be seen.
    ///
    /// @param why in words for a person, with what to do
    record Unseen(String why) implements Look {}
}
