package barograph.storm;

import barograph.record.Commitment;
import barograph.record.Draft;
import barograph.record.Entry;
import barograph.record.RecordTrouble;
import barograph.record.Recorder;
import barograph.rollout.Event;
import barograph.rollout.EventJson;
import barograph.rollout.Happening;
import barograph.runner.Journal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;

/// A record in memory, which several controllers write to; it may be full. What it keeps when its own process dies,
/// and of attachments, is the affair of the real one, and of that one's tests.
final class Paper implements Recorder, Journal.Script {
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, List<Entry>> bySubject = new HashMap<>();
    private final Map<Long, Happening> read = new HashMap<>();
    private final boolean json;
    boolean full;

    /// @param json whether events become JSON
    Paper(boolean json) {
        this.json = json;
    }

    @Override
    public Entry append(Draft draft) {
        if (full) {
            throw new RecordTrouble("The disk is full. Nothing was written.");
        }
        Entry entry = new Entry(
                entries.size(), draft.at(), draft.subject(), draft.kind(), draft.body(), List.of(), new byte[0]);
        entries.add(entry);
        bySubject.computeIfAbsent(draft.subject(), _ -> new ArrayList<>()).add(entry);
        return entry;
    }

    /// In most storms an event is kept as it is; in every sixteenth it becomes JSON, and is read from that once.
    @Override
    public Draft draft(String subject, Instant at, Event event, List<Draft.Attachment> attachments) {
        if (json) {
            return Journal.Script.super.draft(subject, at, event, attachments);
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putPOJO("event", event);
        return new Draft(at, subject, event.getClass().getSimpleName() + "/1", body, attachments);
    }

    @Override
    public Happening read(Entry entry) {
        return read.computeIfAbsent(
                entry.index(),
                _ -> entry.body().path("event") instanceof POJONode node && node.getPojo() instanceof Event event
                        ? new Happening(entry.index(), entry.at(), event)
                        : EventJson.read(entry));
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
        return "storm\n" + entries.size() + """

                OU3kTFFKObIfLcULGqpfBbZjFnfiJIpEkq1XYCdyHoY=

                — storm AAAAATU/ZGVhZGJlZWZkZWFkYmVlZmRlYWRiZWVm
                """;
    }

    @Override
    public Optional<byte[]> attachment(Commitment commitment) {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
