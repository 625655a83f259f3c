package barograph.notices;

import barograph.rollout.Event;
import barograph.verdict.Signal;
import barograph.verdict.Verdict;
import barograph.watch.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a change did to logins, in words.
///
/// It says what was counted and concluded, never more: where nobody could see, it says that.
final class Impact {
    private static final int MOST_SIGNALS = 5;

    private final Account account;
    private final Optional<Verdict> verdict;
    private final Optional<Counts> counts;

    Impact(Account account) {
        this.account = account;
        this.verdict = account.rollout().lastWeighed().map(Event.Weighed::verdict);
        this.counts = account.rollout().counts();
    }

    /// A few words for a subject line.
    String brief() {
        if (account.spells().isEmpty()) {
            return "no server ran with it";
        }
        return switch (verdict.orElse(null)) {
            case Verdict.Harmful _ ->
                people() > 0 ? Wording.count(people(), "person", "people") + " hit" : "logins went wrong";
            case Verdict.Healthy _ -> "no harm to logins seen";
            case Verdict.Undecided _ -> "effect on logins not proven";
            case Verdict.Blind _ -> "effect on logins not known";
            case null -> "effect on logins not known";
        };
    }

    /// One or two sentences.
    String sentence() {
        if (account.spells().isEmpty()) {
            return "none. No server has run with the new configuration.";
        }
        return switch (verdict.orElse(null)) {
            case Verdict.Harmful _ ->
                people() > 0
                        ? Wording.count(people(), "person", "people")
                                + " who could log in before the change could not log in under it."
                        : "logins went wrong, as the cause says."
                                + " No person was counted who could log in before and then could not.";
            case Verdict.Healthy _ -> "no harm was seen." + few();
            case Verdict.Undecided _ -> "not proven either way: too few logins were seen to tell." + few();
            case Verdict.Blind(String because) ->
                "not known, because the logins could not be seen. " + Wording.sentence(because);
            case null -> "not known yet: no logins have been weighed so far.";
        };
    }

    private String few() {
        return people() > 0
                ? " " + Wording.count(people(), "person", "people")
                        + " who could log in before had a failed login since; that happens without any change, too."
                : "";
    }

    private long people() {
        return counts.map(Counts::peopleHit).orElse(0L);
    }

    /// What was counted, and who was hit most.
    List<String> details() {
        List<String> details = new ArrayList<>();
        counts.filter(count -> count.logins() > 0)
                .ifPresent(count -> details.add("Since the change, " + Wording.number(count.failedLogins()) + " of "
                        + Wording.count(count.logins(), "login", "logins")
                        + " on the changed servers failed. Mistyped passwords are counted in."));
        if (verdict.orElse(null) instanceof Verdict.Harmful(List<Signal> signals, String _)) {
            signals.stream().limit(MOST_SIGNALS).map(Impact::words).forEach(details::add);
        }
        return details;
    }

    private static String words(Signal signal) {
        String sort = signal.stream().contains(":")
                ? signal.stream().substring(0, signal.stream().indexOf(':'))
                : signal.stream();
        String who = Wording.capital(signal.segment());
        String share = signal.hits() + " of " + signal.units();
        String usual = " (usual: " + Wording.percent(signal.usual()) + ").";
        return switch (sort) {
            case "silence" -> who + ": logins that were to be expected did not come.";
            case "slow" -> who + ": " + share + " logins were unusually slow" + usual;
            case "probe" -> who + ": a test login that worked before failed.";
            case "door" -> who + ": a test login that must be refused was let in.";
            default -> who + ": " + share + " login attempts failed" + usual;
        };
    }
}
