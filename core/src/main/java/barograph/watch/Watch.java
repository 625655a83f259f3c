package barograph.watch;

import barograph.login.Login;
import barograph.login.Trial;
import barograph.site.ServerId;
import barograph.verdict.Verdict;
import java.time.Instant;

/// Stand-in until the real one is merged.
public final class Watch {
    public Watch(WatchPlan plan) {}

    public void add(Login login) {}

    public void add(Trial trial) {}

    public void see(ServerId server, String trouble, Instant lastSign, long lines, long unread) {}

    public Verdict weigh(Instant now) {
        throw new IllegalStateException();
    }

    public Drum drum() {
        throw new IllegalStateException();
    }

    public Counts counts() {
        throw new IllegalStateException();
    }
}
