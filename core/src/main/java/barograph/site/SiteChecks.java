package barograph.site;

import barograph.form.Nearest;
import barograph.form.Place;
import barograph.form.Placed;
import barograph.form.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What the parts of a `site.yaml` must be to each other.
final class SiteChecks {
    private SiteChecks() {}

    /// Each person has a mail address of their own: who answered must be told apart.
    static List<Problem> mails(List<Placed<String>> mails) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Place> seen = new HashMap<>();
        for (Placed<String> mail : mails) {
            Place first = seen.putIfAbsent(mail.value().toLowerCase(Locale.ROOT), mail.place());
            if (first != null) {
                problems.add(new Problem(
                        mail.place(),
                        "this is " + first.path() + " too, so nobody could tell whose answer it is.",
                        "Give each person an address of their own."));
            }
        }
        return problems;
    }

    /// Two servers with one folder would undo each other's changes.
    static List<Problem> roots(List<Placed<Server>> servers) {
        List<Problem> problems = new ArrayList<>();
        Map<String, ServerId> byRoot = new HashMap<>();
        for (Placed<Server> entry : servers) {
            Server server = entry.value();
            String host = server.api().isPresent() ? "its API" : host(server.at());
            ServerId other = byRoot.putIfAbsent(host + " " + server.config().root(), server.id());
            if (other != null) {
                problems.add(new Problem(
                        entry.place(),
                        server.api().isPresent()
                                ? "its configuration (" + server.config().root() + ") is that of " + other + " too."
                                : "its configuration folder " + server.config().root() + " on " + host + " is that of "
                                        + other + " too.",
                        "Take one of them out, or write another at or config: { root: … }."));
            }
        }
        return problems;
    }

    private static String host(At at) {
        return switch (at) {
            case At.Local() -> "this machine";
            case At.Ssh(String _, String name, int port) -> name.toLowerCase(Locale.ROOT) + ":" + port;
        };
    }

    static List<Problem> stages(List<Server> servers, Place place) {
        if (servers.isEmpty()) {
            return List.of(new Problem(place, "there is no server.", "Write at least one."));
        }
        return servers.stream().allMatch(server -> server.stage().equals(Stage.BACKUP))
                ? List.of(new Problem(
                        place,
                        "every server is a backup, so no change could ever go live.",
                        "Give at least one server the stage canary or rest."))
                : List.of();
    }

    /// A probe that makes sense on no server would never be tried, and nobody would notice.
    static List<Problem> protocols(List<Placed<ProbeKind>> probes, List<Server> servers) {
        List<String> spoken = servers.stream()
                .flatMap(server -> server.speaks().stream())
                .distinct()
                .sorted()
                .toList();
        List<Problem> problems = new ArrayList<>();
        for (Placed<ProbeKind> probe : probes) {
            String name = probe.value().name();
            if (servers.stream().noneMatch(server -> server.speaks(name))) {
                problems.add(new Problem(
                        probe.place(),
                        "no server speaks " + name + ", so the probe would never be tried.",
                        "The servers speak: " + (spoken.isEmpty() ? "nothing" : String.join(", ", spoken))
                                + ". Write another protocol, or speaks: [ " + name + " ] at a server."));
            }
        }
        return problems;
    }

    static List<Problem> parties(List<Party> parties, Place place) {
        return parties.isEmpty() ? List.of(new Problem(place, "there is no party.", "Write at least one.")) : List.of();
    }

    /// A gate that waits for more people than there are would never open.
    static List<Problem> approvals(Role role, List<Placed<Integer>> wanted, List<Party> parties) {
        String word = role.name().toLowerCase(Locale.ROOT);
        long able = parties.stream()
                .filter(party -> party.role() == role)
                .flatMap(party -> party.people().stream())
                .filter(person -> person.may(Right.APPROVE))
                .count();
        return wanted.stream()
                .filter(count -> able < count.value())
                .map(count -> new Problem(
                        count.place(),
                        (able == 0 ? "nobody" : "only " + able) + " of the " + word + " parties may approve.",
                        "Add approve to what more of their people may do, or write " + able + "."))
                .toList();
    }

    static List<Problem> replays(List<Placed<String>> likes, Set<String> probes) {
        return likes.stream()
                .filter(like -> !probes.contains(like.value()))
                .map(like -> new Problem(
                        like.place(),
                        "there is no probe '" + like.value() + "'.",
                        Nearest.remedy(like.value(), probes)))
                .toList();
    }

    static List<Problem> escalation(List<Placed<String>> escalated, Set<String> parties) {
        return known(
                escalated.stream()
                        .filter(someone -> NoticesForm.isParty(someone.value()))
                        .toList(),
                parties);
    }

    /// Each is a party.
    static List<Problem> known(List<Placed<String>> named, Set<String> parties) {
        return named.stream()
                .filter(someone -> !parties.contains(someone.value()))
                .map(someone -> new Problem(
                        someone.place(),
                        "there is no party '" + someone.value() + "'.",
                        Nearest.remedy(someone.value(), parties)))
                .toList();
    }
}
