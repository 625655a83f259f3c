package barograph.runner;

import barograph.change.ChangeId;
import barograph.record.Draft;
import barograph.record.Entry;
import barograph.record.Recorder;
import barograph.rollout.Event;
import barograph.rollout.EventJson;
import barograph.rollout.Happening;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The record, read and written as the events of changes.
///
/// What was read once is kept in memory, and only what is new is read again. Safe for use by several threads.
public final class Journal {
    private static final int PAGE = 1_000;

    /// What is written about the site as a whole; other such entries are the record's own affair.
    private static final Set<String> OF_SITE = Set.of("MailReceived/1", "NoticeSent/1", "NoticeFailed/1");

    /// How events are written and read: as JSON, unless a simulation keeps its record in memory.
    public interface Script {
        /// @param subject the change; empty for the site
        default Draft draft(String subject, Instant at, Event event, List<Draft.Attachment> attachments) {
            return EventJson.draft(subject, at, event, attachments);
        }

        default Happening read(Entry entry) {
            return EventJson.read(entry);
        }
    }

    private final Recorder recorder;
    private final InstantSource clock;
    private final Script script;
    private final Map<ChangeId, List<Happening>> read = new ConcurrentHashMap<>();
    private final Set<ChangeId> proposed = new LinkedHashSet<>();
    private long next;

    public Journal(Recorder recorder, InstantSource clock) {
        this(recorder, clock, new Script() {});
    }

    public Journal(Recorder recorder, InstantSource clock, Script script) {
        this.script = script;
        this.recorder = recorder;
        this.clock = clock;
    }

    /// All events of one change so far, those of other processes too; empty when there is no such change.
    public List<Happening> of(ChangeId change) {
        return read.compute(change, (_, known) -> {
            List<Happening> before = known == null ? List.of() : known;
            long from = before.isEmpty() ? 0 : before.getLast().index() + 1;
            List<Entry> entries = recorder.about(change.value(), from);
            if (entries.isEmpty()) {
                return before;
            }
            List<Happening> all = new ArrayList<>(before);
            entries.forEach(entry -> all.add(script.read(entry)));
            return List.copyOf(all);
        });
    }

    public Happening append(ChangeId change, Event event) {
        return append(change, event, List.of());
    }

    /// Writes an event down; it is durable when this returns.
    public Happening append(ChangeId change, Event event, List<Draft.Attachment> attachments) {
        Instant now = clock.instant();
        return script.read(recorder.append(script.draft(change.value(), now, event, attachments)));
    }

    /// The mails that came in about no change in particular, and what was sent because of them.
    public List<Happening> ofSite() {
        return recorder.about("", 0).stream()
                .filter(entry -> OF_SITE.contains(entry.kind()))
                .map(script::read)
                .toList();
    }

    /// Writes down an event that is about no change in particular.
    public Happening appendToSite(Event event, List<Draft.Attachment> attachments) {
        return script.read(recorder.append(script.draft("", clock.instant(), event, attachments)));
    }

    /// How many entries the record has: as long as it stays the same, nothing has happened.
    public long size() {
        return recorder.size();
    }

    /// Every change that was ever proposed, in the order of their proposals.
    public synchronized List<ChangeId> changes() {
        while (true) {
            List<Entry> page = recorder.entries(next, PAGE);
            if (page.isEmpty()) {
                return List.copyOf(proposed);
            }
            page.stream()
                    .filter(entry -> !entry.subject().isEmpty())
                    .forEach(entry -> proposed.add(new ChangeId(entry.subject())));
            next = page.getLast().index() + 1;
        }
    }

    /// The record's signed size and root hash.
    public String checkpoint() {
        return recorder.checkpoint();
    }
}
