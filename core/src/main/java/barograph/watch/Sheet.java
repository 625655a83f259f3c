package barograph.watch;

import barograph.login.Dimensions;
import barograph.site.ServerId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What one [Part] of a watch has counted since its last sheet; [Watch#add(Sheet)] adds it up with the others.
///
/// Alike pieces of a tenth of a second (before the change: of one slice of [Ages]) make one row. As JSON, a row is
/// about 100 bytes; there are never more rows than logins. No name of a person is in it, only pseudonyms.
///
/// @param watch the name of the watch it belongs to
/// @param part which part counted it, from 0 on, of `parts`
/// @param number 1 for a part's first sheet, and so on without gaps
/// @param until logins written before this are on this sheet or an earlier one
/// @param hit pseudonyms of people that failed and could log in before
public record Sheet(String watch, int part, int parts, long number, Instant until, List<Row> rows, List<Long> hit) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Sheet {
        rows = List.copyOf(rows);
        hit = List.copyOf(hit);
    }

    /// So many alike pieces.
    ///
    /// @param at when the first of them was written down
    /// @param latency a bucket of a tenth each; -1 where untold
    /// @param arrival whether it tells that somebody came
    /// @param unit whether it is evidence of its own
    /// @param retry whether it is the first try after one that was and failed
    /// @param could whether they could ever log in before
    /// @param times how many
    public record Row(
            Instant at,
            String phase,
            String server,
            Dimensions dimensions,
            String reason,
            int latency,
            boolean unit,
            boolean retry,
            boolean arrival,
            boolean could,
            long times) {
        Piece piece() {
            return new Piece(
                    at,
                    Phase.valueOf(phase),
                    new ServerId(server),
                    dimensions,
                    reason,
                    latency,
                    new Keys.Grain(unit, retry, arrival, could));
        }
    }

    /// The sheet as JSON in UTF-8.
    public byte[] bytes() {
        return JSON.writeValueAsBytes(this);
    }

    /// @throws IllegalArgumentException where that is no sheet
    public static Sheet read(byte[] bytes) {
        try {
            return JSON.readValue(bytes, Sheet.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a sheet of counts: " + e.getOriginalMessage(), e);
        }
    }

    /// Collects rows.
    static final class Rows {
        private static final long CELL_MILLIS = 100;

        private final Ages ages;
        private final Map<Alike, Times> rows = new LinkedHashMap<>();

        /// @param cell which tenth of a second, or slice and hour of the day
        private record Alike(long cell, Piece piece) {}

        private static final class Times {
            private final Instant first;
            private long times;

            private Times(Instant first) {
                this.first = first;
            }
        }

        Rows(Ages ages) {
            this.ages = ages;
        }

        void add(Piece piece) {
            Piece timeless = new Piece(
                    Instant.EPOCH,
                    piece.phase(),
                    piece.server(),
                    piece.dimensions(),
                    piece.reason(),
                    piece.latency(),
                    piece.grain());
            rows.computeIfAbsent(new Alike(cell(piece), timeless), _ -> new Times(piece.at())).times++;
        }

        private long cell(Piece piece) {
            int slice = ages.sliceAt(piece.at());
            return slice < 0
                    ? piece.at().toEpochMilli() / CELL_MILLIS
                    : -1 - slice * 24L - piece.at().atOffset(ZoneOffset.UTC).getHour();
        }

        List<Row> all() {
            List<Row> all = new ArrayList<>(rows.size());
            rows.forEach((alike, times) -> {
                Piece piece = alike.piece();
                all.add(new Row(
                        times.first,
                        piece.phase().name(),
                        piece.server().value(),
                        piece.dimensions(),
                        piece.reason(),
                        piece.latency(),
                        piece.grain().unit(),
                        piece.grain().retry(),
                        piece.grain().arrival(),
                        piece.grain().couldBefore(),
                        times.times));
            });
            return all;
        }
    }
}
