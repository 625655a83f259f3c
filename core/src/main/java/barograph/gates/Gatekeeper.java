package barograph.gates;

import barograph.claims.Claim;
import barograph.claims.Standing;
import barograph.coverage.Coverage;
import barograph.expectations.Finding;
import barograph.forecast.Forecast;
import barograph.record.Digest;
import barograph.rehearsal.Report;
import barograph.site.GateRules;
import barograph.site.PersonId;
import barograph.site.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Says which gates a change must pass and how each one stands.
public final class Gatekeeper {
    private Gatekeeper() {}

    /// All gates that the site's rules ask for, in the order in which a person deals with them.
    public static List<GateState> states(GateRules rules, Facts facts) {
        return gates(rules, facts).stream().map(gate -> state(gate, facts)).toList();
    }

    private static List<Gate> gates(GateRules rules, Facts facts) {
        List<Gate> gates = new ArrayList<>();
        if (rules.claims() && !facts.claims().isEmpty()) {
            gates.add(new Gate.Claims());
        }
        if (rules.rehearsal()) {
            gates.add(new Gate.Rehearsal());
        }
        gates.add(new Gate.ForecastLimit(rules.forecast()));
        rules.coverage().ifPresent(wanted -> gates.add(new Gate.Covered(wanted)));
        new TreeMap<>(rules.approvals()).forEach((role, wanted) -> {
            if (wanted > 0) {
                gates.add(new Gate.Approvals(role, wanted));
            }
        });
        return gates;
    }

    private static GateState state(Gate gate, Facts facts) {
        Optional<String> missing = missing(gate, facts);
        if (missing.isEmpty()) {
            return new GateState.Open(gate);
        }
        return facts.waivers().stream()
                .filter(waiver -> counts(waiver, gate, facts))
                .findFirst()
                .<GateState>map(waiver -> new GateState.Waived(gate, waiver))
                .orElseGet(() -> new GateState.Shut(gate, missing.get()));
    }

    private static boolean counts(Waiver waiver, Gate gate, Facts facts) {
        double worst = facts.forecast().map(Forecast::harm).orElse(1.0);
        return waiver.gate().equals(gate.name())
                && waiver.change().equals(facts.change())
                && worst <= waiver.harm() + 1e-9;
    }

    private static Optional<String> missing(Gate gate, Facts facts) {
        return switch (gate) {
            case Gate.Claims() -> claims(facts);
            case Gate.Rehearsal() -> rehearsal(facts.rehearsals());
            case Gate.ForecastLimit(double limit) -> forecast(limit, facts.forecast());
            case Gate.Covered(double wanted) -> coverage(wanted, facts.coverage());
            case Gate.Approvals(Role role, int wanted) -> approvals(role, wanted, facts);
        };
    }

    private static Optional<String> claims(Facts facts) {
        return facts.claims().entrySet().stream()
                .filter(claim -> !claim.getValue().carries(claim.getKey().demand()))
                .map(claim -> "\"" + claim.getKey().says() + "\" is "
                        + claim.getValue().words() + ". Waiting for "
                        + claim.getKey().about() + " to answer")
                .reduce((one, other) -> one + "; " + other);
    }

    private static Optional<String> rehearsal(List<Report> rehearsals) {
        if (rehearsals.isEmpty()) {
            return Optional.of("no backup server has rehearsed it");
        }
        return rehearsals.stream()
                .filter(report -> !report.passed())
                .findFirst()
                .map(Gatekeeper::whyNotPassed);
    }

    private static String whyNotPassed(Report report) {
        if (!report.trouble().isEmpty()) {
            return "the rehearsal on " + report.backup() + " could not be carried through: " + report.trouble();
        }
        if (!report.byteExact()) {
            return report.backup() + " is not exactly what it was before the rehearsal";
        }
        if (report.probes() == 0 && report.replayed().isEmpty()) {
            return "the site has no probes, so the rehearsal on " + report.backup() + " proves nothing";
        }
        List<String> reasons = new ArrayList<>(report.harm());
        report.findings().stream()
                .filter(Finding.Unmet.class::isInstance)
                .forEach(finding ->
                        reasons.add("it does not do what it is for: " + ((Finding.Unmet) finding).because()));
        return "on " + report.backup() + " " + String.join("; ", reasons);
    }

    private static Optional<String> forecast(double limit, Optional<Forecast> forecast) {
        if (forecast.isEmpty()) {
            return Optional.of("there is no forecast yet");
        }
        return forecast.filter(number -> number.harm() > limit)
                .map(number -> "the forecast is " + number.percent() + ", and the site's limit is "
                        + Math.round(limit * 100) + "%");
    }

    private static Optional<String> coverage(double wanted, Optional<Coverage> coverage) {
        String site = "the site wants the probes to stand for " + Math.round(wanted * 100) + "% of the logins";
        if (coverage.isEmpty()) {
            return Optional.of(site + ", and no log told of a login when the change was proposed");
        }
        return coverage.filter(found -> found.share() < wanted)
                .map(found -> site + ". " + found.words().replaceAll("\\.$", ""));
    }

    private static Optional<String> approvals(Role role, int wanted, Facts facts) {
        long given = facts.approvals().entrySet().stream()
                .filter(approval -> approval.getValue() == role)
                .filter(approval -> !approval.getKey().equals(facts.requestedBy()))
                .count();
        return given >= wanted
                ? Optional.empty()
                : Optional.of(given + " of " + wanted + " approvals from the "
                        + role.name().toLowerCase(java.util.Locale.ROOT) + ", not counting " + facts.requestedBy()
                        + ", who asked for the change");
    }

    /// What the gates look at.
    ///
    /// @param claims each claim and how it stands
    /// @param approvals who has agreed, and for which side; only approvals of this very digest
    /// @param waivers all that were ever signed for this change; those that no longer count are passed over
    /// @param coverage which logins the probes stand for; empty where no log told
    public record Facts(
            Digest change,
            PersonId requestedBy,
            Map<Claim, Standing> claims,
            List<Report> rehearsals,
            Optional<Forecast> forecast,
            Map<PersonId, Role> approvals,
            List<Waiver> waivers,
            Optional<Coverage> coverage) {}
}
