package dev.stint.local.bench;

import dev.stint.local.process.Complaint;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Clients that post jobs at a steady rate, each over one connection of its own. An answer's time is
 * counted from the moment the request was due, so that one that is late makes those behind it late
 * too (Tene, "How NOT to Measure Latency", 2013).
 */
final class PacedClients implements AutoCloseable {
  private static final int CLIENTS = 16;

  private final URI producer;
  private final byte[] job;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  PacedClients(URI producer, byte[] job) {
    this.producer = producer;
    this.job = job;
  }

  /**
   * What came of some requests.
   *
   * @param nanos the time of each answer, sorted
   * @param refused how many were not answered with 202
   */
  record Answers(long[] nanos, int refused) {}

  /**
   * Posts for so long.
   *
   * @param rate requests a second, of all clients together
   */
  Answers post(int rate, long seconds) throws InterruptedException {
    long start = System.nanoTime();
    long step = TimeUnit.SECONDS.toNanos(CLIENTS) / rate;
    int each = (int) (TimeUnit.SECONDS.toNanos(seconds) / step);
    var clients = new ArrayList<Future<Answers>>();
    for (int client = 0; client < CLIENTS; client++) {
      long first = start + step * client / CLIENTS;
      clients.add(threads.submit(() -> post(first, step, each)));
    }
    return sum(clients);
  }

  private Answers post(long first, long step, int count) throws IOException, InterruptedException {
    var nanos = new long[count];
    int refused = 0;
    try (var connection = new HttpConnection(producer)) {
      for (int i = 0; i < count; i++) {
        long due = first + i * step;
        long wait = due - System.nanoTime();
        if (wait > 0) {
          TimeUnit.NANOSECONDS.sleep(wait);
        }
        refused += connection.post("/api/v1/jobs", job) == 202 ? 0 : 1;
        nanos[i] = System.nanoTime() - due;
      }
    }
    return new Answers(nanos, refused);
  }

  private static Answers sum(List<Future<Answers>> clients) throws InterruptedException {
    try {
      var all = new ArrayList<long[]>();
      int refused = 0;
      for (Future<Answers> client : clients) {
        all.add(client.get().nanos());
        refused += client.get().refused();
      }
      long[] nanos = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
      return new Answers(nanos, refused);
    } catch (ExecutionException e) {
      throw new Complaint("posting jobs failed", e.getCause() == null ? e : e.getCause());
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
