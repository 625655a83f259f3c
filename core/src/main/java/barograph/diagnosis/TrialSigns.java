package barograph.diagnosis;

import barograph.diagnosis.Observation.Phase;
import barograph.diagnosis.Observation.Tried;
import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.site.ProbeSpec.Expect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the probes at the server say.
final class TrialSigns {
    private final List<Tried> here;
    private final List<Tried> failing;

    /// @param here the tries at the server in question while logins fail
    TrialSigns(List<Tried> here) {
        this.here = here;
        this.failing =
                here.stream().filter(tried -> !tried.trial().asExpected()).toList();
    }

    /// The tries at the server in question while logins fail.
    static List<Tried> at(Facts facts, List<Observation> observations, Phase phase) {
        return observations.stream()
                .filter(Tried.class::isInstance)
                .map(Tried.class::cast)
                .filter(tried ->
                        tried.phase() == phase && tried.trial().server().equals(facts.server()))
                .toList();
    }

    List<Evidence> evidence() {
        List<Evidence> found = new ArrayList<>();
        failing.forEach(tried -> found.add(new Evidence(of(tried), words(tried.trial()))));
        if (!failing.isEmpty()) {
            compared(found);
        }
        return found;
    }

    private void compared(List<Evidence> found) {
        here.stream()
                .filter(tried -> answered(tried.trial()))
                .findFirst()
                .ifPresent(tried -> found.add(new Evidence(
                        Sign.ANSWERS, "it answers probe " + tried.trial().probe() + " with yes or no")));
        List<Tried> passing = here.stream().filter(TrialSigns::getsIn).toList();
        boolean tunnelsAlone = failing.stream().allMatch(tried -> tried.via().startsWith("eap-"))
                && passing.stream().anyMatch(tried -> tried.via().startsWith("radius-"));
        Optional<Tried> other = passing.stream()
                .filter(good -> failing.stream().anyMatch(bad -> family(bad).equals(family(good))))
                .findFirst();
        if (tunnelsAlone) {
            found.add(new Evidence(Sign.ONLY_TUNNELS_FAIL, "only logins within a TLS tunnel fail; others get in"));
        } else if (other.isPresent()) {
            found.add(new Evidence(
                    Sign.OTHERS_PASS, "probe " + other.get().trial().probe() + " gets in at the same server"));
        }
        long doors = failing.stream()
                .filter(tried -> tried.trial().expected() == Expect.ACCEPT)
                .count();
        if (passing.isEmpty() && doors > 1) {
            found.add(new Evidence(Sign.ALL_ACCOUNTS_FAIL, "all " + doors + " probes that should get in fail"));
        }
    }

    /// `radius-pap` and `radius-chap` are of one family, and so are `ldap-bind` and `ldap-login`.
    private static String family(Tried tried) {
        return tried.via().split("-", 2)[0];
    }

    private static boolean getsIn(Tried tried) {
        return tried.trial().asExpected() && tried.trial().outcome().accepted();
    }

    private static boolean answered(Trial trial) {
        return trial.outcome() instanceof Outcome.Accepted || trial.outcome() instanceof Outcome.Rejected;
    }

    static String words(Trial trial) {
        String what = trial.outcome().accepted()
                ? "accepted"
                : trial.outcome().reason().replace('_', ' ');
        return "probe " + trial.probe() + " at " + trial.server() + " fails at step " + step(trial) + ": " + what
                + (trial.said().isEmpty() ? "" : " (" + cut(trial.said()) + ")");
    }

    private static String cut(String said) {
        return said.length() <= 160 ? said : said.substring(0, 160) + "…";
    }

    /// The step at which a trial ended, in small letters.
    static String step(Trial trial) {
        return last(trial).name().toLowerCase(Locale.ROOT);
    }

    private static Step last(Trial trial) {
        if (trial.outcome() instanceof Outcome.Failed(Step step, String _)) {
            return step;
        }
        return trial.steps().isEmpty() ? Step.RESOLVE : trial.steps().getLast().step();
    }

    /// What one failing try is a sign of.
    static Sign of(Tried tried) {
        Trial trial = tried.trial();
        if (trial.said().toLowerCase(Locale.ROOT).contains("clock skew")) {
            return Sign.CLOCK_SAID;
        }
        return switch (trial.outcome()) {
            case Outcome.Accepted() -> trial.doorLeftOpen() ? Sign.DOOR_LEFT_OPEN : Sign.ANSWER_LACKS;
            case Outcome.Rejected(String reason) -> rejected(reason);
            case Outcome.Failed(Step _, String reason) -> failed(reason, trial.said());
            case Outcome.Unanswered _ -> unanswered(tried);
            case Outcome.NotTried _ -> Sign.PROBE_NOT_SET_UP;
        };
    }

    private static Sign rejected(String reason) {
        return switch (reason) {
            case "locked", "disabled", "expired_password", "expired_account" -> Sign.ACCOUNT_SAID;
            case "bad_password" -> Sign.BAD_PASSWORD;
            case "policy_denied", "method_not_allowed", "mfa_failed", "no_such_realm" -> Sign.POLICY_SAID;
            default -> Sign.BARE_REJECT;
        };
    }

    private static Sign failed(String reason, String said) {
        return switch (reason) {
            case "unknown_host" -> Sign.DOOR_NAME_UNKNOWN;
            case "no_route" -> Sign.DOOR_NO_ROUTE;
            case "refused" -> Sign.DOOR_REFUSED;
            case "connection_reset", "connection_closed", "connection_broken" -> Sign.CONNECTION_RESET;
            case "shared_secret_mismatch" -> Sign.WRONG_AUTHENTICATOR;
            case "certificate_expired" -> Sign.CERTIFICATE_EXPIRED;
            case "certificate_not_yet_valid" -> Sign.CERTIFICATE_NOT_YET_VALID;
            case "certificate_not_trusted" -> Sign.CERTIFICATE_UNTRUSTED;
            case "certificate_wrong", "server_unproven" -> Sign.CERTIFICATE_WRONG;
            case "tls_alert", "no_tls", "tls_failed", "starttls_refused", "tls_required" -> Sign.TLS_BROKEN_OFF;
            case "backend_unreachable" -> Sign.BACKEND_SAID;
            case "challenged", "no_such_entry", "referred" -> Sign.POLICY_SAID;
            case "service_account_rejected" -> Sign.BAD_PASSWORD;
            case "secret_unreadable", "probe_misconfigured", "no_such_source_address", "no_private_file" ->
                Sign.PROBE_NOT_SET_UP;
            default -> said.startsWith("the probe itself broke") ? Sign.PROBE_NOT_SET_UP : Sign.SERVER_FAULT;
        };
    }

    private static Sign unanswered(Tried tried) {
        boolean silentFromTheStart = tried.trial().said().contains("no answer to");
        if (tried.via().startsWith("radius-") || (tried.via().startsWith("eap-") && silentFromTheStart)) {
            return switch (last(tried.trial())) {
                case RESOLVE -> Sign.DOOR_NAMES_SILENT;
                case CONNECT, TLS, GREET, AUTHENTICATE, AUTHORIZE -> Sign.RADIUS_SILENT;
            };
        }
        return switch (last(tried.trial())) {
            case RESOLVE -> Sign.DOOR_NAMES_SILENT;
            case CONNECT -> Sign.DOOR_SILENT;
            case TLS -> tried.via().startsWith("eap-") ? Sign.TUNNEL_STALLED : Sign.TLS_STALLED;
            case GREET, AUTHENTICATE, AUTHORIZE -> Sign.LOGIN_HANGS;
        };
    }
}
