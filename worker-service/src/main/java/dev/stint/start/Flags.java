package dev.stint.start;

import dev.stint.catalogue.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command line of a worker. Flags are another way to write settings, so they become settings;
 * picocli is used without annotations, which a native executable would have to reflect on.
 */
final class Flags {
  static final String CHECK = "check";

  private final CommandLine command;

  Flags() {
    var spec = CommandSpec.create().name("worker").version("stint worker " + Version.of());
    spec.usageMessage()
        .description("Runs the jobs of a catalogue until it is told to leave (SIGTERM, SIGINT).")
        .footer(
            "",
            "worker check [flags]   checks the catalogue and the connections, exits 0 or 1",
            "worker health [--live] asks the worker on $QUARKUS_HTTP_PORT whether it is ready,",
            "                       or alive, exits 0 or 1",
            "",
            "Exit codes: 0 all running jobs finished, 1 cannot start, 2 wrong flags,",
            "            or some jobs were given back when the drain timeout was over.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("check")
            .arity("0..1")
            .type(String.class)
            .description("Check instead of run.")
            .build());
    spec.addOption(option("--slots", "N", Integer.class, "Jobs that run at once (10)."));
    spec.addOption(
        OptionSpec.builder("--limit")
            .paramLabel("TASK=N")
            .type(Map.class)
            .auxiliaryTypes(String.class, Integer.class)
            .description("At most N of a task at once; repeatable.")
            .build());
    spec.addOption(option("--queues", "A,B", String.class, "Queues to listen on (all)."));
    spec.addOption(
        OptionSpec.builder("--drain-timeout")
            .paramLabel("TIME")
            .type(Duration.class)
            .converters(Durations::parse)
            .description("How long running jobs may go on after SIGTERM (30s).")
            .build());
    spec.addOption(option("--config", "FILE", String.class, "The catalogue, stint.yaml."));
    spec.addOption(
        option(
            "--name", "NAME", String.class, "Stays the same over restarts ($WID, or the host)."));
    spec.addOption(option("--redis", "URL", String.class, "redis://127.0.0.1:6379"));
    spec.addOption(option("--broker", "URL", String.class, "amqp://127.0.0.1:5672"));
    // Not picocli's standard mixin: that one is read by reflection.
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this.").build());
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Show the version.")
            .build());
    // As everywhere: the last one counts, so that a wrapper's flags can be overridden.
    command = new CommandLine(spec).setOverwrittenOptionsAllowed(true);
  }

  private static OptionSpec option(String name, String label, Class<?> type, String text) {
    return OptionSpec.builder(name).paramLabel(label).type(type).description(text).build();
  }

  /** What a command line asks for. */
  sealed interface Asked {
    /** To run, or only to check, with these settings. */
    record Start(boolean check, Map<String, String> settings) implements Asked {}

    /** To print this and exit so. */
    record Print(String text, int exitCode) implements Asked {}
  }

  Asked parse(String... args) {
    ParseResult parsed;
    try {
      parsed = command.parseArgs(args);
    } catch (CommandLine.ParameterException e) {
      return new Asked.Print("worker: " + e.getMessage() + "\nTry: worker --help", 2);
    }
    if (parsed.isUsageHelpRequested()) {
      return new Asked.Print(command.getUsageMessage(), 0);
    }
    if (parsed.isVersionHelpRequested()) {
      return new Asked.Print("stint worker " + Version.of(), 0);
    }
    String mode = parsed.matchedPositionalValue(0, "");
    if (!List.of("", CHECK).contains(mode)) {
      return new Asked.Print("worker: unknown command " + mode + "\nTry: worker --help", 2);
    }
    return new Asked.Start(mode.equals(CHECK), settings(parsed));
  }

  private static Map<String, String> settings(ParseResult parsed) {
    var settings = new LinkedHashMap<String, String>();
    put(settings, parsed, "--slots", "stint.worker.slots");
    put(settings, parsed, "--queues", "stint.worker.queues");
    put(settings, parsed, "--drain-timeout", "stint.worker.drain-timeout");
    put(settings, parsed, "--config", "stint.config");
    put(settings, parsed, "--name", "stint.worker.name");
    put(settings, parsed, "--redis", "stint.redis.url");
    put(settings, parsed, "--broker", "stint.broker.url");
    Map<String, Integer> limits = parsed.matchedOptionValue("--limit", Map.of());
    limits.forEach((task, n) -> settings.put("stint.worker.limit." + task, n.toString()));
    return settings;
  }

  private static void put(
      Map<String, String> settings, ParseResult parsed, String flag, String setting) {
    if (parsed.hasMatchedOption(flag)) {
      Object value = parsed.matchedOptionValue(flag, "");
      settings.put(setting, value.toString());
    }
  }
}
