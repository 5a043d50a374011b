package dev.stint.local.demo;

import dev.stint.local.api.JobsClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Runs a {@code sha256} job for each file, a bounded number at a time, and checks each result
 * against a digest of its own.
 */
public final class Demo {
  /** Enough to keep some dozens of slots busy; few enough that waiting for them costs nothing. */
  private static final int IN_FLIGHT = 64;

  private static final Duration SHOW_EVERY = Duration.ofMillis(200);

  private final FileCheck check;

  public Demo(JobsClient jobs) {
    this.check = new FileCheck(jobs);
  }

  /**
   * What became of the files.
   *
   * @param problems a line for each job that failed and each digest that differs
   */
  public record Report(int jobs, int failed, int mismatches, Duration took, List<String> problems) {
    public boolean isGood() {
      return failed == 0 && mismatches == 0;
    }

    public double perSecond() {
      return jobs / Math.max(1e-9, took.toNanos() / 1e9);
    }
  }

  /**
   * @param progress gets the number of files checked so far, now and then and at the end
   */
  public Report run(List<Path> files, IntConsumer progress) throws InterruptedException {
    long start = System.nanoTime();
    var todo = new ConcurrentLinkedQueue<>(files);
    var verdicts = new ConcurrentLinkedQueue<FileCheck.Verdict>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> lanes =
          IntStream.range(0, Math.min(IN_FLIGHT, files.size()))
              .<Future<?>>mapToObj(_ -> threads.submit(() -> checkAll(todo, verdicts)))
              .toList();
      for (Future<?> lane : lanes) {
        await(lane, () -> progress.accept(verdicts.size()));
      }
    }
    progress.accept(verdicts.size());
    return report(verdicts, Duration.ofNanos(System.nanoTime() - start));
  }

  private Void checkAll(Queue<Path> todo, Queue<FileCheck.Verdict> verdicts)
      throws InterruptedException {
    try {
      for (Path file = todo.poll(); file != null; file = todo.poll()) {
        verdicts.add(check.check(file));
      }
      return null;
    } catch (RuntimeException e) {
      todo.clear(); // the others need not go on
      throw e;
    }
  }

  private static void await(Future<?> lane, Runnable meanwhile) throws InterruptedException {
    while (true) {
      try {
        lane.get(SHOW_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        meanwhile.run();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
      }
    }
  }

  private static Report report(Queue<FileCheck.Verdict> verdicts, Duration took) {
    int failed = 0;
    int mismatches = 0;
    var problems = new ArrayList<String>();
    for (FileCheck.Verdict verdict : verdicts) {
      switch (verdict) {
        case FileCheck.Match _ -> {}
        case FileCheck.Mismatch(var file, var expected, var got) -> {
          mismatches++;
          problems.add(file + ": expected " + expected + ", got " + got);
        }
        case FileCheck.NoResult(var file, var why) -> {
          failed++;
          problems.add(file + ": " + why);
        }
      }
    }
    return new Report(verdicts.size(), failed, mismatches, took, problems);
  }
}
