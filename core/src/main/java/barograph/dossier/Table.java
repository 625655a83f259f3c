package barograph.dossier;

import java.util.List;

/// Several things of one sort, side by side.
///
/// @param caption what it shows, in a few words
/// @param heads one per column; every row has as many cells
public record Table(String caption, List<String> heads, List<Row> rows) {
    public Table {
        heads = List.copyOf(heads);
        rows = List.copyOf(rows);
        int columns = heads.size();
        if (rows.stream().anyMatch(row -> row.cells().size() != columns)) {
            throw new IllegalArgumentException("every row of '" + caption + "' has " + columns + " cells");
        }
    }

    /// One of them, with the entries that prove it.
    public record Row(List<String> cells, List<Long> proofs) {
        public Row {
            cells = cells.stream().map(Legible::line).toList();
            proofs = proofs.stream().sorted().distinct().toList();
        }
    }
}
