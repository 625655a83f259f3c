package barograph.console;

import barograph.dossier.Dossier;

public final class DossierPage {
    private DossierPage() {}

    public static String render(Dossier dossier) {
        return dossier.toString();
    }
}
