package barograph.watch;

import barograph.login.Login;
import barograph.login.Trial;
import barograph.site.ServerId;
import barograph.verdict.Verdict;
import java.time.Instant;

/// Stand-in until the real one is merged.
public final class Watch {
    private final WatchPlan plan;

    public Watch(WatchPlan plan) {
        this.plan = plan;
    }

    public void add(Login login) {}

    public void add(Trial trial) {}

    public void see(ServerId server, String trouble, Instant lastSign, long lines, long unread) {}

    @SuppressWarnings("DoNotCallSuggester")
    public Verdict weigh(Instant now) {
        throw new IllegalStateException(plan.toString());
    }

    @SuppressWarnings("DoNotCallSuggester")
    public Drum drum() {
        throw new IllegalStateException(plan.toString());
    }

    @SuppressWarnings("DoNotCallSuggester")
    public Counts counts() {
        throw new IllegalStateException(plan.toString());
    }
}
