package dev.stint.local;

import dev.stint.local.chaos.Chaos;
import dev.stint.local.chaos.ChaosSettings;
import dev.stint.local.engine.RabbitProgram;
import dev.stint.local.process.Complaint;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stint chaos}: whether promises are kept when everything goes wrong. */
@Command(
    name = "chaos",
    description = {
      "Kills, hangs and cuts off the parts of a stack of its own while jobs run, then checks that",
      "nothing was lost and nothing was done twice. Ends with 1 if something was."
    },
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
final class ChaosCommand implements Callable<Integer> {
  private static final int MOST_MINUTES = 24 * 60;

  @Option(names = "--minutes", description = "How long faults are injected.", paramLabel = "M")
  private int minutes = 2;

  @Option(
      names = "--seed",
      description = "What the faults and jobs are drawn from; a random one if not given.",
      paramLabel = "S")
  private @Nullable Long seed;

  @Option(names = "--native", description = "Services run as native executables, else on a JVM.")
  private boolean natively;

  @Option(
      names = "--broker",
      description = {
        "artemis: the embedded one. rabbitmq: the RabbitMQ 4 in $STINT_RABBITMQ (path of",
        "rabbitmq-server) or on the PATH. It is killed and wiped, so it is always one of its own."
      },
      paramLabel = "KIND")
  private String broker = "artemis";

  @Option(
      names = "--redis",
      description = {
        "A server to run, such as /usr/bin/valkey-server; else the one that is installed, or the",
        "embedded one."
      },
      paramLabel = "PROGRAM")
  private @Nullable String redis;

  @Option(names = "--plan", description = "Only tells the faults, and injects none.")
  private boolean planOnly;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (minutes < 1 || minutes > MOST_MINUTES) {
      throw new Complaint("--minutes must be 1 to " + MOST_MINUTES + ", not " + minutes);
    }
    PrintWriter out = spec.commandLine().getOut();
    long from = seed == null ? new Random().nextInt(Integer.MAX_VALUE) : seed;
    var settings = new ChaosSettings(Stint.home(), natively, rabbit(), redis());
    var chaos = new Chaos(settings, from, Duration.ofMinutes(minutes), out);
    if (planOnly) {
      out.println("seed " + from);
      chaos.plan().forEach(out::println);
      out.flush();
      return 0;
    }
    return chaos.run().isGood() ? 0 : 1;
  }

  private @Nullable Path rabbit() {
    return switch (broker) {
      case "artemis" -> null;
      case "rabbitmq" -> RabbitProgram.find(System.getenv(RabbitProgram.VARIABLE));
      default ->
          throw new Complaint(
              "--broker must be artemis or rabbitmq, not \""
                  + broker
                  + "\": it is killed and wiped, so it cannot be a given one");
    };
  }

  private @Nullable Path redis() {
    if (redis == null) {
      return null;
    }
    if (!Files.isExecutable(Path.of(redis))) {
      throw new Complaint(
          "--redis must be a server to run, such as /usr/bin/valkey-server, not \""
              + redis
              + "\": it is killed, so it cannot be a given one");
    }
    return Path.of(redis);
  }
}
