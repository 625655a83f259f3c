package barograph.site;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;

/// A rule of experience about a kind of server: what in a change's diff has broken logins before.
///
/// It fires where a line of the diff of one of its files fits one of its patterns, or, where it has none, where one of
/// its files is in the diff at all. It blocks nothing.
///
/// @param says what may come of it, a clause for a person
/// @param files shell patterns of the files that it looks at, below the configuration root
/// @param adds fits a line that comes in
/// @param drops fits a line that goes out
/// @param touches fits a line that comes in or goes out
/// @param gone whether only a file that is taken out counts
/// @param weight what it adds to the log odds of harm, 0 to 3
/// @param source where that is known from, for whoever doubts it
public record Look(
        String says,
        List<String> files,
        Optional<Pattern> adds,
        Optional<Pattern> drops,
        Optional<Pattern> touches,
        boolean gone,
        double weight,
        String source) {
    public Look {
        files = List.copyOf(files);
    }
}
