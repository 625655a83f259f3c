package barograph.replay;

import barograph.runner.Replays;
import barograph.secrets.SecretTrouble;
import barograph.secrets.Secrets;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec;
import barograph.site.ReplaySpec;
import barograph.site.Secret;
import barograph.site.Server;
import barograph.site.Site;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The logins that a site gives to be replayed.
///
/// Whatever goes wrong is told as passed over, never as an exception: a rehearsal goes on without them. No name and
/// no password leaves this process; the record gets numbers.
public final class SiteReplays implements Replays {
    private final Site site;
    private final Secrets secrets;
    private final Path folder;

    /// @param folder that of the site's file
    public SiteReplays(Site site, Secrets secrets, Path folder) {
        this.site = site;
        this.secrets = secrets;
        this.folder = folder;
    }

    @Override
    public List<Batch> of(Server server) {
        List<Batch> batches = new ArrayList<>();
        for (ReplaySpec replay : site.replays()) {
            site.probes().stream()
                    .filter(probe -> probe.id().equals(replay.like()) && server.speaks(probe.via()))
                    .findFirst()
                    .ifPresent(like -> batches.add(batch(replay, like)));
        }
        return batches;
    }

    private Batch batch(ReplaySpec replay, ProbeSpec like) {
        try {
            return replay.list().isPresent()
                    ? listed(replay, like, replay.list().get())
                    : captured(replay, like, replay.capture().orElseThrow());
        } catch (SecretTrouble e) {
            return new Batch(replay.name(), List.of(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Batch(
                    replay.name(),
                    List.of(),
                    "the capture " + replay.capture().orElse("") + " cannot be used: " + e.getMessage());
        }
    }

    private Batch listed(ReplaySpec replay, ProbeSpec like, Secret list) {
        LoginList.Content content = LoginList.read(secrets.reveal(list), list instanceof Secret.Exec);
        return batch(replay, like, content.entries(), content.trouble());
    }

    private Batch captured(ReplaySpec replay, ProbeSpec like, String file) throws IOException {
        Secret shared = like.options().get("secret");
        if (shared == null) {
            return new Batch(replay.name(), List.of(), "probe " + like.id() + " has no shared secret to read it with");
        }
        try (InputStream in = Files.newInputStream(folder.resolve(file))) {
            Capture.Content content = Capture.read(in, secrets.reveal(shared));
            return batch(replay, like, content.entries(), content.passedOver());
        }
    }

    private static Batch batch(ReplaySpec replay, ProbeSpec like, List<Entry> entries, String passedOver) {
        int most = Math.min(entries.size(), replay.atMost());
        List<ProbeSpec> logins = new ArrayList<>();
        for (Entry entry : entries.subList(0, most)) {
            logins.add(new ProbeSpec(
                    new ProbeId("replay-" + (logins.size() + 1)),
                    like.via(),
                    entry.user(),
                    entry.password(),
                    Optional.of(replay.name()),
                    ProbeSpec.Expect.ACCEPT,
                    like.within(),
                    like.options()));
        }
        String rest = entries.size() > most ? (entries.size() - most) + " logins beyond at-most" : "";
        String over = passedOver.isEmpty() || rest.isEmpty() ? passedOver + rest : passedOver + ", " + rest;
        return new Batch(replay.name(), logins, over);
    }
}
