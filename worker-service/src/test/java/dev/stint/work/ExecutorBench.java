package dev.stint.work;

import dev.stint.handler.JobHandler;
import dev.stint.job.Job;
import dev.stint.job.JobIdSource;
import dev.stint.job.JobRepository;
import dev.stint.job.JobSpec;
import dev.stint.job.Publication;
import dev.stint.job.RetryPolicy;
import dev.stint.job.Submission;
import dev.stint.json.Json;
import dev.stint.lane.Lane;
import dev.stint.redis.RedisProcess;
import dev.stint.redis.RedisSettings;
import dev.stint.redis.RedisStore;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** An executor whose deliveries are made by hand, and whose jobs are in a real Redis. */
class ExecutorBench {
  static final Lane LANE = new Lane("default", "task");
  static final RetryPolicy THREE =
      new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 0);

  private static Vertx vertx;
  static RedisProcess redis;
  static RedisStore store;

  volatile Instant now = Instant.now();
  final InstantSource clock = () -> now;

  /** Nanoseconds that are passed beside those that pass. */
  final AtomicLong passed = new AtomicLong();

  final JobIdSource ids = new JobIdSource(clock, new Random(1));
  final RunningAttempts running =
      new RunningAttempts(store.journal(), () -> System.nanoTime() + passed.get());
  private final StoreCalls calls = new StoreCalls();
  final Tally tally = new Tally((_, _) -> {});

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    redis = RedisProcess.start();
    store = RedisStore.open(vertx, RedisSettings.of(redis.url()));
  }

  @AfterAll
  static void close() {
    store.close();
    redis.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** A delivery that notes what became of it. */
  static final class Hand implements Delivery {
    final List<String> settled = new CopyOnWriteArrayList<>();
    private final byte[] body;
    private final long ticket;
    volatile boolean lost;

    Hand(byte[] body, long ticket) {
      this.body = body;
      this.ticket = ticket;
    }

    @Override
    public Publication job() {
      return new Publication(Json.read(body, JobSpec.class), ticket);
    }

    @Override
    public byte[] body() {
      return body;
    }

    @Override
    public void accept() {
      settled.add("accepted");
    }

    @Override
    public void release() {
      settled.add("released");
    }

    @Override
    public void reject(String why) {
      settled.add("rejected: " + why);
    }

    @Override
    public boolean lost() {
      return lost;
    }
  }

  Publication submit(RetryPolicy retry, Duration timeout) {
    var spec =
        new JobSpec(
            ids.next(0),
            "task",
            "default",
            Map.of("n", 1),
            0,
            Map.of(),
            clock.instant(),
            null,
            timeout,
            retry);
    return ((Submission.Queued) store.jobs().submit(spec, null)).publication();
  }

  Publication submit() {
    return submit(THREE, Duration.ofMinutes(1));
  }

  static Hand hand(Publication job) {
    return new Hand(Json.writeBytes(job.spec()), job.ticket());
  }

  JobExecutor executor(JobHandler handler) {
    return executor(new Handlers(Map.of("task", handler)));
  }

  JobExecutor executor(Handlers handlers) {
    return executor(handlers, store.jobs());
  }

  JobExecutor executor(Handlers handlers, JobRepository jobs) {
    var tools =
        new JobExecutor.Toolbox(
            handlers, new Classifier(1_000, new Random(1)), running, calls, tally, clock);
    return new JobExecutor("me", inspector(), jobs, store.journal(), tools);
  }

  private Inspector inspector() {
    return new Inspector("me", store.deadLetters(), calls, tally, clock);
  }

  static Job job(Publication job) {
    return store.queries().find(job.spec().id()).orElseThrow();
  }
}
