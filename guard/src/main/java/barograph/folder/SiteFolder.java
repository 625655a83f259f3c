package barograph.folder;

import barograph.form.Page;
import barograph.form.Problem;
import barograph.form.Read;
import barograph.site.Kind;
import barograph.site.ProbeKind;
import barograph.site.Site;
import barograph.site.SiteFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A site's folder: its `site.yaml`, and maybe a folder `kinds` with kinds of its own.
public final class SiteFolder {
    private static final String FILE = "site.yaml";
    private static final String KINDS = "kinds";

    private SiteFolder() {}

    /// @param place the `site.yaml`, or the folder that it is in
    /// @param builtIn the kinds that are known anyway, by their names
    /// @param probeKinds every protocol that probes can speak
    public static Read<Site> read(Path place, Map<String, Kind> builtIn, List<ProbeKind> probeKinds) {
        Path file = Files.isDirectory(place) ? place.resolve(FILE) : place;
        return switch (kinds(file, builtIn)) {
            case Read.Bad<Map<String, Kind>>(List<Problem> problems) -> new Read.Bad<>(problems);
            case Read.Good<Map<String, Kind>>(Map<String, Kind> kinds) -> site(file, kinds, probeKinds);
        };
    }

    /// The kinds that a site may use: those that are known anyway, and those of the folder `kinds` beside its file.
    public static Read<Map<String, Kind>> kinds(Path site, Map<String, Kind> builtIn) {
        Path folder = site.resolveSibling(KINDS);
        return Files.isDirectory(folder) ? KindsFolder.read(folder, builtIn) : new Read.Good<>(builtIn);
    }

    private static Read<Site> site(Path file, Map<String, Kind> kinds, List<ProbeKind> probeKinds) {
        return switch (PlainFile.read(file, "a site's file", Page.MOST_BYTES)) {
            case Read.Bad<byte[]>(List<Problem> problems) -> new Read.Bad<>(problems);
            case Read.Good<byte[]>(byte[] yaml) -> SiteFile.read(file.toString(), yaml, kinds, probeKinds);
        };
    }
}
