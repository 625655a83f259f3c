package barograph.dossier;

import barograph.change.ChangeId;
import barograph.record.Checkpoint;
import barograph.record.Digest;
import barograph.record.Draft;
import barograph.record.Entry;
import barograph.record.Signer;
import barograph.record.Tree;
import barograph.record.VerifierKey;
import barograph.rollout.Event;
import barograph.rollout.EventJson;
import barograph.rollout.Happening;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A record that is written by hand: events of one change, between entries of others, under a real tree and key.
public final class Tale {
    public static final ChangeId CHANGE = new ChangeId("session-timeout");
    private static final ChangeId OTHER = new ChangeId("another-change");

    private final List<Entry> record = new ArrayList<>();
    private final List<Happening> history = new ArrayList<>();
    private Instant now;

    public Tale(Instant begin) {
        now = begin;
        other(3);
    }

    /// Lets time pass.
    public Tale after(Duration time) {
        now = now.plus(time);
        return this;
    }

    public Tale after(long millis) {
        return after(Duration.ofMillis(millis));
    }

    public Instant now() {
        return now;
    }

    /// Writes an event down.
    public Tale then(Event event) {
        Draft draft = EventJson.draft(CHANGE, now, event, List.of());
        history.add(EventJson.read(add(draft)));
        return this;
    }

    /// Entries about another change, which the dossier must not show.
    public Tale other(int count) {
        for (int i = 0; i < count; i++) {
            add(EventJson.draft(OTHER, now, new Event.TakenOn("elsewhere"), List.of()));
        }
        return this;
    }

    private Entry add(Draft draft) {
        Entry entry = Entry.decode(record.size(), Entry.leaf(draft, List.of()));
        record.add(entry);
        return entry;
    }

    public List<Happening> history() {
        return List.copyOf(history);
    }

    public Evidence evidence() {
        Signer signer = signer();
        Checkpoint checkpoint = new Checkpoint(signer.key().name(), record.size(), root());
        return Evidence.of(
                record.stream(), CHANGE, signer.sign(checkpoint.text()).toString(), Optional.of(signer.key()));
    }

    /// Computed straight from the definition (RFC 6962 section 2.1), so that it can check the dossier's way.
    public Digest root() {
        return Digest.wrap(
                root(record.stream().map(entry -> Tree.leafHash(entry.leaf())).toList()));
    }

    private static byte[] root(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return Digest.of(new byte[] {1}, root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())))
                .bytes();
    }

    /// The same key each time, so that the same tale gives the same bytes.
    private static Signer signer() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(255, new Same());
            KeyPair pair = generator.generateKeyPair();
            return new Signer(
                    VerifierKey.of("acme-login.example/record", pair.getPublic()),
                    pair.getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Same extends SecureRandom {
        private static final long serialVersionUID = 1;

        @Override
        public void nextBytes(byte[] bytes) {
            java.util.Arrays.fill(bytes, (byte) 7);
        }
    }
}
