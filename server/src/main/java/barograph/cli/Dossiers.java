package barograph.cli;

import barograph.change.ChangeId;
import barograph.console.DossierPage;
import barograph.dossier.Dossier;
import barograph.dossier.Evidence;
import java.util.Map;
import java.util.Optional;

/// Makes the dossier of a change from a workplace's record.
public final class Dossiers {
    private Dossiers() {}

    public static Dossier of(Workplace workplace, ChangeId change) {
        Evidence evidence = new Evidence(
                workplace.recorder().about(change.value(), 0),
                workplace.recorder().checkpoint(),
                Map.of(),
                Optional.of(workplace.recorder().key()));
        return Dossier.of(workplace.site(), workplace.journal().of(change), evidence);
    }

    /// The dossier as one self-contained page.
    public static String page(Workplace workplace, ChangeId change) {
        return DossierPage.render(of(workplace, change));
    }
}
