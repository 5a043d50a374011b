package dev.stint.local;

import dev.stint.local.bench.DrainBench;
import dev.stint.local.bench.KillBench;
import dev.stint.local.bench.OutageBench;
import dev.stint.local.bench.Rounds;
import dev.stint.local.bench.StartBench;
import dev.stint.local.bench.SubmitBench;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stint bench}: measurements, each with a stack of its own in a temporary folder. */
@Command(
    name = "bench",
    description = "Measures speed and processor time. Only the ratios within one run are sure.",
    mixinStandardHelpOptions = true)
final class BenchCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** What all measurements have in common. */
  static final class Common {
    @Option(names = "--rounds", description = "Repeats; medians are shown.", paramLabel = "N")
    private int rounds = 1;

    @Option(
        names = "--json",
        description = "Writes the figures of all rounds.",
        paramLabel = "FILE")
    private @Nullable Path json;
  }

  @Command(
      description = "One worker empties a queue of jobs that do nothing.",
      mixinStandardHelpOptions = true)
  int drain(
      @Option(names = "--jobs", defaultValue = "20000", paramLabel = "N") int jobs,
      @Option(names = "--slots", defaultValue = "50", paramLabel = "N") int slots,
      @Option(names = "--warmup", defaultValue = "50000", paramLabel = "N") int warmup,
      @Option(names = "--task", defaultValue = "noop", paramLabel = "TASK") String task,
      @Mixin Common common)
      throws Exception {
    var bench = new DrainBench(Stint.home(), task, jobs, warmup, slots);
    return run(
        new Rounds(
            "drain",
            Map.of("jobs", jobs, "slots", slots, "warmup", warmup, "task", task),
            bench::run),
        common);
  }

  @Command(
      description = "Clients post jobs one by one; no worker runs.",
      mixinStandardHelpOptions = true)
  int submit(
      @Option(names = "--clients", defaultValue = "8", paramLabel = "N") int clients,
      @Option(names = "--jobs", defaultValue = "20000", paramLabel = "N") int jobs,
      @Option(names = "--warmup", defaultValue = "50000", paramLabel = "N") int warmup,
      @Mixin Common common)
      throws Exception {
    var bench = new SubmitBench(Stint.home(), clients, jobs, warmup);
    return run(
        new Rounds(
            "submit", Map.of("clients", clients, "jobs", jobs, "warmup", warmup), bench::run),
        common);
  }

  @Command(
      description = {
        "A worker is started and runs a job that waits for it; on the JVM, and native if that is",
        "built (./stint native). Time and memory."
      },
      mixinStandardHelpOptions = true)
  int start(@Mixin Common common) throws Exception {
    try (var bench = StartBench.open(Stint.home(), InstantSource.system())) {
      return run(new Rounds("start", Map.of("slots", StartBench.SLOTS), bench::run), common);
    }
  }

  @Command(
      description = {
        "A worker whose slots are full is killed beside an idle one: how long its jobs wait."
      },
      mixinStandardHelpOptions = true)
  int kill(@Mixin Common common) throws Exception {
    try (var bench = KillBench.open(Stint.home())) {
      return run(
          new Rounds("kill", Map.of("slots", KillBench.SLOTS, "mode", bench.mode()), bench::run),
          common);
    }
  }

  @Command(
      description = "The broker is killed under load and stays away for 10 s: what clients notice.",
      mixinStandardHelpOptions = true)
  int outage(
      @Option(names = "--rate", defaultValue = "500", paramLabel = "N") int rate,
      @Option(names = "--slots", defaultValue = "50", paramLabel = "N") int slots,
      @Mixin Common common)
      throws Exception {
    var bench = new OutageBench(Stint.home(), rate, slots);
    return run(new Rounds("outage", Map.of("rate", rate, "slots", slots), bench::run), common);
  }

  private int run(Rounds measurement, Common common) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    measurement.run(common.rounds, out);
    if (common.json != null) {
      measurement.write(common.json);
    }
    return 0;
  }
}
