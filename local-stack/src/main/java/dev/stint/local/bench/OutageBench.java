package dev.stint.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stint.local.api.JobsClient;
import dev.stint.local.process.Complaint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What clients notice when the broker is killed under a steady load and stays away for {@link
 * #AWAY_SECONDS}; and how long the jobs that came meanwhile take once it is back.
 *
 * @param rate requests a second
 */
public record OutageBench(Path home, int rate, int slots) {
  public static final int AWAY_SECONDS = 10;

  /** Not shown: a JVM that has just started compiles itself. */
  private static final int WARMUP_SECONDS = 15;

  private static final int BEFORE_SECONDS = 10;
  private static final int AFTER_SECONDS = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long LOOK_MILLIS = 50;
  private static final byte[] JOB =
      "{\"task\":\"noop\",\"params\":{\"note\":\"a job of the outage bench\"}}"
          .getBytes(StandardCharsets.UTF_8);

  public Figures run() throws InterruptedException {
    try (var stack = BenchStack.start(home);
        var api = new JobsClient(stack.api());
        var clients = new PacedClients(stack.api(), JOB)) {
      stack.startWorker(slots);
      var figures = new Figures();
      var cold = clients.post(rate, WARMUP_SECONDS);
      var before = clients.post(rate, BEFORE_SECONDS);
      put(figures, "with broker", before);
      stack.killBroker();
      var away = clients.post(rate, AWAY_SECONDS);
      put(figures, "without", away);
      var after = duringRestart(stack, clients);
      put(figures, "from its restart on", after);
      long back = System.nanoTime();
      long accepted = accepted(cold) + accepted(before) + accepted(away) + accepted(after);
      awaitDone(api, accepted);
      figures.put("all done after, s", (System.nanoTime() - back) / 1e9);
      figures.put("accepted", accepted);
      return figures;
    }
  }

  /** The load goes on while the broker starts. */
  private PacedClients.Answers duringRestart(BenchStack stack, PacedClients clients)
      throws InterruptedException {
    try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<PacedClients.Answers> load = () -> clients.post(rate, AFTER_SECONDS);
      var answers = thread.submit(load);
      stack.restartBroker();
      return answers.get();
    } catch (ExecutionException e) {
      throw new Complaint("posting jobs failed", e.getCause() == null ? e : e.getCause());
    }
  }

  private static void put(Figures figures, String when, PacedClients.Answers answers) {
    figures.put(when + ": not 202", answers.refused());
    figures.put(when + ": p50 ms", SubmitBench.percentile(answers.nanos(), 50) / 1e6);
    figures.put(when + ": p99 ms", SubmitBench.percentile(answers.nanos(), 99) / 1e6);
  }

  private static long accepted(PacedClients.Answers answers) {
    return answers.nanos().length - answers.refused();
  }

  private static void awaitDone(JobsClient api, long jobs) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (succeeded(api) < jobs) {
      if (System.nanoTime() > deadline) {
        throw new Complaint("not all jobs were done within " + PATIENCE.toSeconds() + " s");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private static long succeeded(JobsClient api) throws InterruptedException {
    long sum = 0;
    for (JsonNode lane : api.queues().path("items")) {
      sum += lane.path("counts").path("succeeded").asLong();
    }
    return sum;
  }
}
