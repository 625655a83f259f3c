package barograph.peers;

import java.util.List;

/// Every rule there is, ours first.
public final class Rules {
    private static final Rule OWN = new Own();

    private Rules() {}

    public static Rule own() {
        return OWN;
    }

    public static List<Rule> all() {
        return List.of(
                OWN,
                new TwoSample(),
                new Multinomial(),
                Kayenta.plain(),
                Kayenta.withEffectSize(),
                Charts.peekingZ(),
                Charts.cusum(),
                Thresholds.alert(),
                Thresholds.alertTuned(),
                Thresholds.argo(),
                Thresholds.argoTuned(),
                Thresholds.flagger(),
                Thresholds.flaggerTuned());
    }
}
