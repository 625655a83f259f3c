package barograph.logs;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import barograph.login.Pseudonyms;
import barograph.login.Step;
import barograph.site.Name;
import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// A log that other tools can write: one login in each line, its fields parted by commas.
///
///     t_ms,server,group,method,user,src,prior,outcome,reason,latency_ms
///     4298,auth2,r0/oidc/web2,oidc,arylh,o7me,o,accept,ok,85
///
/// `t_ms` counts from a start that the reader is given; `group` is realm, method and client, parted by slashes;
/// `prior` tells what was known before ([Prior]): `o` accepted, `f` failed, `n` nothing; `outcome` is `accept`,
/// `reject`, `error` or `timeout`. The server is the one that the line names: one trace may hold several.
public final class TraceGrammar implements Grammar {
    private static final int FIELDS = 10;

    private final Pseudonyms pseudonyms;
    private final Instant start;
    private final Prior prior;
    private final int[] commas = new int[FIELDS + 1];
    private long unread;

    /// @param start the moment that `t_ms` counts from
    public TraceGrammar(Pseudonyms pseudonyms, Instant start, Prior prior) {
        this.pseudonyms = pseudonyms;
        this.start = start;
        this.prior = prior;
    }

    /// The server that a line names; empty for a line that is no login.
    public static Optional<String> server(String line) {
        int first = line.indexOf(',');
        int second = line.indexOf(',', first + 1);
        if (second < 0 || Digits.longNumber(line, 0, first) < 0) {
            return Optional.empty();
        }
        return Optional.of(line.substring(first + 1, second))
                .filter(name -> Name.SHAPE.matcher(name).matches());
    }

    @Override
    public void read(String line, Instant now, Consumer<Login> out) {
        if (line.isEmpty() || line.startsWith("t_ms,")) {
            return;
        }
        long millis = split(line) ? Digits.longNumber(line, 0, commas[1]) : -1;
        long latency = millis < 0 ? -1 : Digits.longNumber(line, commas[9] + 1, commas[10]);
        Optional<Outcome> outcome = latency < 0 ? Optional.empty() : outcome(field(line, 7), field(line, 8), latency);
        String server = latency < 0 ? "" : field(line, 1);
        if (outcome.isEmpty() || !Name.SHAPE.matcher(server).matches()) {
            unread++;
            return;
        }
        Pseudonym user = pseudonyms.of(field(line, 4));
        Pseudonym source = pseudonyms.of(field(line, 5));
        char known = line.charAt(commas[6] + 1);
        if (known == 'o' || known == 'f') {
            prior.known(user, source, known == 'o');
        }
        out.accept(new Login(
                start.plusMillis(millis),
                new ServerId(server),
                user,
                source,
                dimensions(field(line, 2), field(line, 3)),
                outcome.get(),
                Duration.ofMillis(latency),
                Origin.PERSON));
    }

    @Override
    public void settle(Instant now, Consumer<Login> out) {
        // Each line is a whole login.
    }

    @Override
    public Optional<Instant> writtenAt(String line, Instant now) {
        long millis = Digits.longNumber(line, 0, line.indexOf(','));
        return millis < 0 ? Optional.empty() : Optional.of(start.plusMillis(millis));
    }

    @Override
    public long unread() {
        return unread;
    }

    @Override
    public long letGo() {
        return 0;
    }

    /// Notes where the fields begin and end; false unless there are as many as there should be.
    private boolean split(String line) {
        commas[0] = -1;
        int found = 0;
        for (int at = line.indexOf(','); at >= 0; at = line.indexOf(',', at + 1)) {
            if (++found >= FIELDS) {
                return false;
            }
            commas[found] = at;
        }
        commas[FIELDS] = line.length();
        return found == FIELDS - 1;
    }

    private String field(String line, int index) {
        return line.substring(commas[index] + 1, commas[index + 1]);
    }

    private static Dimensions dimensions(String group, String method) {
        int first = group.indexOf('/');
        int last = group.lastIndexOf('/');
        return first < 0 || first == last
                ? new Dimensions(Dimensions.UNTOLD, method, Dimensions.UNTOLD, group)
                : new Dimensions(group.substring(0, first), method, group.substring(last + 1), Dimensions.UNTOLD);
    }

    private static Optional<Outcome> outcome(String word, String reason, long latency) {
        return switch (word) {
            case "accept" -> Optional.of(new Outcome.Accepted());
            case "reject" -> Optional.of(new Outcome.Rejected(reason));
            case "error" -> Optional.of(new Outcome.Failed(Step.AUTHENTICATE, reason));
            case "timeout" -> Optional.of(new Outcome.Unanswered(Duration.ofMillis(latency)));
            default -> Optional.empty();
        };
    }
}
