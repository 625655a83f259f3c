package barograph.site;

import barograph.form.Placed;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a sort of server needs, as data; each server of the kind may override any of it.
///
/// @param name as `site.yaml` writes it, such as `freeradius`
/// @param title as people write it, such as `FreeRADIUS`
/// @param config where its files usually are; absent for a kind whose servers each say so themselves
/// @param commands how its files are tested and taken over
/// @param log where it usually writes its logins
/// @param logNote how it is made to write them down, in a sentence or two for its operators; may be empty
/// @param samples lines of real logs and the logins that they tell, to test the grammar with
/// @param port where it usually serves them, 1 to 65535
/// @param speaks the probe protocols that can be tried on its servers; one that ends in `*` stands for all that begin
/// so
/// @param secrets regular expressions whose first group is a secret, for hiding it in a diff
/// @param looks rules of experience about changes of its files
/// @param reloadNote what a reload does to people who log in meanwhile, in a sentence or two for them
/// @param restartNote the same of a restart
public record Kind(
        String name,
        String title,
        Optional<Config> config,
        Commands commands,
        Optional<LogSource> log,
        String logNote,
        List<Placed<LogSample>> samples,
        OptionalInt port,
        List<String> speaks,
        List<String> secrets,
        List<Look> looks,
        String reloadNote,
        String restartNote) {
    public Kind {
        Name.check("kind", name);
        speaks = List.copyOf(speaks);
        samples = List.copyOf(samples);
        secrets = List.copyOf(secrets);
        looks = List.copyOf(looks);
    }
}
