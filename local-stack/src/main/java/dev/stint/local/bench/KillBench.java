package dev.stint.local.bench;

import dev.stint.local.api.JobsClient;
import dev.stint.local.process.ChildProcess;
import dev.stint.local.process.Complaint;
import dev.stint.local.service.ServiceProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long jobs wait to be run again when their worker is killed: all its slots are full, another
 * worker is idle, and SIGKILL. Handlers write down when they start, by the clock that all processes
 * of the machine share.
 */
public final class KillBench implements AutoCloseable {
  public static final int SLOTS = 8;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long JOB_MILLIS = 120_000;
  private static final long LOOK_MILLIS = 20;

  private final BenchStack stack;
  private final JobsClient api;
  private final ServiceProgram program;
  private int round;

  private KillBench(BenchStack stack, ServiceProgram program) {
    this.stack = stack;
    this.api = new JobsClient(stack.api());
    this.program = program;
  }

  /**
   * Starts engines and producer.
   *
   * @param home the checkout; workers are native if that was built
   */
  public static KillBench open(Path home) throws InterruptedException {
    return new KillBench(BenchStack.start(home), ServiceProgram.find(home, "worker-service"));
  }

  /** What the workers run as: jvm or native. */
  public String mode() {
    return program.mode();
  }

  /** One kill. */
  public Figures run() throws InterruptedException {
    Path journal = stack.folder().resolve("journal-" + ++round);
    ChildProcess victim = start("victim-" + round);
    List<String> ids = submit(journal);
    starts(journal, SLOTS);
    ChildProcess heir = start("heir-" + round);

    long kill = System.nanoTime();
    victim.kill();
    List<Long> again = starts(journal, 2 * SLOTS).subList(SLOTS, 2 * SLOTS);

    for (String id : ids) {
      api.cancel(id);
    }
    heir.terminate();
    if (!heir.awaitExit(PATIENCE)) {
      throw new Complaint(heir.name() + " does not end");
    }
    return figures(again.stream().mapToLong(at -> at - kill).sorted().toArray());
  }

  private static Figures figures(long[] nanos) {
    var figures = new Figures();
    figures.put("SIGKILL to first job again, ms", nanos[0] / 1e6);
    figures.put("median of " + SLOTS + ", ms", SubmitBench.percentile(nanos, 50) / 1e6);
    figures.put("last, ms", nanos[nanos.length - 1] / 1e6);
    return figures;
  }

  private ChildProcess start(String name) throws InterruptedException {
    ChildProcess worker = stack.launchWorker(name, program, SLOTS);
    worker.awaitReady(PATIENCE);
    return worker;
  }

  private List<String> submit(Path journal) throws InterruptedException {
    var ids = new ArrayList<String>();
    for (int job = 0; job < SLOTS; job++) {
      ids.add(api.submit("journal", Map.of("path", journal.toString(), "millis", JOB_MILLIS)));
    }
    return ids;
  }

  /** Waits for so many starts; their times, in order. */
  private static List<Long> starts(Path journal, int count) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      List<Long> starts = starts(journal);
      if (starts.size() >= count) {
        return starts;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    throw new Complaint("the jobs did not run again within " + PATIENCE.toSeconds() + " s");
  }

  private static List<Long> starts(Path journal) {
    try {
      return Files.exists(journal)
          ? Files.readAllLines(journal).stream()
              .filter(line -> line.startsWith("S "))
              .map(line -> Long.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
              .sorted()
              .toList()
          : List.of();
    } catch (IOException e) {
      throw new Complaint("cannot read " + journal, e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    api.close();
    stack.close();
  }
}
