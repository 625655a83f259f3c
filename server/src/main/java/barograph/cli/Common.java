package barograph.cli;

import barograph.site.Person;
import barograph.site.PersonId;
import barograph.site.Right;
import barograph.site.Site;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// What every command about a site can be told.
public final class Common {
    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set before any command runs
    private CommandSpec spec;

    @Option(
            names = "--site",
            paramLabel = "FILE",
            defaultValue = "site.yaml",
            description = "The site's file (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private Path site;

    @Option(names = "--json", description = "Write JSON, one value a line.")
    private boolean json;

    @Option(names = "--plain", description = "No colors, no moving line.")
    private boolean plain;

    Paper paper() {
        return new Paper(spec.commandLine().getOut(), plain, json);
    }

    Workplace open() {
        return Workplace.open(site, Optional.ofNullable(System.getenv("BAROGRAPH_GUARD_FOLDER")));
    }

    Path siteFile() {
        return site;
    }

    /// Who acts: as given, or the one person of the site who may.
    static PersonId person(String given, Right right, Site site) {
        if (!given.isEmpty()) {
            try {
                return PersonId.of(given);
            } catch (IllegalArgumentException e) {
                throw new Trouble(ExitCode.USAGE, e.getMessage() + ", for example --as us/omar.");
            }
        }
        List<PersonId> may = site.parties().stream()
                .flatMap(party -> party.people().stream())
                .filter(person -> person.may(right))
                .map(Person::id)
                .toList();
        if (may.size() == 1) {
            return may.getFirst();
        }
        throw new Trouble(
                ExitCode.USAGE,
                "Say who you are with --as PARTY/PERSON. "
                        + (may.isEmpty()
                                ? "Nobody in the site has the right to do this; give it in site.yaml."
                                : "These may do this: "
                                        + String.join(
                                                ", ",
                                                may.stream()
                                                        .map(PersonId::toString)
                                                        .toList()) + "."));
    }
}
