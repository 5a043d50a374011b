package dev.stint.local;

import dev.stint.local.process.Complaint;
import dev.stint.local.process.Launcher;
import dev.stint.local.service.WorkerFlags;
import dev.stint.local.stack.DataFolder;
import dev.stint.local.stack.LocalStack;
import dev.stint.local.stack.StackSettings;
import dev.stint.local.stack.StopSignals;
import dev.stint.local.stack.Supervisor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stint up}: the whole system on this machine, until Ctrl-C. */
@Command(
    name = "up",
    description = "Starts Redis, the broker, the producer and workers, and keeps them running.",
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  @Option(names = "--workers", description = "How many worker processes.", paramLabel = "N")
  private int workers = 1;

  @Option(names = "--slots", description = "Jobs that a worker runs at once.", paramLabel = "N")
  private int slots = 10;

  @Option(names = "--port", description = "Of the API, on 127.0.0.1.", paramLabel = "P")
  private int port = 8080;

  @Option(names = "--data", description = "Where data and logs are kept.", paramLabel = "DIR")
  private Path data = Stint.home().resolve("data");

  @Option(names = "--config", description = "The catalogue and settings.", paramLabel = "FILE")
  private Path config = Stint.home().resolve("examples/quickstart/stint.yaml");

  @Option(
      names = "--drain-timeout",
      description = "How long running jobs get to end when all is stopped.",
      defaultValue = "30s",
      paramLabel = "TIME")
  private Duration drainTimeout = Duration.ZERO;

  @Option(
      names = "--redis",
      description = "A Redis to use instead of starting one (also $REDIS_URL).",
      defaultValue = "${env:REDIS_URL}",
      paramLabel = "URL")
  private @Nullable String redis;

  @Option(
      names = "--broker",
      description = "An AMQP 1.0 broker to use instead of starting one (also $BROKER_URL).",
      defaultValue = "${env:BROKER_URL}",
      paramLabel = "URL")
  private @Nullable String broker;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    var settings =
        new StackSettings(Stint.home(), config.toAbsolutePath().normalize(), port, redis, broker);
    try (var folder = DataFolder.lock(data);
        var launcher = Launcher.open(folder.path())) {
      var signals = StopSignals.install(Thread.currentThread(), launcher::killAll);
      try {
        runUntilStopped(new LocalStack(settings, folder, launcher), launcher, out);
      } catch (InterruptedException | Complaint e) {
        if (!signals.asked()) {
          throw e;
        }
      }
      say(out, "Draining the workers, then stopping everything. Ctrl-C again kills.");
    }
    say(out, "Stopped; what was queued is kept in " + data);
    return 0;
  }

  private void runUntilStopped(LocalStack stack, Launcher launcher, PrintWriter out)
      throws InterruptedException {
    say(out, "Starting; logs are in " + data.resolve("logs"));
    var engines = stack.start();
    stack.startWorkers(workers, new WorkerFlags(slots, drainTimeout, List.of()), engines);
    say(out, welcome());
    var supervisor = new Supervisor(launcher, InstantSource.system(), line -> say(out, line));
    stack.children().forEach(supervisor::watch);
    supervisor.run();
  }

  private String welcome() {
    String url = "http://127.0.0.1:" + port;
    return """
    Stint is up: %d worker(s) of %d slots each.
      API         %s/api/v1/jobs
      Swagger UI  %s/q/swagger-ui
      data        %s
      try         curl -s %s/api/v1/jobs -H 'Content-Type: application/json' -d '{"task":"square","params":{"number":7}}'
    Ctrl-C drains the workers and stops everything.\
    """
        .formatted(workers, slots, url, url, data, url);
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
