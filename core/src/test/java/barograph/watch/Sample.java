package barograph.watch;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import barograph.login.Trial;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec.Expect;
import barograph.site.ServerId;
import barograph.site.WatchRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Small things that tests of the watch are made of. The change comes at [#CHANGE], one hour after [#START].
final class Sample {
    static final Instant START = Instant.parse("2026-11-22T09:00:00Z");
    static final Instant CHANGE = Instant.parse("2026-11-22T10:00:00Z");
    static final ServerId CHANGED = new ServerId("ldap-1");
    static final ServerId UNCHANGED = new ServerId("ldap-2");
    static final Dimensions STAFF = new Dimensions("staff", "ldap-bind", "", "");

    private Sample() {}

    static WatchRules rules() {
        return new WatchRules(
                Duration.ofMinutes(30),
                Duration.ofHours(4),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofDays(1),
                0.01,
                0.05,
                Duration.ofMinutes(15),
                WatchRules.Policy.ASK,
                WatchRules.Policy.ASK,
                Duration.ofMinutes(1));
    }

    static WatchPlan plan() {
        return new WatchPlan(Map.of(CHANGED, CHANGE), Set.of(UNCHANGED), Set.of(CHANGED), START, rules());
    }

    static WatchPlan planWithoutControl() {
        return new WatchPlan(Map.of(CHANGED, CHANGE), Set.of(), Set.of(CHANGED), START, rules());
    }

    static Login login(Instant at, ServerId server, long person, boolean accepted) {
        return login(at, server, person, accepted ? new Outcome.Accepted() : new Outcome.Rejected("bad_password"));
    }

    static Login login(Instant at, ServerId server, long person, Outcome outcome) {
        return new Login(
                at,
                server,
                new Pseudonym(person),
                new Pseudonym(99),
                STAFF,
                outcome,
                Duration.ofMillis(20),
                Origin.PERSON);
    }

    /// A login every `seconds`, by people who each come once, all of whom could log in before.
    static void steady(Watch watch, ServerId server, Instant from, Instant to, int seconds, boolean accepted) {
        long person = server.hashCode() * 1_000_000L + from.getEpochSecond() % 100_000 * 10;
        for (Instant at = from; at.isBefore(to); at = at.plusSeconds(seconds)) {
            person++;
            watch.add(login(START.minusSeconds(3600), server, person, true));
            watch.add(login(at, server, person, accepted));
        }
    }

    static Trial trial(String probe, ServerId server, Instant at, Expect expected, Outcome outcome) {
        boolean asExpected = (expected == Expect.ACCEPT) == outcome.accepted();
        return new Trial(new ProbeId(probe), server, at, List.of(), outcome, expected, asExpected, "", Map.of());
    }
}
