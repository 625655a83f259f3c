package barograph.runner;

import barograph.login.Trial;
import barograph.site.ProbeSpec;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Site;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/// Tries the probes of some servers right now, all at once, because somebody wants to know whether logins work.
public final class FreshLook {
    private final Site site;
    private final Prober prober;
    private final ExecutorService workers;

    public FreshLook(Site site, Prober prober, ExecutorService workers) {
        this.site = site;
        this.prober = prober;
        this.workers = workers;
    }

    /// Blocks for at most about the longest `within` of the probes.
    List<Trial> at(Collection<ServerId> servers) {
        List<CompletableFuture<Trial>> running = new ArrayList<>();
        for (ServerId id : servers) {
            for (Server server : site.server(id).stream().toList()) {
                for (ProbeSpec probe : site.probes()) {
                    if (server.speaks(probe.via())) {
                        running.add(CompletableFuture.supplyAsync(() -> prober.probe(probe, server), workers));
                    }
                }
            }
        }
        return running.stream().map(CompletableFuture::join).toList();
    }
}
