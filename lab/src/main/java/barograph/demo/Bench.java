package barograph.demo;

import picocli.CommandLine.Command;

@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {
            BenchDemo.class,
            BenchVerdict.class,
            BenchValidity.class,
            BenchSpeed.class,
            BenchStorm.class,
            BenchGuard.class,
            BenchCorpus.class,
            BenchForecast.class
        },
        synopsisSubcommandLabel = "WHAT",
        description = "Measure what this program claims.",
        footer = {"", "Example:", "  barograph bench verdict --worlds 2"})
final class Bench {}
