package dev.stint.local;

import dev.stint.catalogue.Durations;
import dev.stint.local.process.Complaint;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code ./stint} runs it from the checkout, whose path is in stint.home. */
@Command(
    name = "stint",
    description = "Background jobs on this machine.",
    mixinStandardHelpOptions = true,
    subcommands = {UpCommand.class, DemoCommand.class, BenchCommand.class, ChaosCommand.class})
public final class Stint {
  private Stint() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Stint())
        .registerConverter(Duration.class, Durations::parse)
        .setExecutionExceptionHandler((e, command, _) -> explain(e, command));
  }

  static Path home() {
    return Path.of(System.getProperty("stint.home", ".")).toAbsolutePath().normalize();
  }

  private static int explain(Exception e, CommandLine command) {
    String message = e instanceof Complaint ? e.toString() : "unexpected: " + e;
    command.getErr().println("stint: " + message);
    return command.getCommandSpec().exitCodeOnExecutionException();
  }
}
