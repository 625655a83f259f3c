package barograph.storm;

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

/// A record in memory, which several controllers write to; it may be full. What it keeps when its own process dies is
/// the affair of the real one, and of that one's tests.
final class Paper implements Recorder {
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, List<Entry>> bySubject = new HashMap<>();
    boolean full;

    @Override
    public Entry append(Draft draft) {
        if (full) {
            throw new RecordTrouble("The disk is full. Nothing was written.");
        }
        List<Commitment> commitments = new ArrayList<>();
        for (Draft.Attachment each : draft.attachments()) {
            commitments.add(new Commitment(each.name(), each.type(), each.content().length, Digest.of(each.content())));
        }
        Entry entry = new Entry(
                entries.size(), draft.at(), draft.subject(), draft.kind(), draft.body(), commitments, new byte[0]);
        entries.add(entry);
        bySubject.computeIfAbsent(draft.subject(), _ -> new ArrayList<>()).add(entry);
        return entry;
    }

    @Override
    public List<Entry> about(String subject, long from) {
        List<Entry> all = bySubject.getOrDefault(subject, List.of());
        int first = all.size();
        while (first > 0 && all.get(first - 1).index() >= from) {
            first--;
        }
        return List.copyOf(all.subList(first, all.size()));
    }

    @Override
    public List<Entry> entries(long from, int limit) {
        int end = (int) Math.min(entries.size(), from + limit);
        return from >= end ? List.of() : List.copyOf(entries.subList((int) from, end));
    }

    @Override
    public long size() {
        return entries.size();
    }

    @Override
    public String checkpoint() {
        return """
                storm
                %d
                OU3kTFFKObIfLcULGqpfBbZjFnfiJIpEkq1XYCdyHoY=

                — storm AAAAATU/ZGVhZGJlZWZkZWFkYmVlZmRlYWRiZWVm
                """.formatted(entries.size());
    }

    @Override
    public Optional<byte[]> attachment(Commitment commitment) {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
