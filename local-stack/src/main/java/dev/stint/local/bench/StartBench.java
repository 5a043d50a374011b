package dev.stint.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stint.local.api.JobsClient;
import dev.stint.local.process.ChildProcess;
import dev.stint.local.process.Complaint;
import dev.stint.local.process.ProcessMemory;
import dev.stint.local.service.ServiceProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long a worker takes from its exec to its first job, with the engines up and the job waiting,
 * and how much memory it has then; native and on the JVM in turn. Times are those of the job's
 * record, which the worker's clock gave, to the millisecond.
 */
public final class StartBench implements AutoCloseable {
  public static final int SLOTS = 10;

  private static final long LOOK_MILLIS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Heartbeats go out every 2 s: after this, each kind of work an idle worker has was done. */
  private static final long IDLE_SECONDS = 5;

  private final BenchStack stack;
  private final JobsClient api;
  private final List<ServiceProgram> programs;
  private final InstantSource clock;
  private int started;

  private StartBench(BenchStack stack, List<ServiceProgram> programs, InstantSource clock) {
    this.stack = stack;
    this.api = new JobsClient(stack.api());
    this.programs = programs;
    this.clock = clock;
  }

  /**
   * Starts engines and producer.
   *
   * @param home the checkout, in which the worker's native binary is measured too if it was built
   * @param clock the system's, which the workers have too
   */
  public static StartBench open(Path home, InstantSource clock) throws InterruptedException {
    return new StartBench(
        BenchStack.start(home), ServiceProgram.all(home, "worker-service"), clock);
  }

  /** One start of each program. */
  public Figures run() throws InterruptedException {
    var figures = new Figures();
    for (var program : programs) {
      measure(program, figures);
    }
    return figures;
  }

  private void measure(ServiceProgram program, Figures figures) throws InterruptedException {
    String id = api.submit("noop", Map.of());
    Instant exec = clock.instant();
    ChildProcess worker = stack.launchWorker("worker-" + ++started, program, SLOTS);
    JsonNode job = awaitSuccess(id);
    put(figures, program, "exec to first job, ms", millis(exec, job.path("startedAt")));
    put(figures, program, "exec to its end, ms", millis(exec, job.path("finishedAt")));
    TimeUnit.SECONDS.sleep(IDLE_SECONDS);
    var memory = ProcessMemory.of(worker.pid());
    put(figures, program, "idle RSS, MB", memory.resident() / 1e6);
    put(figures, program, "of it anonymous, MB", memory.anonymous() / 1e6);
    long term = System.nanoTime();
    worker.terminate();
    if (!worker.awaitExit(PATIENCE)) {
      throw new Complaint(worker.name() + " does not end");
    }
    put(figures, program, "SIGTERM to exit, ms", (System.nanoTime() - term) / 1e6);
  }

  private JsonNode awaitSuccess(String id) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      JsonNode job = api.job(id);
      if (job.path("state").asText().equals("succeeded")) {
        return job;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    throw new Complaint("job " + id + " was not done in " + PATIENCE.toSeconds() + " s");
  }

  private static double millis(Instant from, JsonNode to) {
    return Duration.between(from, Instant.parse(to.asText())).toNanos() / 1e6;
  }

  private static void put(Figures figures, ServiceProgram program, String name, double value) {
    figures.put(program.mode() + ": " + name, value);
  }

  @Override
  public void close() throws InterruptedException {
    api.close();
    stack.close();
  }
}
