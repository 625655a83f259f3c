package barograph.logs;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Outcome;
import barograph.login.Pseudonyms;
import barograph.login.Step;
import barograph.pattern.LinePattern;
import barograph.site.LogGrammar;
import barograph.site.LogLine;
import barograph.site.ServerId;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A grammar that a kind's file describes: one line, one login.
///
/// Time per line is proportional to its length times the number of sorts of lines, whatever it holds.
final class PatternGrammar implements Grammar {
    /// How many connections of late are known by what they told.
    private static final int CONNECTIONS = 256;

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}(?:\\.[0-9]{1,9})?");

    private final Optional<LinePattern> logins;
    private final Sort[] sorts;
    private final ServerId server;
    private final ZoneId zone;
    private final Pseudonyms pseudonyms;
    private final Stamps stamps;
    private final String[] connections = new String[CONNECTIONS];
    private int told;
    private long unread;

    /// One sort of line, with what it takes to read one.
    ///
    /// @param always the outcome that it always tells; empty where the line says why
    private record Sort(
            LogLine line,
            LinePattern pattern,
            Optional<Outcome> always,
            int time,
            int seconds,
            int reason,
            int connection,
            int ended,
            Filling otherwise,
            Filling user,
            Filling realm,
            Filling method,
            Filling client,
            Filling group,
            Filling source) {
        static Sort of(LogLine line) {
            LinePattern pattern = LinePattern.of(line.pattern());
            List<String> groups = pattern.groups();
            Filling otherwise = Filling.of(line.reason(), groups);
            boolean fixed = line.reasons().isEmpty() && otherwise.isFixed();
            return new Sort(
                    line,
                    pattern,
                    fixed ? Optional.of(outcome(line, word(line.reason()))) : Optional.empty(),
                    groups.indexOf("time"),
                    groups.indexOf("seconds"),
                    groups.indexOf("reason"),
                    groups.indexOf("connection"),
                    groups.indexOf("ended"),
                    otherwise,
                    filling(line.user(), groups),
                    filling(line.realm(), groups),
                    filling(line.method(), groups),
                    filling(line.client(), groups),
                    filling(line.group(), groups),
                    filling(line.source(), groups));
        }

        private static Filling filling(Optional<String> template, List<String> groups) {
            return Filling.of(template.orElse(""), groups);
        }

        String found(int group) {
            return group < 0 ? "" : pattern.group(group);
        }
    }

    PatternGrammar(LogGrammar grammar, ServerId server, ZoneId zone, Pseudonyms pseudonyms) {
        this.server = server;
        this.zone = zone;
        this.pseudonyms = pseudonyms;
        stamps = new Stamps(zone);
        logins = grammar.logins().map(LinePattern::of);
        sorts = grammar.lines().stream().map(Sort::of).toArray(Sort[]::new);
    }

    @Override
    public void read(String line, Instant now, Consumer<Login> out) {
        if (logins.isPresent() && !logins.get().find(line)) {
            return;
        }
        for (Sort sort : sorts) {
            if (sort.pattern.find(line)) {
                if (sort.line.tells() != LogLine.Tells.NOTHING && !hasTold(sort.found(sort.ended))) {
                    tell(sort, line, now, out);
                    remember(sort.found(sort.connection));
                }
                return;
            }
        }
        unread += logins.isPresent() ? 1 : 0;
    }

    /// Whether a connection that has ended told a login before.
    private boolean hasTold(String ended) {
        return !ended.isEmpty() && Arrays.asList(connections).contains(ended);
    }

    private void remember(String connection) {
        if (!connection.isEmpty()) {
            connections[told] = connection;
            told = (told + 1) % CONNECTIONS;
        }
    }

    private void tell(Sort sort, String line, Instant now, Consumer<Login> out) {
        String time = sort.found(sort.time);
        if (!stamps.read(time.isEmpty() ? line : time + " ", now)) {
            unread++;
            return;
        }
        String user = sort.user.with(sort.pattern);
        out.accept(new Login(
                stamps.at(),
                server,
                pseudonyms.of(user),
                pseudonyms.of(sort.source.with(sort.pattern)),
                new Dimensions(
                        sort.line.realm().isPresent() ? small(sort.realm.with(sort.pattern)) : realm(user),
                        small(sort.method.with(sort.pattern)),
                        sort.client.with(sort.pattern),
                        sort.group.with(sort.pattern)),
                sort.always.orElseGet(() -> outcome(sort.line, reason(sort))),
                took(sort.found(sort.seconds)),
                Origin.PERSON));
    }

    private static Outcome outcome(LogLine line, String reason) {
        return switch (line.tells()) {
            case NOTHING, ACCEPTED -> new Outcome.Accepted();
            case REJECTED -> new Outcome.Rejected(reason);
            case FAILED -> new Outcome.Failed(Step.valueOf(line.step().toUpperCase(Locale.ROOT)), reason);
        };
    }

    private static String reason(Sort sort) {
        String said = sort.found(sort.reason);
        for (Map.Entry<String, String> each : sort.line.reasons().entrySet()) {
            if (said.contains(each.getKey())) {
                return each.getValue();
            }
        }
        return word(sort.otherwise.with(sort.pattern));
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
        if (seconds.isEmpty() || !SECONDS.matcher(seconds).matches()) {
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
            if (sort.time >= 0 && sort.pattern.find(line)) {
                return fresh.read(sort.found(sort.time) + " ", now) ? Optional.of(fresh.at()) : Optional.empty();
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
