package barograph.watch;

import barograph.hindcast.Hindcast;
import barograph.login.Login;
import barograph.site.WatchRules;
import barograph.verdict.Verdict;
import barograph.watch.LoginWorld.Setup;
import java.time.Duration;

/// Runs a watch over a [LoginWorld].
final class Worlds {
    static final WatchRules RULES = new WatchRules(
            Duration.ofMinutes(30),
            Duration.ofHours(24),
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofDays(1),
            0.01,
            0.02,
            Duration.ofMinutes(30),
            WatchRules.Policy.ASK,
            WatchRules.Policy.ASK,
            Duration.ofMinutes(1));

    private Worlds() {}

    /// Looks every quarter second to every twenty seconds, and stops where harm is found.
    static Hindcast.Summary watch(LoginWorld world, Setup setup) {
        long every = (long) Math.clamp(setup.after() / 4, 250, 20_000);
        Hindcast hindcast = new Hindcast(world.plan(RULES), Duration.ofMillis(every));
        for (Login login : world.logins()) {
            hindcast.add(login);
            if (!hindcast.turns().isEmpty() && hindcast.turns().getLast().verdict() instanceof Verdict.Harmful) {
                return hindcast.summary();
            }
        }
        return hindcast.end(world.end());
    }
}
