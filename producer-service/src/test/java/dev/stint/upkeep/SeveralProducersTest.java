package dev.stint.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.job.JobIdSource;
import dev.stint.job.JobQueue;
import dev.stint.job.JobSpec;
import dev.stint.job.Publication;
import dev.stint.job.RetryPolicy;
import dev.stint.redis.RedisProcess;
import dev.stint.redis.RedisSettings;
import dev.stint.redis.RedisStore;
import dev.stint.submit.Announcer;
import dev.stint.worker.WorkerInfo;
import dev.stint.worker.WorkerState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The chores of several producers at once, on one real Redis. */
class SeveralProducersTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final int JOBS = 700;

  private static RedisProcess redis;
  private static Vertx vertx;
  private static RedisStore store;

  private static final JobIdSource IDS = new JobIdSource(InstantSource.fixed(NOW), new Random(1));
  private final Broker broker = new Broker();

  @BeforeAll
  static void start() {
    redis = RedisProcess.start();
    vertx = Vertx.vertx();
    store = RedisStore.open(vertx, RedisSettings.of(redis.url()));
  }

  @AfterAll
  static void stop() {
    store.close();
    vertx.close();
    redis.close();
  }

  @Test
  void each_due_job_is_promoted_and_published_once() {
    for (int i = 0; i < JOBS; i++) {
      store.jobs().submit(spec(NOW.plusSeconds(60)), null);
    }
    var early = new DuePromoter(store.jobs(), announcer(), at(NOW.plusSeconds(59)));
    assertThat(early.runOnce()).isZero();

    int promoted =
        together(
            () -> new DuePromoter(store.jobs(), announcer(), at(NOW.plusSeconds(60))).runOnce());

    assertThat(promoted).isEqualTo(JOBS);
    assertThat(broker.published).hasSize(JOBS).doesNotHaveDuplicates();
    await().untilAsserted(() -> assertThat(store.outbox().size()).isZero());
  }

  @Test
  void no_ticket_is_published_twice_however_many_relay() {
    for (int i = 0; i < JOBS; i++) {
      store.jobs().submit(spec(null), null);
    }
    assertThat(relay(NOW.plusSeconds(1)).runOnce()).isZero();

    int relayed = together(() -> relay(NOW.plusSeconds(10)).runOnce());

    assertThat(relayed).isEqualTo(JOBS);
    assertThat(broker.published).hasSize(JOBS).doesNotHaveDuplicates();
    assertThat(broker.published).allSatisfy(each -> assertThat(each).endsWith("-2"));
    await().untilAsserted(() -> assertThat(store.outbox().size()).isZero());
  }

  @Test
  void what_the_broker_refuses_stays_in_the_outbox_with_a_new_ticket() {
    store.jobs().submit(spec(null), null);
    broker.refuses = true;
    assertThat(relay(NOW.plusSeconds(10)).runOnce()).isEqualTo(1);
    assertThat(store.outbox().size()).isEqualTo(1);

    broker.refuses = false;
    assertThat(relay(NOW.plusSeconds(11)).runOnce()).isZero();
    assertThat(relay(NOW.plusSeconds(20)).runOnce()).isEqualTo(1);

    assertThat(broker.published).singleElement().asString().endsWith("-3");
    await().untilAsserted(() -> assertThat(store.outbox().size()).isZero());
  }

  @Test
  void nothing_is_taken_from_the_outbox_while_there_is_no_broker() {
    store.jobs().submit(spec(null), null);
    broker.away = true;
    assertThat(relay(NOW.plusSeconds(10)).runOnce()).isZero();

    broker.away = false;
    assertThat(relay(NOW.plusSeconds(10)).runOnce()).isEqualTo(1);

    assertThat(broker.published).singleElement().asString().endsWith("-2");
    await().untilAsserted(() -> assertThat(store.outbox().size()).isZero());
  }

  @Test
  void a_lost_worker_is_found_by_one_producer() {
    store.workers().beat(worker(NOW));

    assertThat(new WorkerReaper(store.workers(), at(NOW.plusSeconds(9))).runOnce()).isZero();
    assertThat(together(() -> new WorkerReaper(store.workers(), at(NOW.plusSeconds(11))).runOnce()))
        .isEqualTo(1);
  }

  @Test
  void ended_jobs_are_pruned_when_their_retention_is_over() {
    var cancelled = new ArrayList<JobSpec>();
    for (int i = 0; i < JOBS; i++) {
      JobSpec spec = spec(NOW.plusSeconds(3600));
      store.jobs().submit(spec, null);
      store.jobs().cancel(spec.id(), null, NOW);
      cancelled.add(spec);
    }
    Instant over = NOW.plus(Duration.ofDays(15));

    assertThat(new JobPruner(store.pruning(), at(NOW.plusSeconds(60))).runOnce()).isZero();
    assertThat(together(() -> new JobPruner(store.pruning(), at(over)).runOnce())).isEqualTo(JOBS);
    assertThat(store.queries().find(cancelled.getLast().id())).isEmpty();
  }

  private OutboxRelay relay(Instant now) {
    return new OutboxRelay(store.outbox(), broker, announcer(), at(now));
  }

  private Announcer announcer() {
    return new Announcer(broker, store.outbox(), new SimpleMeterRegistry());
  }

  private JobSpec spec(Instant dueAt) {
    return new JobSpec(
        IDS.next(0),
        "any",
        "default",
        Map.of(),
        0,
        Map.of(),
        NOW,
        dueAt,
        Duration.ofSeconds(30),
        RetryPolicy.DEFAULT);
  }

  private static WorkerInfo worker(Instant seen) {
    return new WorkerInfo(
        "w",
        "w",
        "h",
        1,
        "0.1",
        "jvm",
        WorkerState.RUNNING,
        seen,
        seen,
        new WorkerInfo.SlotUse(1, 0),
        Map.of(),
        List.of(),
        List.of(),
        Map.of(),
        0,
        0);
  }

  private static InstantSource at(Instant now) {
    return InstantSource.fixed(now);
  }

  /** The same pass by four producers at once; the sum of what they did. */
  private static int together(Callable<Integer> pass) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int sum = 0;
      for (Future<Integer> done : threads.invokeAll(List.of(pass, pass, pass, pass))) {
        sum += done.resultNow();
      }
      return sum;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A broker that only remembers what it was given. */
  private static final class Broker implements JobQueue {
    final List<String> published = new CopyOnWriteArrayList<>();
    volatile boolean refuses;
    volatile boolean away;

    @Override
    public CompletionStage<Void> publish(Publication publication) {
      if (refuses) {
        return CompletableFuture.failedStage(new IllegalStateException("full"));
      }
      published.add(publication.spec().id() + "-" + publication.ticket());
      return CompletableFuture.completedStage(null);
    }

    @Override
    public boolean isReady() {
      return !away;
    }
  }
}
