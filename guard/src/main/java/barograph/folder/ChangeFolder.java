package barograph.folder;

import barograph.change.Change;
import barograph.change.ChangeFile;
import barograph.change.ChangeRequest;
import barograph.change.Edit;
import barograph.change.EditSource;
import barograph.form.Page;
import barograph.form.Problem;
import barograph.form.Read;
import barograph.site.Site;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A change's folder: its `change.yaml`, and the new files or the patch that it names.
public final class ChangeFolder {
    private static final String FILE = "change.yaml";

    /// A patch that is longer is not read by anybody who should approve it.
    private static final int LONGEST_PATCH = 4 << 20;

    private ChangeFolder() {}

    /// Reads all of it; the change has the very bytes that are there now.
    public static Read<Change> read(Path folder, Site site) {
        return switch (request(folder.resolve(FILE), site)) {
            case Read.Bad<ChangeRequest>(List<Problem> problems) -> new Read.Bad<>(problems);
            case Read.Good<ChangeRequest>(ChangeRequest request) -> whole(folder, request);
        };
    }

    private static Read<ChangeRequest> request(Path file, Site site) {
        return switch (PlainFile.read(file, "what is to be changed", Page.MOST_BYTES)) {
            case Read.Bad<byte[]>(List<Problem> problems) -> new Read.Bad<>(problems);
            case Read.Good<byte[]>(byte[] yaml) -> ChangeFile.read(file.toString(), yaml, site);
        };
    }

    private static Read<Change> whole(Path folder, ChangeRequest request) {
        return switch (edit(folder, request.edit())) {
            case Read.Bad<Edit>(List<Problem> problems) -> new Read.Bad<>(problems);
            case Read.Good<Edit>(Edit edit) -> new Read.Good<>(Change.of(request, edit));
        };
    }

    private static Read<Edit> edit(Path folder, EditSource source) {
        return switch (source) {
            case EditSource.Overlay(Optional<String> files, List<String> removals) ->
                files.isPresent()
                        ? OverlayFolder.read(folder.resolve(files.get()), removals)
                        : new Read.Good<>(new Edit.Overlay(List.of(), removals));
            case EditSource.Patch(String file) -> patch(folder.resolve(file));
        };
    }

    private static Read<Edit> patch(Path file) {
        return switch (PlainFile.readUnlinked(file, "a unified diff", LONGEST_PATCH)) {
            case Read.Bad<byte[]>(List<Problem> problems) -> new Read.Bad<>(problems);
            case Read.Good<byte[]>(byte[] content) -> Edit.Patch.read(file.toString(), content);
        };
    }
}
