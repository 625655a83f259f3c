package barograph.site;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What to run on a server's host so that its configuration is tested and taken over.
///
/// Each command runs under `sh -c` with `ROOT` (the live folder), `CANDIDATE` (a whole copy of the folder with the
/// change in it), `PORT` and `LOG` (where it writes its logins) in its environment. A command that is missing is not
/// run: without `reload` the server is restarted; without `restart` too, its files are taken to be in force as soon as
/// they are in place.
///
/// @param validate tests `$CANDIDATE` without touching the live server
/// @param reload makes the running server read its files anew
/// @param reloadCovers shell patterns of the files, relative to the root, that a reload takes over; a change that
///     touches any other file needs `restart`. Empty means that a reload takes over everything
/// @param reloadGap the least time between two reloads: servers ignore a second one that comes too soon
/// @param restart stops and starts the server
/// @param health succeeds once the server is up
/// @param loaded succeeds if the running server has taken its files over since `$SINCE`, by a `$DID` (`RELOAD` or
///     `RESTART`). `$SINCE` is in hundredths of a second since boot, as field 22 of `/proc/PID/stat`
/// @param bootHook what calls the guard after a reboot
/// @param limit how long any one of them may take
public record Commands(
        Optional<String> validate,
        Optional<String> reload,
        List<String> reloadCovers,
        Duration reloadGap,
        Optional<String> restart,
        Optional<String> health,
        Optional<String> loaded,
        BootHook bootHook,
        Duration limit) {
    public Commands {
        reloadCovers = List.copyOf(reloadCovers);
    }
}
