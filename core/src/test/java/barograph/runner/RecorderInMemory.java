package barograph.runner;

import barograph.record.Commitment;
import barograph.record.Digest;
import barograph.record.Draft;
import barograph.record.Entry;
import barograph.record.RecordTrouble;
import barograph.record.Recorder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A record without tree and disk; it can be made to fail.
final class RecorderInMemory implements Recorder {
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Digest, byte[]> attachments = new HashMap<>();
    private boolean broken;
    private int reads;

    void isBroken(boolean now) {
        broken = now;
    }

    /// How often something was read about a subject.
    int reads() {
        return reads;
    }

    @Override
    public synchronized Entry append(Draft draft) {
        if (broken) {
            throw new RecordTrouble("the disk is full", new IllegalStateException());
        }
        List<Commitment> commitments = new ArrayList<>();
        for (Draft.Attachment each : draft.attachments()) {
            Digest hash = Digest.of(each.content());
            attachments.put(hash, each.content());
            commitments.add(new Commitment(each.name(), each.type(), each.content().length, hash));
        }
        Entry entry = new Entry(
                entries.size(), draft.at(), draft.subject(), draft.kind(), draft.body(), commitments, new byte[0]);
        entries.add(entry);
        return entry;
    }

    @Override
    public synchronized List<Entry> about(String subject, long from) {
        reads++;
        return entries.stream()
                .filter(entry -> entry.subject().equals(subject) && entry.index() >= from)
                .toList();
    }

    @Override
    public synchronized List<Entry> entries(long from, int limit) {
        return entries.stream()
                .filter(entry -> entry.index() >= from)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized long size() {
        return entries.size();
    }

    @Override
    public synchronized String checkpoint() {
        return """
                test
                %d
                OU3kTFFKObIfLcULGqpfBbZjFnfiJIpEkq1XYCdyHoY=

                — test AAAAATU/ZGVhZGJlZWZkZWFkYmVlZmRlYWRiZWVm
                """.formatted(entries.size());
    }

    @Override
    public synchronized Optional<byte[]> attachment(Commitment commitment) {
        return Optional.ofNullable(attachments.get(commitment.hash()));
    }

    @Override
    public void close() {}
}
