package barograph.runner;

import barograph.login.Trial;
import barograph.rollout.Happening;
import barograph.rollout.Rollout;
import barograph.site.Site;
import barograph.site.Stage;
import barograph.verdict.Verdict;
import barograph.watch.Counts;
import barograph.watch.Drum;
import java.time.Instant;
import java.util.List;

/// Looks at the logins of one stage's servers. Not for use by several threads.
public interface Lookout {
    Stage stage();

    /// Whether it looks at the same servers as a new one for the rollout as it is now would.
    boolean fits(Rollout rollout);

    /// Reads what is new.
    ///
    /// @return the probes that ended otherwise than the time before
    List<Trial> look(Instant now);

    Verdict weigh(Instant now);

    Counts counts();

    Drum drum();

    /// Where lookouts are posted.
    interface Post {
        /// Begins to look at a stage whose servers have the change.
        Lookout on(Stage stage, Rollout rollout, List<Happening> history, Site site, World world);
    }
}
