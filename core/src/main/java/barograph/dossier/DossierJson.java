package barograph.dossier;

import barograph.rollout.EventJson;

/// The dossier for machines.
public final class DossierJson {
    private DossierJson() {}

    /// As indented JSON: the members in the order of the record types; moments and spans in ISO 8601, in UTC.
    public static String text(Dossier dossier) {
        return EventJson.tree(dossier).toPrettyString() + "\n";
    }
}
