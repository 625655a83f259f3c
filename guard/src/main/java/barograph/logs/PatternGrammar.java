package barograph.logs;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Outcome;
import barograph.login.Pseudonyms;
import barograph.login.Step;
import barograph.site.LogGrammar;
import barograph.site.LogLine;
import barograph.site.ServerId;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A grammar that a kind's file describes: one line, one login.
///
/// Time per line is proportional to its length times the number of sorts of lines, whatever it holds.
final class PatternGrammar implements Grammar {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}(?:\\.[0-9]{1,9})?");

    private final LogGrammar grammar;
    private final List<Sort> sorts = new ArrayList<>();
    private final ServerId server;
    private final ZoneId zone;
    private final Pseudonyms pseudonyms;
    private final Stamps stamps;
    private long unread;

    /// One sort of line, with what it takes to read one.
    private record Sort(LogLine line, Matcher matcher, List<String> groups) {
        Sort(LogLine line) {
            this(
                    line,
                    line.pattern().matcher(""),
                    List.copyOf(line.pattern().namedGroups().keySet()));
        }

        /// What stands in braces, filled in; empty where that is nothing.
        String filled(Optional<String> template) {
            String text = template.orElse("");
            for (String group : groups) {
                if (text.contains("{" + group + "}")) {
                    text = text.replace("{" + group + "}", found(group));
                }
            }
            return text;
        }

        String found(String group) {
            String found = groups.contains(group) ? matcher.group(group) : null;
            return found == null ? "" : found;
        }
    }

    PatternGrammar(LogGrammar grammar, ServerId server, ZoneId zone, Pseudonyms pseudonyms) {
        this.grammar = grammar;
        this.server = server;
        this.zone = zone;
        this.pseudonyms = pseudonyms;
        stamps = new Stamps(zone);
        grammar.lines().forEach(line -> sorts.add(new Sort(line)));
    }

    @Override
    public void read(String line, Instant now, Consumer<Login> out) {
        if (grammar.logins().isPresent()
                && !grammar.logins().get().matcher(line).find()) {
            return;
        }
        for (Sort sort : sorts) {
            if (sort.matcher.reset(line).find()) {
                tell(sort, line, now, out);
                return;
            }
        }
        unread += grammar.logins().isPresent() ? 1 : 0;
    }

    private void tell(Sort sort, String line, Instant now, Consumer<Login> out) {
        Optional<Outcome> outcome = outcome(sort);
        if (outcome.isEmpty()) {
            return;
        }
        String time = sort.found("time");
        if (!stamps.read(time.isEmpty() ? line : time + " ", now)) {
            unread++;
            return;
        }
        String user = sort.filled(sort.line.user());
        String realm = sort.filled(sort.line.realm());
        out.accept(new Login(
                stamps.at(),
                server,
                pseudonyms.of(user),
                pseudonyms.of(sort.filled(sort.line.source())),
                new Dimensions(
                        sort.line.realm().isPresent() ? small(realm) : realm(user),
                        small(sort.filled(sort.line.method())),
                        sort.filled(sort.line.client()),
                        sort.filled(sort.line.group())),
                outcome.get(),
                took(sort.found("seconds")),
                Origin.PERSON));
    }

    private static Optional<Outcome> outcome(Sort sort) {
        return switch (sort.line.tells()) {
            case NOTHING -> Optional.empty();
            case ACCEPTED -> Optional.of(new Outcome.Accepted());
            case REJECTED -> Optional.of(new Outcome.Rejected(reason(sort)));
            case FAILED ->
                Optional.of(new Outcome.Failed(Step.valueOf(sort.line.step().toUpperCase(Locale.ROOT)), reason(sort)));
        };
    }

    private static String reason(Sort sort) {
        String said = sort.found("reason");
        for (Map.Entry<String, String> each : sort.line.reasons().entrySet()) {
            if (said.contains(each.getKey())) {
                return each.getValue();
            }
        }
        return word(sort.filled(Optional.of(sort.line.reason())));
    }

    /// What a log says, as one short word.
    private static String word(String said) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < said.length() && word.length() < 64; i++) {
            char c = Character.toLowerCase(said.charAt(i));
            boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (letter) {
                word.append(c);
            } else if (!word.isEmpty() && word.charAt(word.length() - 1) != '_') {
                word.append('_');
            }
        }
        return word.isEmpty() ? "rejected" : word.toString();
    }

    private static String small(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /// `alice@acme.example` is of acme.example, `ACME\alice` of acme.
    private static String realm(String user) {
        int at = user.lastIndexOf('@');
        int slash = user.indexOf('\\');
        return small(at >= 0 ? user.substring(at + 1) : slash > 0 ? user.substring(0, slash) : "");
    }

    private static Duration took(String seconds) {
        if (!SECONDS.matcher(seconds).matches()) {
            return Duration.ZERO;
        }
        return Duration.ofNanos(new BigDecimal(seconds).movePointRight(9).longValue());
    }

    @Override
    public void settle(Instant now, Consumer<Login> out) {
        // Every line tells all it has to tell.
    }

    @Override
    public Optional<Instant> writtenAt(String line, Instant now) {
        Stamps fresh = new Stamps(zone);
        if (fresh.read(line, now)) {
            return Optional.of(fresh.at());
        }
        for (Sort sort : sorts) {
            if (sort.groups.contains("time") && sort.matcher.reset(line).find()) {
                return fresh.read(sort.found("time") + " ", now) ? Optional.of(fresh.at()) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    @Override
    public long unread() {
        return unread;
    }

    @Override
    public long letGo() {
        return 0;
    }
}
