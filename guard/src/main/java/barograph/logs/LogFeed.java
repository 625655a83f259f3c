package barograph.logs;

import barograph.host.Hosts;
import barograph.login.Login;
import barograph.login.Pseudonyms;
import barograph.runner.LoginFeed;
import barograph.site.Server;
import barograph.site.ServerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.time.*;
import java.util.*;

public final class LogFeed implements LoginFeed {
    private final Pseudonyms pseudonyms;
    private final InstantSource clock;
    private final Map<ServerId, long[]> at = new HashMap<>();
    private final Map<ServerId, Grammar> grammars = new HashMap<>();
    private final Map<ServerId, Instant> since = new HashMap<>();
    private final Map<ServerId, Instant> sign = new HashMap<>();

    public LogFeed(Hosts hosts, Pseudonyms pseudonyms, InstantSource clock) {
        this.pseudonyms = pseudonyms;
        this.clock = clock;
        System.identityHashCode(hosts);
    }

    @Override
    public synchronized void follow(Server server, Instant from) {
        at.put(server.id(), new long[1]);
        grammars.put(
                server.id(),
                Grammars.named(server.log().orElseThrow().grammar())
                        .orElseThrow()
                        .open(server.id(), ZoneOffset.UTC, pseudonyms));
        since.put(server.id(), from);
    }

    @Override
    public synchronized Batch take(Server server) {
        List<Login> out = new ArrayList<>();
        try {
            byte[] all = Files.readAllBytes(Path.of(server.log().orElseThrow().path()));
            long[] pos = Objects.requireNonNull(at.get(server.id()));
            int end = all.length;
            while (end > pos[0] && all[end - 1] != '\n') end--;
            String text = new String(all, (int) pos[0], (int) (end - pos[0]), StandardCharsets.UTF_8);
            pos[0] = end;
            Grammar g = Objects.requireNonNull(grammars.get(server.id()));
            Instant now = clock.instant();
            text.lines().forEach(l -> g.read(l, now, out::add));
            g.settle(now, out::add);
            if (!text.isEmpty()) sign.put(server.id(), now);
            return new Batch(out, text.lines().count(), g.unread(), "", sign.getOrDefault(server.id(), Instant.MIN));
        } catch (IOException e) {
            return new Batch(List.of(), 0, 0, e.toString(), Instant.MIN);
        }
    }

    @Override
    public void close() {}
}
