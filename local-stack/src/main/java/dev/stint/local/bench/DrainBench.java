package dev.stint.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stint.local.api.JobsClient;
import dev.stint.local.process.Complaint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * How fast one worker empties a queue, and what that costs: all jobs are queued first, then the
 * worker is started; from the moment the warm-up jobs are done, until all are, counts.
 *
 * @param home the checkout
 * @param task a task of {@code bench.yaml}
 */
public record DrainBench(Path home, String task, int jobs, int warmup, int slots) {
  private static final int CLIENTS = 16;
  private static final long LOOK_MILLIS = 100;
  private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(60);

  public Figures run() throws InterruptedException {
    byte[] job = ("{\"task\":\"" + task + "\"}").getBytes(StandardCharsets.UTF_8);
    try (var stack = BenchStack.start(home);
        var api = new JobsClient(stack.api())) {
      new HttpClients(stack.api(), CLIENTS, job).post(warmup + jobs);
      stack.startWorker(slots);
      Sample start = stack.sample(awaitDone(api, warmup));
      Sample end = stack.sample(awaitDone(api, warmup + jobs));
      return Figures.between(start, end);
    }
  }

  /** Waits until at least so many jobs have ended; says how many. */
  private static long awaitDone(JobsClient api, long atLeast) throws InterruptedException {
    long before = -1;
    long changedAt = System.nanoTime();
    while (true) {
      long done = ended(api.queues());
      if (done >= atLeast) {
        return done;
      }
      if (done > before) {
        before = done;
        changedAt = System.nanoTime();
      } else if (System.nanoTime() - changedAt > GIVE_UP_NANOS) {
        throw new Complaint("no job has ended for a minute; " + done + " of " + atLeast + " did");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private static long ended(JsonNode queues) {
    long ended = 0;
    for (JsonNode lane : queues.path("items")) {
      for (JsonNode count : lane.path("ended")) {
        ended += count.asLong();
      }
    }
    return ended;
  }
}
