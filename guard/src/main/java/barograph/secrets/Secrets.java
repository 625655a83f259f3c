package barograph.secrets;

import barograph.site.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Reads what references to secrets stand for.
///
/// Nothing is kept: a secret that was changed is the new one at the next use. An empty secret is refused, unless it is
/// written out on purpose: many directories let anybody in who gives a name and an empty password. Safe for use by
/// several threads.
public final class Secrets {
    /// The longest secret, in bytes: a mistaken path to a log or a disk must not fill the memory.
    static final int LONGEST = 64 * 1024;

    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(10);

    private final Path folder;
    private final Map<String, String> environment;
    private final Duration limit;

    /// @param folder where relative `file:` paths begin and `exec:` commands run: the folder of the site file
    public Secrets(Path folder) {
        this(folder, System.getenv(), COMMAND_LIMIT);
    }

    /// @param environment what `env:` references are looked up in
    /// @param limit how long an `exec:` command may take
    public Secrets(Path folder, Map<String, String> environment, Duration limit) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        this.limit = limit;
    }

    /// @throws SecretTrouble when the reference leads nowhere
    public String reveal(Secret secret) {
        return switch (secret) {
            case Secret.Plain(String text) -> text;
            case Secret.Env(String name) -> filled(secret, ofEnvironment(secret, name));
            case Secret.File(String path) -> filled(secret, text(secret, ofFile(secret, path)));
            case Secret.Exec(String command) -> filled(secret, text(secret, ofCommand(secret, command)));
        };
    }

    private String ofEnvironment(Secret secret, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new SecretTrouble(
                    "unset", secret, "the environment has no such variable", "Set it for the process of Barograph.");
        }
        return value;
    }

    private ByteBuffer ofFile(Secret secret, String path) {
        Path file;
        try {
            file = folder.resolve(path);
        } catch (InvalidPathException e) {
            throw new SecretTrouble("unreadable", secret, "that is no path", "Correct the path.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return ByteBuffer.wrap(in.readNBytes(LONGEST + 1));
        } catch (NoSuchFileException e) {
            throw new SecretTrouble(
                    "unreadable",
                    secret,
                    "there is no file " + file.toAbsolutePath(),
                    "Create it or correct the path.");
        } catch (IOException e) {
            throw new SecretTrouble(
                    "unreadable",
                    secret,
                    "the file " + file.toAbsolutePath() + " cannot be read ("
                            + e.getClass().getSimpleName() + ")",
                    "Let the user that Barograph runs as read it, and nobody else.");
        }
    }

    private ByteBuffer ofCommand(Secret secret, String command) {
        Command.Answer answer = Command.run(command, folder, limit, LONGEST + 1);
        return switch (answer) {
            case Command.Answer.Printed(ByteBuffer bytes) -> bytes;
            case Command.Answer.Ended(int status) ->
                throw new SecretTrouble(
                        "command-failed",
                        secret,
                        "the command ended with status " + status,
                        "Run it by hand in " + folder.toAbsolutePath() + " to see what it says.");
            case Command.Answer.Late() ->
                throw new SecretTrouble(
                        "command-late",
                        secret,
                        "the command had not ended after " + limit.toMillis() + " ms and was stopped",
                        "Run it by hand to see what it waits for; it must not ask anybody anything.");
            case Command.Answer.NotRun(String why) ->
                throw new SecretTrouble(
                        "command-failed", secret, "the command could not be started (" + why + ")", "Correct it.");
            case Command.Answer.Interrupted() ->
                throw new SecretTrouble(
                        "interrupted", secret, "Barograph is stopping and did not wait for the command", "Try again.");
        };
    }

    private static String text(Secret secret, ByteBuffer bytes) {
        if (bytes.remaining() > LONGEST) {
            throw new SecretTrouble(
                    "too-long",
                    secret,
                    "it has more than " + LONGEST + " bytes",
                    "It seems to lead to the wrong thing.");
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return withoutLastLineEnd(text);
        } catch (CharacterCodingException e) {
            throw new SecretTrouble("not-text", secret, "it is not UTF-8 text", "Store it as UTF-8 text.");
        }
    }

    private static String withoutLastLineEnd(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private static String filled(Secret secret, String value) {
        if (value.isEmpty()) {
            throw new SecretTrouble("empty", secret, "it is empty", "Fill it.");
        }
        return value;
    }
}
