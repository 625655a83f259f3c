package barograph.diagnosis;

import barograph.diagnosis.Observation.Looked;
import barograph.login.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What looks at the backends say: from the server's own host, and from elsewhere.
final class BackendSigns {
    private final Facts facts;
    private final List<Looked> looks;

    BackendSigns(Facts facts, List<Observation> observations) {
        this.facts = facts;
        this.looks = observations.stream()
                .filter(Looked.class::isInstance)
                .map(Looked.class::cast)
                .filter(look -> look.target() instanceof Target.Backend)
                .toList();
    }

    List<Evidence> evidence() {
        List<Evidence> found = new ArrayList<>();
        List<Looked> own = looks.stream().filter(this::fromItsHost).toList();
        for (Looked look : own) {
            if (look.finding() instanceof Finding.Bad(Trouble trouble, String _)) {
                found.add(new Evidence(sign(trouble), DoorSigns.words(look)));
                elsewhere(look).ifPresent(found::add);
            } else {
                otherCertificate(look).ifPresent(found::add);
            }
        }
        List<Looked> connected =
                own.stream().filter(look -> look.step() == Step.CONNECT).toList();
        boolean bad = own.stream().anyMatch(look -> look.finding() instanceof Finding.Bad);
        if (!bad && !connected.isEmpty()) {
            found.add(new Evidence(Sign.BACKEND_OPEN, DoorSigns.words(connected.getFirst())));
        }
        return found;
    }

    private boolean fromItsHost(Looked look) {
        return look.target().server().equals(facts.server()) && look.from().equals(new Vantage.HostOf(facts.server()));
    }

    private static Sign sign(Trouble trouble) {
        return switch (trouble) {
            case NAME_UNKNOWN -> Sign.BACKEND_NAME_UNKNOWN;
            case NAMES_SILENT -> Sign.BACKEND_NAMES_SILENT;
            case NO_ROUTE -> Sign.BACKEND_NO_ROUTE;
            case REFUSED, NOT_LISTENING -> Sign.BACKEND_REFUSED;
            case SILENT -> Sign.BACKEND_SILENT;
            case STALLED, LARGE_LOST -> Sign.BACKEND_TLS_STALLED;
            case NO_TLS, CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID -> Sign.BACKEND_CERTIFICATE_BAD;
        };
    }

    /// The same backend at the same step, seen by others.
    private List<Looked> others(Looked look) {
        return looks.stream()
                .filter(other -> !other.from().equals(look.from()) && other.step() == look.step())
                .filter(other -> other.target().host().equals(look.target().host())
                        && other.target().port() == look.target().port())
                .toList();
    }

    /// That the controller cannot reach a backend proves nothing: mostly it has no business there.
    private Optional<Evidence> elsewhere(Looked look) {
        if (look.step() != Step.CONNECT && look.step() != Step.RESOLVE) {
            return Optional.empty();
        }
        List<Looked> others = others(look);
        Optional<Looked> open = others.stream()
                .filter(other -> !(other.finding() instanceof Finding.Bad))
                .findFirst();
        if (open.isPresent()) {
            Sign sign = look.step() == Step.CONNECT ? Sign.BACKEND_OPEN_ELSEWHERE : Sign.BACKEND_NAME_KNOWN_ELSEWHERE;
            return Optional.of(new Evidence(sign, DoorSigns.words(open.get())));
        }
        return others.stream()
                .filter(other -> other.from() instanceof Vantage.HostOf && look.step() == Step.CONNECT)
                .filter(other -> other.finding() instanceof Finding.Bad(Trouble trouble, String _)
                        && trouble != Trouble.NAME_UNKNOWN
                        && trouble != Trouble.NAMES_SILENT)
                .findFirst()
                .map(shut -> new Evidence(Sign.BACKEND_SHUT_ELSEWHERE, DoorSigns.words(shut)));
    }

    private Optional<Evidence> otherCertificate(Looked look) {
        if (!(look.finding() instanceof Finding.Showed mine)) {
            return Optional.empty();
        }
        return others(look).stream()
                .filter(other -> other.finding() instanceof Finding.Showed theirs
                        && !theirs.fingerprint().equals(mine.fingerprint()))
                .findFirst()
                .map(other -> new Evidence(
                        Sign.BACKEND_OTHER_CERTIFICATE, DoorSigns.words(look) + "; " + DoorSigns.words(other)));
    }
}
