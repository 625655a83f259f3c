package barograph.storm;

import barograph.lease.Receipt.State;
import barograph.rollout.Ending;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.rollout.Rollout;
import barograph.site.ServerId;
import barograph.site.Stage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is left when a storm is over, against what was promised.
final class Reckoning {
    private final Promises promises;
    private final Rollout rollout;
    private final List<Happening> history;
    private final Map<ServerId, Host> hosts;
    private final Set<String> delivered;

    Reckoning(
            Promises promises,
            Rollout rollout,
            List<Happening> history,
            Map<ServerId, Host> hosts,
            Set<String> delivered) {
        this.promises = promises;
        this.rollout = rollout;
        this.history = history;
        this.hosts = hosts;
        this.delivered = delivered;
    }

    void settle() {
        if (rollout.ending().isEmpty()) {
            promises.isBroken("END", "it never ended; it is " + rollout.state());
            return;
        }
        hosts.values().forEach(this::settle);
        notices();
    }

    private void settle(Host host) {
        promises.nothingLost(host);
        State state = host.state(Place.OURS);
        boolean open = host.changes().entrySet().stream()
                .anyMatch(each -> isOpen(each.getValue()) && host.isAwayFrom(each.getKey()));
        if (open) {
            promises.isBroken("END", host.id() + " still holds an unconfirmed change: " + host.changes());
        }
        if (rollout.ending().orElseThrow() == Ending.WITHDRAWN && promises.wasOn(host, Place.OURS)) {
            promises.isBroken("P5", "it is WITHDRAWN as if no server had had it, and " + host.id() + " had");
        }
        boolean has = host.isMixedWith(Place.OURS);
        boolean target = rollout.plan().servers().contains(host.id());
        boolean confirmed = rollout.ending().orElseThrow() == Ending.CONFIRMED;
        boolean kept = state == State.CONFIRMED || state == State.SNAPPED; // a late snapshot is a new beginning
        if (target && confirmed && !(kept && host.has(Place.OURS))) {
            promises.isBroken("END", "it is CONFIRMED, and " + host.id() + " is " + state + ": " + host.live());
        }
        boolean said = rollout.ending().orElseThrow() == Ending.NEEDS_A_PERSON
                && Storm.isSaidToKeepIt(rollout.holds().get(host.id()));
        if (has && !said && !(target && confirmed)) {
            promises.isBroken("END", "it is " + rollout.state() + ", and " + host.id() + " has it: " + host.live());
        }
    }

    private static boolean isOpen(State state) {
        return state == State.APPLYING || state == State.APPLIED || state == State.ROLLING_BACK;
    }

    /// P5: everyone was told of a rollback, and nobody of what did not happen.
    private void notices() {
        Set<String> told = new HashSet<>();
        Set<Stage> applied = new HashSet<>();
        Set<Ending> ended = new HashSet<>();
        for (Happening happening : history) {
            switch (happening.event()) {
                case Event.Answered(ServerId server, var _, barograph.lease.Receipt.Applied _) ->
                    rollout.plan().waves().stream()
                            .filter(wave -> wave.servers().containsKey(server))
                            .forEach(wave -> applied.add(wave.stage()));
                case Event.Ended(Ending ending) -> ended.add(ending);
                case Event.NoticeSent sent -> {
                    told.add(sent.notice() + " " + sent.recipient());
                    founded(sent, applied, ended);
                }
                default -> {}
            }
        }
        Ending how = rollout.ending().orElseThrow();
        if (how == Ending.ROLLED_BACK || how == Ending.NEEDS_A_PERSON) {
            String notice = how == Ending.ROLLED_BACK ? "rolled-back" : "needs-a-person";
            for (String recipient : List.of("dana@acme.example", "helpdesk@acme.example", "omar@northwind.example")) {
                if (!told.contains(notice + " " + recipient)) {
                    promises.isBroken("P5", recipient + " was never told of the end: " + how);
                }
            }
        }
    }

    private void founded(Event.NoticeSent sent, Set<Stage> applied, Set<Ending> ended) {
        if (!delivered.contains(sent.messageId())) {
            promises.isBroken("P5", "the record says that " + sent.notice() + " went out, and no mail server has it");
        }
        boolean founded = switch (sent.notice()) {
            case "rolled-back" -> ended.contains(Ending.ROLLED_BACK);
            case "confirmed" -> ended.contains(Ending.CONFIRMED);
            case "needs-a-person" -> ended.contains(Ending.NEEDS_A_PERSON);
            case "withdrawn" -> ended.contains(Ending.WITHDRAWN);
            default ->
                !sent.notice().startsWith("applied-")
                        || applied.stream().anyMatch(stage -> sent.notice().equals("applied-" + stage));
        };
        if (!founded) {
            promises.isBroken("P5", sent.recipient() + " was told '" + sent.notice() + "', which had not happened");
        }
    }
}
