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

/// What the parts of a `site.yaml` must be to each other.
final class SiteChecks {
    private SiteChecks() {}

    /// Each person has a mail address of their own: who answered must be told apart. The same of names in one party.
    static List<Problem> people(List<PartyForm> parties) {
        List<Problem> problems = new ArrayList<>();
        Map<String, PersonId> byMail = new HashMap<>();
        for (PartyForm party : parties) {
            Map<PersonId, Place> byId = new HashMap<>();
            for (int i = 0; i < party.mails().size(); i++) {
                Person person = party.party().people().get(i);
                Placed<String> mail = party.mails().get(i);
                PersonId other = byMail.putIfAbsent(mail.value().toLowerCase(Locale.ROOT), person.id());
                if (other != null) {
                    problems.add(new Problem(
                            mail.place(),
                            "this is also the address of " + other + ", so nobody could tell whose answer it is.",
                            "Give each person an address of their own."));
                }
                if (byId.putIfAbsent(person.id(), mail.place()) != null) {
                    problems.add(new Problem(
                            mail.place(),
                            "there is already a person " + person.id() + ".",
                            "Give each person an id of their own."));
                }
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
            String host = switch (server.at()) {
                case At.Local() -> "this machine";
                case At.Ssh(String _, String name, int port) -> name.toLowerCase(Locale.ROOT) + ":" + port;
            };
            ServerId other = byRoot.putIfAbsent(host + " " + server.config().root(), server.id());
            if (other != null) {
                problems.add(new Problem(
                        entry.place(),
                        "its configuration folder " + server.config().root() + " on " + host + " is that of " + other
                                + " too.",
                        "Take one of them out, or write another at or config: { root: … }."));
            }
        }
        return problems;
    }

    static List<Problem> stages(List<Placed<Server>> servers, Place place) {
        boolean anyLive =
                servers.stream().anyMatch(entry -> !entry.value().stage().equals(Stage.BACKUP));
        if (anyLive) {
            return List.of();
        }
        return servers.isEmpty()
                ? List.of(new Problem(place, "there is no server.", "Write at least one."))
                : List.of(new Problem(
                        place,
                        "every server is a backup, so no change could ever go live.",
                        "Give at least one server the stage canary or rest."));
    }

    static List<Problem> parties(List<PartyForm> parties, Place place) {
        return parties.isEmpty() ? List.of(new Problem(place, "there is no party.", "Write at least one.")) : List.of();
    }

    /// A gate that waits for more people than there are would never open.
    static List<Problem> approvals(Map<Role, Placed<Integer>> approvals, List<PartyForm> parties) {
        List<Problem> problems = new ArrayList<>();
        approvals.forEach((role, wanted) -> {
            long able = parties.stream()
                    .filter(party -> party.party().role() == role)
                    .flatMap(party -> party.party().people().stream())
                    .filter(person -> person.may(Right.APPROVE))
                    .count();
            if (able < wanted.value()) {
                String word = role.name().toLowerCase(Locale.ROOT);
                problems.add(new Problem(
                        wanted.place(),
                        (able == 0 ? "nobody" : "only " + able) + " of a " + word + " party may approve.",
                        "Add approve to what people of a " + word + " party may do, or write " + able + "."));
            }
        });
        return problems;
    }

    static List<Problem> escalation(List<Placed<String>> escalate, List<PartyForm> parties) {
        List<String> known =
                parties.stream().map(party -> party.party().id().value()).toList();
        return escalate.stream()
                .filter(someone -> NoticesForm.isParty(someone.value()) && !known.contains(someone.value()))
                .map(someone -> new Problem(
                        someone.place(),
                        "there is no party '" + someone.value() + "'.",
                        Nearest.remedy(someone.value(), known)))
                .toList();
    }
}
