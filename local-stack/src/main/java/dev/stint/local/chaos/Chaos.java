package dev.stint.local.chaos;

import dev.stint.local.process.Complaint;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * A run: a stack under load, to which everything happens that a plan says; then quiet; then a look
 * at whether all promises were kept. The same seed gives the same faults and the same jobs; how
 * they meet is the machine's doing.
 */
public final class Chaos {
  /** The limits of chaos.yaml. */
  private static final Map<String, Integer> LIMITS =
      Map.of("steady", 2, "long", 3, "long-command", 3);

  private final ChaosSettings settings;
  private final Plan plan;
  private final PrintWriter out;

  /**
   * @param lasts how long faults are injected
   */
  public Chaos(ChaosSettings settings, long seed, Duration lasts, PrintWriter out) {
    this.settings = settings;
    this.plan = Plan.draw(seed, lasts);
    this.out = out;
  }

  /** The faults that a run injects, a line each. */
  public List<String> plan() {
    return Stream.concat(
            plan.entries().stream().map(Object::toString),
            Stream.of(plan.entries().size() + " faults, " + plan.kills() + " of them kills"))
        .toList();
  }

  /**
   * Does it. If something does not hold, all data are kept, and it is said where.
   *
   * @throws Complaint if there is no way to begin, or the stack does not come to its feet again
   */
  public Report run() throws InterruptedException {
    if (!Files.isDirectory(Path.of("/proc/self/fd"))) {
      throw new Complaint("chaos needs Linux: it looks into /proc");
    }
    settings.check();
    say("seed " + plan.seed() + ", " + plan.duration().toMinutes() + " min of faults; " + settings);
    var folder = ChaosFolder.make();
    say("data are in " + folder.path());
    Report report;
    try (var stack = ChaosStack.start(settings, folder)) {
      report = run(stack);
    } catch (IOException | ExecutionException e) {
      throw new Complaint("the run broke off; see " + folder.path(), e);
    }
    say(report.toString());
    if (report.isGood()) {
      folder.delete();
    } else {
      say("data and logs are kept in " + folder.path());
    }
    return report;
  }

  private Report run(ChaosStack stack)
      throws InterruptedException, IOException, ExecutionException {
    var ledger = new Ledger();
    var outages = new Outages();
    var intruder = new Intruder(stack);
    var aftermath = new Aftermath(stack, ledger, intruder, this::say);
    var urls = Names.PRODUCERS.stream().map(stack::url).toList();
    Injector injected;
    try (var producers = new Producers(urls)) {
      var stream = new JobStream(producers, new AskSource(plan.seed()), ledger);
      try (var injector = new Injector(stack, outages, intruder, stream, this::say)) {
        inject(injector, stream);
        say(ledger.size() + " jobs accepted; no more faults; waiting for quiet");
        aftermath.settle(stream, producers);
        injected = injector;
      }
    }
    // The client's connections are closed by now: what a producer still holds, it holds itself.
    try (var producers = new Producers(urls)) {
      var evidence = aftermath.evidence(producers, outages, injected);
      return new Report(plan.seed(), injected.injected(), evidence, check(evidence));
    }
  }

  /** All the faults, while jobs are asked for. */
  private void inject(Injector injector, JobStream stream)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asking =
          threads.submit(() -> {
            stream.run();
            return null;
          });
      try {
        injector.run(plan);
      } finally {
        stream.stop();
      }
      asking.get();
    }
  }

  private static List<Finding> check(Evidence evidence) {
    return Stream.of(
            new JobRules(evidence).check(),
            new RunRules(evidence, LIMITS).check(),
            new StoreRules(evidence).check(),
            new StrayRules(evidence).check(),
            new ProcessRules(evidence).check())
        .flatMap(List::stream)
        .toList();
  }

  private synchronized void say(String line) {
    out.println(line);
    out.flush();
  }
}
