package barograph.site;

import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The fields of a server's commands: as a kind brings them, or as one server differs from its kind.
final class CommandFields {
    private static final Field<Optional<Optional<String>>> VALIDATE =
            Field.optional("validate", Words.COMMAND, "tests the folder $CANDIDATE without touching the live server");
    private static final Field<Optional<Optional<String>>> RELOAD =
            Field.optional("reload", Words.COMMAND, "makes the running server read its files anew");
    private static final Field<Optional<List<String>>> RELOAD_COVERS = Field.optional(
            "reload-covers",
            Words.PATTERNS,
            "shell patterns of the files that a reload takes over, others need a restart; all if left out");
    private static final Field<Optional<Duration>> RELOAD_GAP = Field.optional(
            "reload-gap",
            Form.duration(Duration.ZERO, Duration.ofMinutes(10)),
            "the least time between two reloads, since servers ignore one that comes too soon; none if left out");
    private static final Field<Optional<Optional<String>>> RESTART =
            Field.optional("restart", Words.COMMAND, "stops and starts the server");
    private static final Field<Optional<Optional<String>>> HEALTH =
            Field.optional("health", Words.COMMAND, "succeeds once the server is up");
    private static final Field<Optional<Optional<String>>> LOADED = Field.optional(
            "loaded", Words.COMMAND, "succeeds if the running server has taken its files over since $SINCE");
    private static final Field<Optional<BootHook>> BOOT_HOOK = Field.optional(
            "boot-hook",
            Words.COMMAND.map(CommandFields::bootHook),
            "has the guard called after a reboot; systemd or cron if left out; none accepts that nothing does");
    private static final Field<Optional<Duration>> LIMIT = Field.optional(
            "limit",
            Form.duration(Duration.ofSeconds(1), Duration.ofMinutes(30)),
            "how long any of the commands may take; 60s if left out");

    static final List<Field<?>> ALL =
            List.of(VALIDATE, RELOAD, RELOAD_COVERS, RELOAD_GAP, RESTART, HEALTH, LOADED, BOOT_HOOK, LIMIT);

    /// What holds where neither a kind nor a server says anything.
    static final Commands NOTHING = new Commands(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Duration.ZERO,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new BootHook.Usual(),
            Duration.ofSeconds(60));

    private CommandFields() {}

    static Commands over(Commands kind, Answers answers) {
        return new Commands(
                answers.of(VALIDATE).orElse(kind.validate()),
                answers.of(RELOAD).orElse(kind.reload()),
                answers.of(RELOAD_COVERS).orElse(kind.reloadCovers()),
                answers.of(RELOAD_GAP).orElse(kind.reloadGap()),
                answers.of(RESTART).orElse(kind.restart()),
                answers.of(HEALTH).orElse(kind.health()),
                answers.of(LOADED).orElse(kind.loaded()),
                answers.of(BOOT_HOOK).orElse(kind.bootHook()),
                answers.of(LIMIT).orElse(kind.limit()));
    }

    private static BootHook bootHook(Optional<String> command) {
        return command.<BootHook>map(BootHook.Own::new).orElseGet(BootHook.None::new);
    }
}
