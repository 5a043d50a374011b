package dev.stint.submit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.job.Claim;
import dev.stint.job.JobId;
import dev.stint.job.JobIdSource;
import dev.stint.job.JobQueries;
import dev.stint.job.JobQueue;
import dev.stint.job.JobSpec;
import dev.stint.job.Publication;
import dev.stint.job.RetryPolicy;
import dev.stint.job.StateName;
import dev.stint.job.Submission;
import dev.stint.redis.RedisProcess;
import dev.stint.redis.RedisSettings;
import dev.stint.redis.RedisStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many jobs are cancelled while they move, on a real Redis. */
class BulkMoverTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private static RedisProcess redis;
  private static Vertx vertx;
  private static RedisStore store;

  private final JobIdSource ids = new JobIdSource(() -> NOW, new Random(1));

  @BeforeAll
  static void open() {
    redis = RedisProcess.start();
    vertx = Vertx.vertx();
    store = RedisStore.open(vertx, RedisSettings.of(redis.url()));
  }

  @AfterAll
  static void close() {
    store.close();
    vertx.close();
    redis.close();
  }

  @Test
  void jobs_that_move_between_the_look_and_the_cancel_are_each_treated_as_they_then_are() {
    var begun = submitted();
    var done = submitted();
    var still = submitted();
    Runnable meanwhile =
        () -> {
          claim(begun);
          store.jobs().complete(((Claim.Claimed) claim(done)).held(), "1", NOW);
        };
    var queries = movingAfterEachLook(meanwhile);
    var announcer = new Announcer(new Nowhere(), store.outbox(), new SimpleMeterRegistry());
    var mover = new BulkMover(store.jobs(), queries, announcer, () -> NOW);

    var summary = mover.cancel(new BulkRequest(StateName.QUEUED, "any", null, 100));

    assertThat(summary).isEqualTo(new BulkMover.Summary(1, 1, 1, false));
    assertThat(state(still)).isEqualTo(StateName.CANCELLED);
    assertThat(state(begun)).isEqualTo(StateName.RUNNING);
    assertThat(store.journal().cancelling(List.of(begun.spec().id()))).hasSize(1);
    assertThat(state(done)).isEqualTo(StateName.SUCCEEDED);
  }

  /** The store's queries; what they found moves on before it can be told. */
  private static JobQueries movingAfterEachLook(Runnable meanwhile) {
    InvocationHandler calls =
        (_, method, arguments) -> {
          var found = method.invoke(store.queries(), arguments);
          if (found instanceof List<?> some && !some.isEmpty()) {
            meanwhile.run();
          }
          return found;
        };
    return (JobQueries)
        Proxy.newProxyInstance(
            JobQueries.class.getClassLoader(), new Class<?>[] {JobQueries.class}, calls);
  }

  private Publication submitted() {
    var spec =
        new JobSpec(
            ids.next(0),
            "any",
            "default",
            Map.of(),
            0,
            Map.of(),
            NOW,
            null,
            Duration.ofSeconds(30),
            RetryPolicy.DEFAULT);
    return ((Submission.Queued) store.jobs().submit(spec, null)).publication();
  }

  private static Claim claim(Publication job) {
    return store.jobs().claim(job.spec().id(), job.ticket(), "w", NOW);
  }

  private static StateName state(Publication job) {
    JobId id = job.spec().id();
    return store.queries().find(id).orElseThrow().state().name();
  }

  private static final class Nowhere implements JobQueue {
    @Override
    public CompletionStage<Void> publish(Publication publication) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public boolean isReady() {
      return true;
    }
  }
}
