package barograph.console;

import barograph.dossier.Picture;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A picture of the drum in words and numbers, for those who do not see it.
public final class DrumWords {
    private static final int MOST_NAMES = 3;
    private static final int ROWS = 24;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.S", Locale.ROOT).withZone(ZoneOffset.UTC);

    private DrumWords() {}

    /// A moment as the page tells it, in UTC.
    public static String clock(Instant at) {
        return CLOCK.format(at);
    }

    /// What the picture shows, in a few sentences.
    public static String description(Picture picture) {
        Picture.Total with = picture.meanwhile(picture.changed());
        Picture.Total without = picture.meanwhile(picture.unchanged());
        StringBuilder words = new StringBuilder("Logins from ")
                .append(clock(picture.start()))
                .append(" to ")
                .append(clock(picture.end()))
                .append(" UTC. While the change was in force there, ")
                .append(with.failed())
                .append(" of ")
                .append(with.logins())
                .append(" logins failed on ")
                .append(servers(picture.changed().servers()));
        if (picture.unchanged().servers().isEmpty()) {
            words.append("; no server without the change was there to compare with.");
        } else {
            words.append(", and ")
                    .append(without.failed())
                    .append(" of ")
                    .append(without.logins())
                    .append(" on ")
                    .append(servers(picture.unchanged().servers()))
                    .append(", without it.");
        }
        double deepest =
                picture.needle().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return words.append(
                        deepest >= 1
                                ? " The evidence of harm reached its threshold."
                                : " The evidence of harm came " + Math.round(deepest * 100)
                                        + "% of the way to its threshold.")
                .toString();
    }

    static String servers(List<String> servers) {
        if (servers.size() > MOST_NAMES) {
            return servers.getFirst() + " and " + (servers.size() - 1) + " more";
        }
        return servers.size() < 2
                ? String.join("", servers)
                : String.join(", ", servers.subList(0, servers.size() - 1)) + " and " + servers.getLast();
    }

    /// The picture as numbers: its columns, joined to a few dozen rows.
    public static List<Row> rows(Picture picture) {
        DrumWindow window = DrumWindow.of(picture, ROWS);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < window.needle().size(); i++) {
            rows.add(new Row(
                    clock(window.begin(i)),
                    window.changed().accepted().get(i),
                    window.changed().failed().get(i),
                    window.unchanged().accepted().get(i),
                    window.unchanged().failed().get(i),
                    Math.round(window.needle().get(i) * 100)));
        }
        return rows;
    }

    /// Some time on the drum, as numbers.
    ///
    /// @param from when it begins
    /// @param needle how far the evidence of harm was on its way to the threshold, in percent
    public record Row(String from, long accepted, long failed, long acceptedWithout, long failedWithout, long needle) {}
}
