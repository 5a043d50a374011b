package dev.stint.local.bench;

import dev.stint.local.process.Complaint;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that post jobs as fast as they are answered, each over one connection of its own. For one
 * thread.
 */
final class HttpClients {
  private final URI producer;
  private final int clients;
  private final byte[] job;

  /**
   * @param job the request's body
   */
  HttpClients(URI producer, int clients, byte[] job) {
    this.producer = producer;
    this.clients = clients;
    this.job = job;
  }

  /**
   * Posts so many jobs.
   *
   * @return the time of each answer in nanoseconds, sorted
   */
  long[] post(int jobs) throws InterruptedException {
    var left = new AtomicInteger(jobs);
    var answers = new ArrayList<Future<long[]>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < clients; client++) {
        answers.add(threads.submit(() -> postUntilNoneIsLeft(left)));
      }
    }
    return sorted(answers);
  }

  private long[] postUntilNoneIsLeft(AtomicInteger left) throws Exception {
    var times = new long[left.get()];
    int count = 0;
    try (var connection = new HttpConnection(producer)) {
      while (left.getAndDecrement() > 0) {
        long start = System.nanoTime();
        int status = connection.post("/api/v1/jobs", job);
        times[count++] = System.nanoTime() - start;
        if (status != 202) {
          left.set(0);
          throw new Complaint("POST /api/v1/jobs was answered with " + status);
        }
      }
    }
    return Arrays.copyOf(times, count);
  }

  private static long[] sorted(List<Future<long[]>> answers) throws InterruptedException {
    try {
      long[] all = new long[0];
      for (Future<long[]> one : answers) {
        long[] times = one.get();
        int before = all.length;
        all = Arrays.copyOf(all, before + times.length);
        System.arraycopy(times, 0, all, before, times.length);
      }
      Arrays.sort(all);
      return all;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Complaint complaint
          ? complaint
          : new Complaint("posting jobs failed", e.getCause() == null ? e : e.getCause());
    }
  }
}
