package dev.stint.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.stint.job.Claim;
import dev.stint.job.Held;
import dev.stint.job.JobIdSource;
import dev.stint.job.JobQueue;
import dev.stint.job.JobSpec;
import dev.stint.job.JobState;
import dev.stint.job.Publication;
import dev.stint.job.RetryPolicy;
import dev.stint.job.StateName;
import dev.stint.job.StoreUnavailableException;
import dev.stint.job.Submission;
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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The two looks, on a real Redis, in a time of the test's own: two seconds from pass to pass. */
class ReconcilerTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final String LANE = "default/any";

  private final Broker broker = new Broker();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final JobIdSource ids = new JobIdSource(() -> NOW, new Random(1));
  private RedisProcess redis;
  private Vertx vertx;
  private RedisStore store;
  private Reconciler reconciler;

  /** What the producer's clocks say: seconds since the test began. */
  private int seconds;

  /** How far its wall clock was set since. */
  private Duration set = Duration.ZERO;

  @BeforeEach
  void start() {
    redis = RedisProcess.start();
    vertx = Vertx.vertx();
    store = RedisStore.open(vertx, RedisSettings.of(redis.url()));
    reconciler = reconciler();
  }

  @AfterEach
  void stop() {
    store.close();
    vertx.close();
    redis.close();
  }

  private Reconciler reconciler() {
    var announcer = new Announcer(broker, store.outbox(), meters);
    var rescuer = new Rescuer(store.jobs(), announcer, meters, this::now);
    return new Reconciler(
        store.workers(), store.survey(), rescuer, this::now, () -> seconds * 1_000_000_000L);
  }

  private Instant now() {
    return NOW.plusSeconds(seconds).plus(set);
  }

  /** Passes time, with a heartbeat and a pass of the reconciler every two seconds. */
  private int pass(int duration, Runnable beat) {
    int rescued = 0;
    for (int end = seconds + duration; seconds < end; ) {
      seconds += 2;
      beat.run();
      rescued += reconciler.runOnce();
    }
    return rescued;
  }

  @Test
  void a_queued_job_whose_lane_was_seen_empty_since_is_published_again_once() {
    var job = queued();

    assertThat(pass(14, () -> beat(List.of(), Map.of(LANE, 0L)))).isZero();
    assertThat(pass(4, () -> beat(List.of(), Map.of(LANE, 0L)))).isEqualTo(1);
    store.jobs().claim(job.id(), 2, "w", now());
    var held = List.of(job.id().value());
    assertThat(pass(60, () -> beat(held, Map.of(LANE, 0L)))).isZero();

    assertThat(broker.published).singleElement().asString().endsWith("-2");
    assertThat(meters.counter("stint.rescued", "from", "queued").count()).isEqualTo(1);
    assertThat(meters.counter("stint.rescued", "from", "running").count()).isZero();
  }

  @Test
  void what_is_lost_again_is_published_again() {
    queued();
    pass(20, () -> beat(List.of(), Map.of(LANE, 0L)));

    await().until(() -> store.outbox().size() == 0);
    pass(20, () -> beat(List.of(), Map.of(LANE, 0L)));

    assertThat(broker.published).hasSize(2);
    assertThat(broker.published.getLast()).endsWith("-3");
  }

  @Test
  void in_a_lane_that_nobody_sees_empty_nothing_is_published_again() {
    queued();

    assertThat(pass(120, () -> beat(List.of(), Map.of("default/other", 0L)))).isZero();
    assertThat(broker.published).isEmpty();
  }

  @Test
  void a_lane_that_was_empty_before_the_job_was_seen_proves_nothing() {
    queued();

    int begin = seconds;
    assertThat(pass(120, () -> beat(List.of(), Map.of(LANE, (seconds - begin) * 1_000L)))).isZero();
  }

  @Test
  void the_last_word_of_a_worker_that_died_proves_nothing() {
    pass(4, () -> beat(List.of(), Map.of(LANE, 0L)));
    queued();

    assertThat(pass(120, () -> {})).isZero();
  }

  @Test
  void clocks_of_workers_that_are_wrong_change_nothing() {
    queued();
    var running = running();
    var id = running.id().value();

    // Hours ahead, and then back: a worker that beats lives, and one that does not is dead.
    assertThat(pass(60, () -> beat(now().plusSeconds(9_000), List.of(id), Map.of()))).isZero();
    assertThat(pass(60, () -> beat(now().minusSeconds(9_000), List.of(id), Map.of()))).isZero();
    beat(now().plusSeconds(9_000), List.of(id), Map.of(LANE, 0L));
    assertThat(pass(60, () -> {})).isEqualTo(1);
    assertThat(state(running)).isEqualTo(StateName.QUEUED);
  }

  @Test
  void a_producers_clock_that_is_set_rescues_nothing_that_runs_or_waits() {
    var held = running();
    queued();
    var reaper = new WorkerReaper(store.workers(), this::now);
    Runnable upkeep =
        () -> {
          beat(NOW.plusSeconds(seconds), List.of(held.id().value()), Map.of());
          reaper.runOnce();
          reaper.runOnce();
        };
    for (int hours : List.of(0, 3, -3, 0)) {
      set = Duration.ofHours(hours);
      assertThat(pass(60, upkeep)).isZero();
    }

    assertThat(state(held)).isEqualTo(StateName.RUNNING);
    assertThat(broker.published).isEmpty();
    assertThat(store.workers().list(now())).hasSize(1);
  }

  @Test
  void a_queued_job_that_a_worker_holds_is_not_lost() {
    var held = queued();

    assertThat(pass(60, () -> beat(List.of(held.id().value()), Map.of(LANE, 0L)))).isZero();
  }

  @Test
  void a_running_job_that_its_worker_holds_is_left_alone_for_ever() {
    var held = running();

    assertThat(pass(600, () -> beat(List.of(held.id().value()), Map.of(LANE, 0L)))).isZero();
    assertThat(store.jobs().complete(held, null, now()).applied()).isTrue();
  }

  @Test
  void a_running_job_that_its_worker_does_not_hold_is_rescued() {
    var held = running();

    assertThat(pass(14, () -> beat(List.of(), Map.of()))).isZero();
    assertThat(pass(10, () -> beat(List.of(), Map.of()))).isEqualTo(1);

    assertThat(state(held)).isEqualTo(StateName.QUEUED);
    assertThat(broker.published).singleElement().asString().endsWith("-2");
    assertThat(meters.counter("stint.rescued", "from", "running").count()).isEqualTo(1);
  }

  @Test
  void a_running_job_whose_worker_fell_silent_is_rescued_later() {
    var held = running();
    var id = held.id().value();
    pass(20, () -> beat(List.of(id), Map.of()));

    assertThat(pass(36, () -> {})).isZero();
    assertThat(pass(10, () -> {})).isEqualTo(1);
    assertThat(state(held)).isEqualTo(StateName.QUEUED);
  }

  @Test
  void a_worker_that_is_back_in_time_keeps_its_job() {
    var held = running();
    var id = held.id().value();
    pass(20, () -> beat(List.of(id), Map.of()));
    pass(36, () -> {});

    assertThat(pass(120, () -> beat(List.of(id), Map.of()))).isZero();
    assertThat(store.jobs().complete(held, null, now()).applied()).isTrue();
  }

  @Test
  void a_running_job_whose_worker_nobody_knows_is_rescued() {
    var held = running();

    assertThat(pass(28, () -> {})).isZero();
    assertThat(pass(10, () -> {})).isEqualTo(1);
    assertThat(state(held)).isEqualTo(StateName.QUEUED);
  }

  @Test
  void without_an_attempt_left_it_fails_and_nothing_is_published() {
    var held = running(RetryPolicy.DEFAULT.withMaxAttempts(1));

    assertThat(pass(40, () -> {})).isEqualTo(1);

    assertThat(store.queries().find(held.id()).orElseThrow().state())
        .isInstanceOf(JobState.Failed.class);
    assertThat(broker.published).isEmpty();
  }

  @Test
  void while_redis_is_away_nobody_counts_as_silent() {
    var held = running();
    var id = held.id().value();
    pass(20, () -> beat(List.of(id), Map.of()));
    pass(36, () -> {});

    redis.freeze();
    assertThatThrownBy(() -> reconciler.runOnce()).isInstanceOf(StoreUnavailableException.class);
    redis.thaw();
    await().ignoreExceptions().until(() -> store.queries().find(held.id()).isPresent());

    assertThat(pass(28, () -> {})).isZero();
    assertThat(state(held)).isEqualTo(StateName.RUNNING);
  }

  @Test
  void a_producer_that_stood_still_has_seen_nothing_twice() {
    queued();
    var held = running();
    pass(14, () -> beat(List.of(), Map.of(LANE, 0L)));
    seconds += 3_600;

    assertThat(pass(14, () -> beat(List.of(), Map.of(LANE, 0L)))).isZero();
    assertThat(state(held)).isEqualTo(StateName.RUNNING);
  }

  @Test
  void of_two_producers_one_rescues_each_job() {
    for (int i = 0; i < 700; i++) {
      queued();
    }
    running();
    var other = reconciler();

    int rescued = 0;
    for (int i = 0; i < 60; i++) {
      seconds += 2;
      beat(List.of(), Map.of(LANE, 0L));
      rescued += reconciler.runOnce() + other.runOnce();
      await().until(() -> store.outbox().size() == 0);
      if (rescued >= 701) {
        break;
      }
    }

    assertThat(rescued).isEqualTo(701);
    assertThat(broker.published).hasSize(701).doesNotHaveDuplicates();
    assertThat(broker.published).allSatisfy(each -> assertThat(each).endsWith("-2"));
  }

  private JobSpec queued() {
    var publication = submitted(RetryPolicy.DEFAULT);
    store.outbox().confirmed(publication);
    await().until(() -> store.outbox().size() == 0);
    return publication.spec();
  }

  private Held running() {
    return running(RetryPolicy.DEFAULT);
  }

  private Held running(RetryPolicy retry) {
    var publication = submitted(retry);
    store.outbox().confirmed(publication);
    var claim = store.jobs().claim(publication.spec().id(), publication.ticket(), "w", now());
    await().until(() -> store.outbox().size() == 0);
    return ((Claim.Claimed) claim).held();
  }

  private Publication submitted(RetryPolicy retry) {
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
            retry);
    return ((Submission.Queued) store.jobs().submit(spec, null)).publication();
  }

  private StateName state(Held held) {
    return store.queries().find(held.id()).orElseThrow().state().name();
  }

  private void beat(List<String> running, Map<String, Long> seenEmpty) {
    beat(now(), running, seenEmpty);
  }

  private void beat(Instant seenAt, List<String> running, Map<String, Long> seenEmpty) {
    store
        .workers()
        .beat(
            new WorkerInfo(
                "w",
                "w",
                "h",
                1,
                "0.1",
                "jvm",
                WorkerState.RUNNING,
                NOW,
                seenAt,
                new WorkerInfo.SlotUse(4, 1),
                Map.of(),
                List.of(LANE),
                running,
                seenEmpty,
                0,
                0));
  }

  /** A broker that confirms, and loses, everything. */
  private static final class Broker implements JobQueue {
    final List<String> published = new CopyOnWriteArrayList<>();

    @Override
    public CompletionStage<Void> publish(Publication publication) {
      published.add(publication.spec().id() + "-" + publication.ticket());
      return CompletableFuture.completedStage(null);
    }

    @Override
    public boolean isReady() {
      return true;
    }
  }
}
