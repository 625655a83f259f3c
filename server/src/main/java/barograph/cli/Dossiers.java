package barograph.cli;

import barograph.change.ChangeId;
import barograph.console.DossierPage;
import barograph.dossier.Dossier;
import barograph.dossier.Evidence;
import barograph.record.Entry;
import barograph.record.Recorder;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Makes the dossier of a change from a workplace's record.
public final class Dossiers {
    private static final int PAGE = 1_000;

    private Dossiers() {}

    public static Dossier of(Workplace workplace, ChangeId change) {
        String checkpoint = workplace.recorder().checkpoint();
        Evidence evidence = Evidence.of(
                entries(workplace.recorder()),
                change,
                checkpoint,
                Optional.of(workplace.recorder().key()));
        return Dossier.of(workplace.site(), evidence.history(), evidence);
    }

    private static Stream<Entry> entries(Recorder recorder) {
        return LongStream.iterate(0, from -> from < recorder.size(), from -> from + PAGE)
                .boxed()
                .flatMap(from -> recorder.entries(from, PAGE).stream());
    }

    /// The dossier as one self-contained page.
    public static String page(Workplace workplace, ChangeId change) {
        return DossierPage.render(of(workplace, change));
    }
}
