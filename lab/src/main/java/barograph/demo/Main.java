package barograph.demo;

import barograph.cli.Barograph;
import picocli.CommandLine;

/// The one program: all commands, and those that need a small world of their own.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        CommandLine commands = Barograph.commands();
        commands.addSubcommand(new Demo());
        commands.addSubcommand(new Bench());
        System.exit(commands.execute(args));
    }
}
