package barograph.diagnosis;

import barograph.diagnosis.Observation.Looked;
import barograph.login.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What looks at the server's door say, from the controller, its own host, and other hosts.
final class DoorSigns {
    private final Facts facts;
    private final List<Looked> looks;

    DoorSigns(Facts facts, List<Observation> observations) {
        this.facts = facts;
        this.looks = observations.stream()
                .filter(Looked.class::isInstance)
                .map(Looked.class::cast)
                .filter(look -> look.target() instanceof Target.Door door
                        && door.server().equals(facts.server()))
                .toList();
    }

    /// @param shut whether it is already known that the door is shut from the controller
    List<Evidence> evidence(boolean shut) {
        List<Evidence> found = new ArrayList<>();
        from(new Vantage.Controller()).forEach(look -> fromOutside(look).ifPresent(found::add));
        boolean shutOutside = shut || !found.isEmpty();
        from(own()).forEach(look -> fromItsHost(look, shutOutside).ifPresent(found::add));
        if (shutOutside) {
            elsewhere().ifPresent(found::add);
        }
        certificates().ifPresent(found::add);
        return found;
    }

    private Vantage own() {
        return new Vantage.HostOf(facts.server());
    }

    private List<Looked> from(Vantage vantage) {
        return looks.stream().filter(look -> look.from().equals(vantage)).toList();
    }

    static String words(Looked look) {
        return "from the " + look.from() + ", " + look.target() + ": "
                + look.finding().words();
    }

    private static Optional<Evidence> fromOutside(Looked look) {
        if (!(look.finding() instanceof Finding.Bad(Trouble trouble, String _))) {
            return Optional.empty();
        }
        Sign sign = switch (trouble) {
            case NAME_UNKNOWN -> Sign.DOOR_NAME_UNKNOWN;
            case NAMES_SILENT -> Sign.DOOR_NAMES_SILENT;
            case NO_ROUTE -> Sign.DOOR_NO_ROUTE;
            case REFUSED, NOT_LISTENING -> Sign.DOOR_REFUSED;
            case SILENT -> Sign.DOOR_SILENT;
            case LARGE_LOST -> Sign.LARGE_LOST;
            case STALLED -> Sign.TLS_STALLED;
            case NO_TLS -> Sign.TLS_BROKEN_OFF;
            case CERTIFICATE_EXPIRED -> Sign.CERTIFICATE_EXPIRED;
            case CERTIFICATE_NOT_YET_VALID -> Sign.CERTIFICATE_NOT_YET_VALID;
        };
        return Optional.of(new Evidence(sign, words(look)));
    }

    private Optional<Evidence> fromItsHost(Looked look, boolean shutOutside) {
        if (look.step() != Step.CONNECT) {
            return Optional.empty();
        }
        return switch (look.finding()) {
            case Finding.Well _, Finding.Showed _ ->
                Optional.of(new Evidence(shutOutside ? Sign.OPEN_ON_ITS_HOST : Sign.LISTENS, words(look)));
            case Finding.Bad(Trouble trouble, String _) ->
                switch (trouble) {
                    case REFUSED, NOT_LISTENING -> Optional.of(new Evidence(Sign.NOT_LISTENING, words(look)));
                    case NAME_UNKNOWN,
                            NAMES_SILENT,
                            NO_ROUTE,
                            SILENT,
                            LARGE_LOST,
                            STALLED,
                            NO_TLS,
                            CERTIFICATE_EXPIRED,
                            CERTIFICATE_NOT_YET_VALID -> Optional.empty();
                };
        };
    }

    private Optional<Evidence> elsewhere() {
        return looks.stream()
                .filter(look -> look.step() == Step.CONNECT && !(look.finding() instanceof Finding.Bad))
                .filter(look ->
                        look.from() instanceof Vantage.HostOf && !look.from().equals(own()))
                .findFirst()
                .map(look -> new Evidence(Sign.OPEN_FROM_ELSEWHERE, words(look)));
    }

    /// The host itself sees the certificate that the server really has.
    private Optional<Evidence> certificates() {
        Optional<Finding.Showed> inside = shown(from(own())).findFirst();
        List<Looked> outside =
                looks.stream().filter(look -> !look.from().equals(own())).toList();
        if (inside.isEmpty() || shown(outside).findAny().isEmpty()) {
            return Optional.empty();
        }
        String real = inside.get().fingerprint();
        return outside.stream()
                .filter(look -> look.finding() instanceof Finding.Showed showed
                        && !showed.fingerprint().equals(real))
                .findFirst()
                .map(look -> new Evidence(
                        Sign.OTHER_CERTIFICATE,
                        words(look) + "; on its own host it shows "
                                + inside.get().words()))
                .or(() -> Optional.of(new Evidence(
                        Sign.SAME_CERTIFICATE, "it shows the same certificate from outside and on its own host")));
    }

    private static java.util.stream.Stream<Finding.Showed> shown(List<Looked> looks) {
        return looks.stream()
                .map(Looked::finding)
                .filter(Finding.Showed.class::isInstance)
                .map(Finding.Showed.class::cast);
    }
}
