package barograph.folder;

import barograph.change.Change;
import barograph.form.Read;
import barograph.rollout.Event;
import barograph.runner.Changes;
import barograph.site.Site;
import java.nio.file.Path;

/// The folders of proposed changes, read again when a change is carried: the record keeps only their digests.
public final class ProposedChanges implements Changes {
    private final Site site;

    public ProposedChanges(Site site) {
        this.site = site;
    }

    @Override
    public Found find(Event.Proposed proposed) {
        return switch (ChangeFolder.read(Path.of(proposed.folder()), site)) {
            case Read.Good<Change>(Change now) when now.digest().equals(proposed.digest()) -> new Found.Same(now);
            case Read.Good<Change> _ ->
                new Found.Different("The folder " + proposed.folder()
                        + " has been edited since the change was proposed, so it is not what people agreed to."
                        + " Propose it again, or put the folder back as it was.");
            case Read.Bad<Change> bad ->
                new Found.Different("The folder " + proposed.folder() + " cannot be used any more: "
                        + bad.problems().getFirst() + " Put it back as it was when it was proposed.");
        };
    }
}
