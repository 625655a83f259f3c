package barograph.diagnosis;

import barograph.site.Clues.Meaning;
import barograph.site.ServerId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What logs, signs of life, clocks and loads say.
final class OtherSigns {
    private static final Duration TOO_FAR_OFF = Duration.ofMinutes(5);
    private static final Duration GOOD_ENOUGH = Duration.ofMinutes(1);
    private static final double BUSY = 4;
    private static final double IDLE = 1;

    private final Facts facts;
    private final List<Observation> observations;

    OtherSigns(Facts facts, List<Observation> observations) {
        this.facts = facts;
        this.observations = observations;
    }

    /// @param silent whether probes were met by silence: only then it tells something that a log knows of none, or that
    /// a large packet is not answered
    List<Evidence> evidence(boolean silent) {
        return observations.stream()
                .flatMap(observation -> of(observation, silent).stream())
                .toList();
    }

    private Optional<Evidence> of(Observation observation, boolean silent) {
        return switch (observation) {
            case Observation.Told(ServerId server, Meaning meaning, int lines, String sample) ->
                here(server, sign(meaning), "its log says" + (lines > 1 ? " " + lines + " times" : "") + ": " + sample);
            case Observation.Heard(ServerId server, boolean heard) -> heard(server, heard, silent);
            case Observation.Status status -> status(status, silent);
            case Observation.Clock(ServerId server, Duration ahead) -> clock(server, ahead);
            case Observation.Busy(ServerId server, double load, int processors) -> busy(server, load, processors);
            case Observation.Unseen(Vantage from, String what, String because) ->
                from.equals(new Vantage.HostOf(facts.server())) && what.equals(Observation.ANYTHING)
                        ? here(facts.server(), Sign.HOST_UNREACHABLE, "its host cannot be reached: " + because)
                        : Optional.empty();
            case Observation.Tried _, Observation.Looked _ -> Optional.empty();
        };
    }

    private Optional<Evidence> here(ServerId server, Sign sign, String words) {
        return server.equals(facts.server()) ? Optional.of(new Evidence(sign, words)) : Optional.empty();
    }

    private static Sign sign(Meaning meaning) {
        return switch (meaning) {
            case SECRET_WRONG -> Sign.LOG_SECRET_WRONG;
            case CLIENT_UNKNOWN -> Sign.LOG_CLIENT_UNKNOWN;
            case BACKEND_UNREACHABLE -> Sign.LOG_BACKEND_UNREACHABLE;
            case BACKEND_REFUSES -> Sign.LOG_BACKEND_REFUSES;
            case BACKEND_SILENT -> Sign.LOG_BACKEND_SILENT;
            case NAME_UNKNOWN -> Sign.LOG_NAME_UNKNOWN;
            case TLS -> Sign.LOG_TLS;
            case LOAD -> Sign.LOG_LOAD;
            case CLOCK -> Sign.LOG_CLOCK;
            case POLICY -> Sign.LOG_POLICY;
            case ACCOUNT -> Sign.LOG_ACCOUNT;
            case CONFIGURATION -> Sign.LOG_CONFIGURATION;
        };
    }

    private Optional<Evidence> heard(ServerId server, boolean heard, boolean silent) {
        if (heard) {
            return here(server, Sign.HEARD, "its log tells of the probe's login: it arrived");
        }
        boolean toldWhy = observations.stream()
                .anyMatch(each -> each instanceof Observation.Told(ServerId where, Meaning meaning, int _, String _)
                        && where.equals(server)
                        && (meaning == Meaning.SECRET_WRONG || meaning == Meaning.CLIENT_UNKNOWN));
        return silent && !toldWhy
                ? here(server, Sign.NOT_HEARD, "its log knows nothing of the probe's login: it did not arrive")
                : Optional.empty();
    }

    private Optional<Evidence> status(Observation.Status status, boolean silent) {
        boolean large = status.bytes() > 1500;
        boolean smallAnswered = observations.stream()
                .anyMatch(other -> other instanceof Observation.Status(ServerId server, int bytes, boolean answered)
                        && server.equals(status.server())
                        && bytes <= 1500
                        && answered);
        String sized = "a sign of life of " + status.bytes() + " bytes is ";
        if (!large) {
            return status.answered() ? here(status.server(), Sign.ALIVE, sized + "answered") : Optional.empty();
        }
        if (status.answered()) {
            return here(status.server(), Sign.LARGE_PASSED, sized + "answered, so fragments pass");
        }
        return smallAnswered && silent
                ? here(status.server(), Sign.LARGE_LOST, sized + "not answered, and a small one is")
                : Optional.empty();
    }

    private Optional<Evidence> clock(ServerId server, Duration ahead) {
        Duration off = ahead.abs();
        String words = "its clock is " + off.toSeconds() + " s " + (ahead.isNegative() ? "behind" : "ahead of")
                + " the controller's";
        if (off.compareTo(TOO_FAR_OFF) > 0) {
            return here(server, Sign.CLOCK_OFF, words);
        }
        return off.compareTo(GOOD_ENOUGH) <= 0 ? here(server, Sign.CLOCK_RIGHT, words) : Optional.empty();
    }

    private Optional<Evidence> busy(ServerId server, double load, int processors) {
        double each = load / Math.max(1, processors);
        String words = String.format(Locale.ROOT, "its host's load is %.1f on %d processors", load, processors);
        if (each > BUSY) {
            return here(server, Sign.BUSY, words);
        }
        return each < IDLE ? here(server, Sign.IDLE, words) : Optional.empty();
    }
}
