package barograph.kinds;

import static java.nio.charset.StandardCharsets.UTF_8;

import barograph.form.Placed;
import barograph.form.Problem;
import barograph.login.Login;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import barograph.login.Pseudonyms;
import barograph.logs.Grammar;
import barograph.logs.Grammars;
import barograph.site.Kind;
import barograph.site.LogSample;
import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Tries the grammar of a kind with the sample lines in its file.
public final class Samples {
    private static final ServerId SERVER = new ServerId("sample");
    private static final byte[] KEY = "samples hide nobody".getBytes(UTF_8);
    /// Sample lines without a year are taken to be of about this time.
    private static final Instant READ = Instant.parse("2026-11-23T00:00:00Z");

    private static final Duration LATER = Duration.ofMinutes(10);

    private Samples() {}

    /// What the grammar makes of the samples other than their file says; empty where all is well.
    public static List<Problem> problems(Kind kind) {
        List<Problem> problems = new ArrayList<>();
        for (Placed<LogSample> sample : kind.samples()) {
            trouble(kind, sample.value())
                    .ifPresent(what -> problems.add(new Problem(
                            sample.place(), what, "Mend the grammar, or what the sample is said to tell.")));
        }
        return problems;
    }

    private static Optional<String> trouble(Kind kind, LogSample sample) {
        Optional<Grammars.Opening> opening = kind.log().flatMap(Grammars::of);
        if (opening.isEmpty()) {
            return Optional.of("there is no grammar to try this sample with.");
        }
        Pseudonyms pseudonyms = new Pseudonyms(KEY);
        Grammar grammar = opening.get().open(SERVER, ZoneOffset.UTC, pseudonyms);
        List<Login> told = new ArrayList<>();
        sample.log().lines().forEach(line -> grammar.read(line, READ, told::add));
        grammar.settle(READ.plus(LATER), told::add);
        if (told.size() != sample.tells().size()) {
            return Optional.of("the grammar finds " + told.size() + " logins in this, not "
                    + sample.tells().size() + (told.isEmpty() ? "." : ": " + shown(told) + "."));
        }
        for (int i = 0; i < told.size(); i++) {
            Optional<String> odd = odd(sample.tells().get(i), told.get(i), pseudonyms);
            if (odd.isPresent()) {
                return odd;
            }
        }
        return Optional.empty();
    }

    /// The first part of a login that is not as it should be.
    private static Optional<String> odd(String expected, Login login, Pseudonyms pseudonyms) {
        String[] words = expected.split(" ", -1);
        if (!words[0].equals(outcome(login.outcome()))) {
            return differs("outcome", words[0], outcome(login.outcome()));
        }
        if (!login.user().equals(name(words[1], pseudonyms))) {
            return Optional.of("the grammar finds another user than " + words[1] + ".");
        }
        for (int i = 2; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            String part = words[i].substring(0, equals);
            String value = words[i].substring(equals + 1);
            Optional<String> odd = part.equals("source")
                    ? login.source().equals(name(value, pseudonyms))
                            ? Optional.empty()
                            : Optional.of("the grammar finds another source than " + value + ".")
                    : odd(part, value, login);
            if (odd.isPresent()) {
                return odd;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> odd(String part, String value, Login login) {
        Optional<String> found = part(part, login);
        if (found.isEmpty()) {
            return Optional.of("'" + part
                    + "' is no part of a login. Known: reason, step, realm, method, client, group, source, took, at.");
        }
        return found.get().equals(value) ? Optional.empty() : differs(part, value, found.get());
    }

    private static Optional<String> part(String part, Login login) {
        return switch (part) {
            case "reason" -> Optional.of(login.outcome().reason());
            case "step" ->
                Optional.of(
                        login.outcome() instanceof Outcome.Failed(var step, var _)
                                ? step.name().toLowerCase(Locale.ROOT)
                                : "none");
            case "realm" -> Optional.of(login.dimensions().realm());
            case "method" -> Optional.of(login.dimensions().method());
            case "client" -> Optional.of(login.dimensions().client());
            case "group" -> Optional.of(login.dimensions().group());
            case "took" -> Optional.of(login.latency().toMillis() + "ms");
            case "at" -> Optional.of(login.at().toString());
            default -> Optional.empty();
        };
    }

    private static Optional<String> differs(String part, String expected, String found) {
        return Optional.of("the grammar finds the " + part + " " + found + ", not " + expected + ".");
    }

    private static Pseudonym name(String word, Pseudonyms pseudonyms) {
        return word.equals("-") ? Pseudonym.UNKNOWN : pseudonyms.of(word);
    }

    private static String outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted() -> "accepted";
            case Outcome.Rejected(String _) -> "rejected";
            case Outcome.Failed(var _, String _), Outcome.Unanswered(Duration _), Outcome.NotTried(String _) ->
                "failed";
        };
    }

    private static String shown(List<Login> told) {
        return String.join(
                ", ",
                told.stream()
                        .map(login -> outcome(login.outcome()) + " ("
                                + login.outcome().reason() + ")")
                        .toList());
    }
}
