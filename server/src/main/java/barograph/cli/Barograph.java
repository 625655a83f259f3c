package barograph.cli;

import barograph.record.RecordTrouble;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "barograph",
        description = "Change your login servers without the storm.",
        mixinStandardHelpOptions = true,
        versionProvider = Barograph.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            Init.class,
            Check.class,
            Propose.class,
            Apply.class,
            Status.class,
            Explain.class,
            Diagnose.class,
            CalibrationCommand.class,
            MailCommand.class,
            Answer.class,
            Approve.class,
            Waive.class,
            Confirm.class,
            GoOn.class,
            Rollback.class,
            Hindcast.class,
            KindsCommand.class,
            Objects.class,
            Dossier.class,
            RecordCommand.class
        },
        footer = {"", "Begin with `barograph demo`, or `barograph init` in a folder of your own."})
public final class Barograph implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /// The command line with all commands; more may be added to it before it runs.
    public static CommandLine commands() {
        CommandLine line = new CommandLine(new Barograph());
        line.setExecutionExceptionHandler((exception, commandLine, _) -> trouble(exception, commandLine));
        line.setParameterExceptionHandler((exception, args) -> misuse(exception));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.getSubcommands().values().forEach(command -> {
            command.getCommandSpec().mixinStandardHelpOptions(true);
            command.getSubcommands()
                    .values()
                    .forEach(inner -> inner.getCommandSpec().mixinStandardHelpOptions(true));
        });
        return line;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// A message for a person; a stack trace only for a fault of our own.
    private static int trouble(Exception exception, CommandLine line) {
        PrintWriter err = line.getErr();
        int code = switch (exception) {
            case Trouble trouble -> {
                err.println(red(line, String.valueOf(trouble.getMessage())));
                yield trouble.exitCode();
            }
            case RecordTrouble trouble -> {
                err.println(red(line, String.valueOf(trouble.getMessage())));
                yield ExitCode.PERSON;
            }
            default -> {
                err.println(red(
                        line,
                        "This is a fault of Barograph's own, and the servers' guards hold meanwhile: a server with"
                                + " an unconfirmed change puts its old configuration back when its lease ends (one that is"
                                + " configured over an API: when the next `barograph apply` runs)."
                                + " Please report it with what follows."));
                exception.printStackTrace(err);
                yield ExitCode.PERSON;
            }
        };
        err.flush();
        return code;
    }

    private static String red(CommandLine line, String text) {
        return line.getColorScheme().ansi() == Ansi.OFF
                ? text
                : line.getColorScheme().errorText(text).toString();
    }

    private static int misuse(ParameterException exception) {
        CommandLine line = exception.getCommandLine();
        line.getErr().println(line.getColorScheme().errorText(exception.getMessage() + "."));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(exception, line.getErr())) {
            line.getErr().println("See `" + line.getCommandSpec().qualifiedName() + " --help`.");
        }
        line.getErr().flush();
        return ExitCode.USAGE;
    }

    /// The version that the build wrote down.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Barograph.class.getPackage().getImplementationVersion();
            return new String[] {"barograph " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
