package dev.stint.local.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * How fast jobs are accepted one by one, and what that costs: no worker runs, so all that is
 * measured is the way in.
 *
 * @param home the checkout
 * @param clients connections, each with one request at a time
 */
public record SubmitBench(Path home, int clients, int jobs, int warmup) {
  private static final byte[] JOB =
      "{\"task\":\"noop\",\"params\":{\"note\":\"a job of the submit bench\"}}"
          .getBytes(StandardCharsets.UTF_8);

  public Figures run() throws InterruptedException {
    try (var stack = BenchStack.start(home)) {
      var load = new HttpClients(stack.api(), clients, JOB);
      load.post(warmup);
      Sample start = stack.sample(0);
      long[] nanos = load.post(jobs);
      Figures figures = Figures.between(start, stack.sample(nanos.length));
      figures.put("p50 ms", percentile(nanos, 50) / 1e6);
      figures.put("p99 ms", percentile(nanos, 99) / 1e6);
      return figures;
    }
  }

  /**
   * The nearest-rank percentile.
   *
   * @param sorted not empty
   */
  static long percentile(long[] sorted, int percent) {
    int rank = (int) Math.ceil(sorted.length * percent / 100.0);
    return sorted[Math.max(0, rank - 1)];
  }
}
