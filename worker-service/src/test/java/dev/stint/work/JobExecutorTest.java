package dev.stint.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.handler.JobContext;
import dev.stint.handler.JobHandler;
import dev.stint.handler.Outcome;
import dev.stint.job.Failure;
import dev.stint.job.FailureKind;
import dev.stint.job.Job;
import dev.stint.job.JobIdSource;
import dev.stint.job.JobSpec;
import dev.stint.job.JobState;
import dev.stint.job.Moved;
import dev.stint.job.Publication;
import dev.stint.job.StateName;
import dev.stint.job.Submission;
import dev.stint.json.Json;
import dev.stint.lane.Lane;
import dev.stint.redis.RedisProcess;
import dev.stint.redis.RedisSettings;
import dev.stint.redis.RedisStore;
import dev.stint.task.RetryPolicy;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Deliveries made by hand, jobs in a real Redis. */
class JobExecutorTest {
  private static final Lane LANE = new Lane("default", "task");
  private static final RetryPolicy THREE =
      new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 0);

  private static Vertx vertx;
  private static RedisProcess redis;
  private static RedisStore store;

  private final InstantSource clock = InstantSource.system();
  private final JobIdSource ids = new JobIdSource(clock, new Random(1));
  private final RunningAttempts running = new RunningAttempts(store.journal(), clock);
  private final StoreCalls calls = new StoreCalls();
  private final Tally tally = new Tally((_, _) -> {});

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
  private static final class Hand implements Delivery {
    final List<String> settled = new CopyOnWriteArrayList<>();
    private final byte[] body;
    private final long ticket;
    private volatile boolean lost;

    Hand(byte[] body, long ticket) {
      this.body = body;
      this.ticket = ticket;
    }

    @Override
    public Publication job() {
      return new Publication(Json.read(body, JobSpec.class), ticket);
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

  private Publication submit(RetryPolicy retry, Duration timeout) {
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

  private Publication submit() {
    return submit(THREE, Duration.ofMinutes(1));
  }

  private static Hand hand(Publication job) {
    return new Hand(Json.writeBytes(job.spec()), job.ticket());
  }

  private JobExecutor executor(JobHandler handler) {
    return executor(new Handlers(Map.of("task", handler)));
  }

  private JobExecutor executor(Handlers handlers) {
    var tools =
        new JobExecutor.Toolbox(
            handlers, new Classifier(1_000, new Random(1)), running, calls, tally, clock);
    return new JobExecutor("me", store.jobs(), store.journal(), tools);
  }

  private static Job job(Publication job) {
    return store.queries().find(job.spec().id()).orElseThrow();
  }

  @Test
  void a_result_is_stored_before_the_delivery_is_accepted() {
    var job = submit();
    var delivery = hand(job);

    executor(_ -> Outcome.done(Map.of("x", 1))).run(LANE, delivery);

    assertThat(delivery.settled).containsExactly("accepted");
    assertThat(job(job).state().name()).isEqualTo(StateName.SUCCEEDED);
    assertThat(store.queries().result(job.spec().id()).orElseThrow().json()).isEqualTo("{\"x\":1}");
  }

  @Test
  void the_handler_sees_its_job() {
    var job = submit();
    var seen = new CopyOnWriteArrayList<>();

    executor(
            (JobContext context) -> {
              seen.addAll(
                  List.of(
                      context.jobId(),
                      context.task(),
                      context.queue(),
                      context.attempt(),
                      context.maxAttempts(),
                      context.params()));
              return Outcome.done();
            })
        .run(LANE, hand(job));

    assertThat(seen)
        .containsExactly(job.spec().id().value(), "task", "default", 1, 3, Map.of("n", 1));
  }

  @Test
  void whatever_is_thrown_is_that_attempts_failure() {
    var job = submit();
    var delivery = hand(job);

    executor(
            _ -> {
              throw new StackOverflowError("deep");
            })
        .run(LANE, delivery);

    assertThat(delivery.settled).containsExactly("accepted");
    var state = (JobState.Retrying) job(job).state();
    assertThat(state.failure().kind()).isEqualTo(FailureKind.ERROR);
    assertThat(state.failure().message()).isEqualTo("StackOverflowError: deep");
    assertThat(state.failure().stack()).contains("JobExecutorTest");
  }

  @Test
  void without_an_attempt_left_the_job_fails() {
    var job = submit(THREE.withMaxAttempts(1), Duration.ofMinutes(1));

    executor(_ -> Outcome.failed("no")).run(LANE, hand(job));

    assertThat(((JobState.Failed) job(job).state()).failure().message()).isEqualTo("no");
  }

  @Test
  void a_rejection_is_final_with_attempts_left() {
    var job = submit();

    executor(_ -> Outcome.rejected("never")).run(LANE, hand(job));

    assertThat(job(job).state().name()).isEqualTo(StateName.FAILED);
  }

  @Test
  void a_wish_to_wait_goes_before_the_policy() {
    var job = submit();

    executor(_ -> Outcome.retryAfter(Duration.ofHours(1), "later")).run(LANE, hand(job));

    assertThat(((JobState.Retrying) job(job).state()).dueAt())
        .isAfter(clock.instant().plus(Duration.ofMinutes(59)));
  }

  @Test
  void a_result_over_the_limit_or_without_a_form_fails_for_good() {
    var large = submit();
    executor(_ -> Outcome.done("x".repeat(999))).run(LANE, hand(large));
    var odd = submit();
    executor(_ -> Outcome.done(new Object())).run(LANE, hand(odd));

    assertThat(((JobState.Failed) job(large).state()).failure().message())
        .isEqualTo("the result is larger than 1000 bytes");
    assertThat(((JobState.Failed) job(odd).state()).failure().kind()).isEqualTo(FailureKind.RESULT);
  }

  @Test
  void a_second_delivery_of_an_ended_job_is_dropped_without_running() {
    var job = submit();
    executor(_ -> Outcome.done(1)).run(LANE, hand(job));
    var again = hand(job);

    executor(_ -> Outcome.done(2)).run(LANE, again);

    assertThat(again.settled).containsExactly("accepted");
    assertThat(store.queries().result(job.spec().id()).orElseThrow().json()).isEqualTo("1");
  }

  @Test
  void a_job_the_store_forgot_is_restored_from_its_message() {
    var spec = submit().spec();
    var forgotten =
        new JobSpec(
            ids.next(0),
            spec.task(),
            spec.queue(),
            spec.params(),
            0,
            Map.of(),
            spec.createdAt(),
            null,
            spec.timeout(),
            spec.retry());
    var delivery = hand(new Publication(forgotten, 7));

    executor(_ -> Outcome.done("here")).run(LANE, delivery);

    assertThat(delivery.settled).containsExactly("accepted");
    assertThat(store.queries().result(forgotten.id()).orElseThrow().json()).isEqualTo("\"here\"");
  }

  @Test
  void what_is_no_job_of_this_lane_goes_to_the_dead_letters() {
    var garbage = new Hand("{]".getBytes(StandardCharsets.UTF_8), 1);
    var other = hand(submit());
    var executor = executor(_ -> Outcome.done());

    executor.run(LANE, garbage);
    executor.run(new Lane("default", "other"), other);

    assertThat(garbage.settled).singleElement().asString().startsWith("rejected: not a job: ");
    assertThat(other.settled)
        .containsExactly("rejected: the job is for default/task, not default/other");
  }

  @Test
  void a_handler_over_its_time_is_interrupted_and_its_stack_is_kept() {
    var job = submit(THREE, Duration.ofMillis(20));
    var watch = Thread.ofVirtual().unstarted(() -> await().until(() -> running.watch() > 0));
    watch.start();

    executor(JobExecutorTest::sleep).run(LANE, hand(job));

    var failure = ((JobState.Retrying) job(job).state()).failure();
    assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(failure.message()).isEqualTo("ran longer than its timeout of 20 ms");
    assertThat(failure.stack()).contains("JobExecutorTest.sleep");
  }

  @Test
  void a_cancelled_job_is_stopped() throws Exception {
    var job = submit();
    var delivery = hand(job);
    var thread =
        Thread.startVirtualThread(() -> executor(JobExecutorTest::sleep).run(LANE, delivery));
    await().until(() -> !running.ids().isEmpty());

    var answer = store.jobs().cancel(job.spec().id(), null, clock.instant());
    assertThat(answer).isEqualTo(new Moved.Applied(StateName.RUNNING));
    await().until(() -> running.stopCancelled() > 0);

    thread.join();
    assertThat(delivery.settled).containsExactly("accepted");
    assertThat(job(job).state().name()).isEqualTo(StateName.CANCELLED);
  }

  @Test
  void a_drained_job_is_given_back_and_its_attempt_does_not_count() throws Exception {
    var job = submit();
    var delivery = hand(job);
    var thread =
        Thread.startVirtualThread(() -> executor(JobExecutorTest::sleep).run(LANE, delivery));
    await().until(() -> !running.ids().isEmpty());

    running.stopAll(StopReason.DRAINED);

    thread.join();
    assertThat(delivery.settled).containsExactly("released");
    assertThat(job(job).state().name()).isEqualTo(StateName.QUEUED);
    assertThat(job(job).attempt()).isZero();
    assertThat(tally.givenBack()).isEqualTo(1);
  }

  @Test
  void after_a_lost_link_the_delivery_comes_again_and_the_old_attempt_is_noted() throws Exception {
    var job = submit();
    var delivery = hand(job);
    var thread =
        Thread.startVirtualThread(() -> executor(JobExecutorTest::sleep).run(LANE, delivery));
    await().until(() -> !running.ids().isEmpty());
    delivery.lost = true;
    running.stopLane(LANE, StopReason.CONNECTION_LOST);
    thread.join();
    assertThat(delivery.settled).isEmpty();
    assertThat(job(job).state().name()).isEqualTo(StateName.RUNNING);

    executor(_ -> Outcome.done()).run(LANE, hand(job));

    var done = job(job);
    assertThat(done.state().name()).isEqualTo(StateName.SUCCEEDED);
    assertThat(done.attempt()).isEqualTo(2);
    assertThat(done.attempts().getFirst().error().kind()).isEqualTo(FailureKind.LOST);
  }

  @Test
  void an_interrupt_never_reaches_the_store_calls_after_the_handler() {
    for (int i = 0; i < 200; i++) {
      var job = submit(THREE, Duration.ZERO);
      var go = new CountDownLatch(1);
      Thread.startVirtualThread(() -> {
        go.countDown();
        running.watch();
      });

      executor(
              _ -> {
                go.await();
                return Outcome.done();
              })
          .run(LANE, hand(job));

      assertThat(job(job).state().name()).isIn(StateName.SUCCEEDED, StateName.RETRYING);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  void what_a_handler_says_stands_in_its_record() {
    var job = submit();

    executor(
            context -> {
              context.log("one");
              context.log("two");
              context.progress(0.5);
              return Outcome.done();
            })
        .run(LANE, hand(job));

    await().until(() -> store.queries().log(job.spec().id(), 10).equals(List.of("one", "two")));
    await().until(() -> Double.valueOf(0.5).equals(job(job).progress()));
  }

  @Test
  void a_task_without_a_handler_here_fails_as_that() {
    var job = submit(THREE.withMaxAttempts(1), Duration.ofMinutes(1));

    executor(new Handlers(Map.of())).run(LANE, hand(job));

    assertThat(((JobState.Failed) job(job).state()).failure())
        .isEqualTo(Failure.of(FailureKind.HANDLER, "this worker has no handler for task task"));
  }

  private static Outcome sleep(JobContext context) throws InterruptedException {
    TimeUnit.MINUTES.sleep(5);
    return Outcome.done();
  }

  @Test
  void an_attempt_knows_its_deadline() {
    var job = submit(THREE, Duration.ofMinutes(1));
    var deadline = new CopyOnWriteArrayList<Instant>();

    executor(
            context -> {
              deadline.add(context.deadline());
              return Outcome.done();
            })
        .run(LANE, hand(job));

    assertThat(deadline.getFirst())
        .isBetween(clock.instant().plusSeconds(50), clock.instant().plusSeconds(61));
  }
}
