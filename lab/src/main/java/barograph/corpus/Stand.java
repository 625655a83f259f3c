package barograph.corpus;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A small real configuration of one kind of server, with people who log in there, and the changes to it.
///
/// The files are the same on every server of a stand, so that one change fits all; what differs between them (ports,
/// folders) is in `local`. In texts and commands `@HERE@` is the server's own folder, `@PORT@` where it serves logins
/// and `@MORE@` one more free port of its own.
///
/// @param kind the kind of server that it is an example of
/// @param needs programs that must be there, each with Debian's package of it
/// @param root the configuration folder below the server's own
/// @param files the configuration, by path below `root`; a line with `{n}` stands for one line for each number
/// @param local what differs between the servers, by path below `local`
/// @param prepare a shell script that runs once, in the server's folder, before it is started
/// @param start a shell script that starts it in the background and leaves its process id in `run/pid`
/// @param instead texts in the kind's own commands that are something else here, such as paths of pid files
/// @param log where it writes its logins, below the server's folder
/// @param grammar the grammar of that log, where it is not the kind's own
/// @param secrets files for the site's folder `secrets`, by name
public record Stand(
        String kind,
        Map<String, String> needs,
        String root,
        Map<String, String> files,
        Map<String, String> local,
        String prepare,
        String start,
        Map<String, String> instead,
        String log,
        Optional<String> grammar,
        Map<String, String> secrets,
        List<Crowd> crowds,
        List<Entry> entries) {
    public Stand {
        crowds = List.copyOf(crowds);
        entries = List.copyOf(entries);
    }

    /// The same with the folder that its servers have in common (`@SHARE@`) filled in.
    Stand sharing(Path share) {
        return new Stand(
                kind,
                needs,
                root,
                files,
                local,
                prepare,
                start,
                instead,
                log,
                grammar,
                secrets,
                crowds.stream().map(crowd -> crowd.sharing(share)).toList(),
                entries);
    }
}
