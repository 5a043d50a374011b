package dev.stint.redis;

import dev.stint.job.Claim;
import dev.stint.job.JobId;
import dev.stint.job.JobIdSource;
import dev.stint.job.JobSpec;
import dev.stint.job.RetryPolicy;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Measures what submitting, and claiming and completing, costs Redis and this process: {@code
 * PairsMain [jobs] [threads] [connections]}. Prints microseconds of processor time a job.
 */
final class PairsMain {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final int TICKS_PER_SECOND = 100;

  private PairsMain() {}

  public static void main(String[] args) throws Exception {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 50_000;
    int threads = args.length > 1 ? Integer.parseInt(args[1]) : 50;
    int connections = args.length > 2 ? Integer.parseInt(args[2]) : 2;
    var ids = new JobIdSource(CLOCK, new Random());
    var vertx = Vertx.vertx();
    try (var redis = RedisProcess.start()) {
      var defaults = RedisSettings.of(redis.url());
      var settings =
          new RedisSettings(
              redis.url(),
              connections,
              defaults.partitions(),
              defaults.retention(),
              defaults.timeLimit());
      try (var store = RedisStore.open(vertx, settings)) {
        for (String round : List.of("warm-up", "measured", "measured")) {
          var specs = Stream.generate(() -> spec(ids.next(0))).limit(count).toList();
          measure(
              round + " submit",
              redis,
              specs,
              threads,
              spec -> {
                store.jobs().submit(spec, null);
              });
          measure(
              round + " claim + complete", redis, specs, threads, spec -> pair(store, spec.id()));
        }
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static void pair(RedisStore store, JobId id) {
    var claim = store.jobs().claim(id, 1, "worker-1", CLOCK.instant());
    if (!(claim instanceof Claim.Claimed(var held))) {
      throw new IllegalStateException("not claimed: " + claim);
    }
    if (!store.jobs().complete(held, "{\"answer\":42}", CLOCK.instant()).applied()) {
      throw new IllegalStateException("not completed: " + id);
    }
  }

  private static JobSpec spec(JobId id) {
    return new JobSpec(
        id,
        "square",
        "default",
        Map.of("number", 7),
        0,
        Map.of(),
        id.createdAt(),
        null,
        Duration.ofMinutes(5),
        RetryPolicy.DEFAULT);
  }

  private static void measure(
      String name, RedisProcess redis, List<JobSpec> specs, int threads, Consumer<JobSpec> call)
      throws Exception {
    long self = ProcessHandle.current().pid();
    long start = System.nanoTime();
    double redisBefore = cpuSeconds(redis.pid());
    double selfBefore = cpuSeconds(self);
    var next = new AtomicInteger();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < threads; i++) {
        pool.submit(() -> {
          for (int n = next.getAndIncrement(); n < specs.size(); n = next.getAndIncrement()) {
            call.accept(specs.get(n));
          }
        });
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%-28s %7.0f/s   Redis %5.1f us   client %5.1f us%n",
        name,
        specs.size() / seconds,
        (cpuSeconds(redis.pid()) - redisBefore) * 1e6 / specs.size(),
        (cpuSeconds(self) - selfBefore) * 1e6 / specs.size());
  }

  /** User and system time: fields 14 and 15 of /proc/PID/stat, see proc(5). */
  private static double cpuSeconds(long pid) throws Exception {
    var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_PER_SECOND;
  }
}
