package dev.stint.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.handler.JobContext;
import dev.stint.handler.Outcome;
import dev.stint.job.Failure;
import dev.stint.job.FailureKind;
import dev.stint.job.JobSpec;
import dev.stint.job.JobState;
import dev.stint.job.Publication;
import dev.stint.job.Rescued;
import dev.stint.job.Sighting;
import dev.stint.job.StateName;
import dev.stint.lane.Lane;
import dev.stint.worker.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a handler answers, and what becomes of its job and its delivery. */
class JobExecutorTest extends ExecutorBench {
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
  void a_job_that_is_queued_when_its_handler_ends_keeps_its_delivery() {
    var job = submit();
    var delivery = hand(job);

    executor(
            _ -> {
              var seen = new Sighting.Running(job.spec().id(), "me", 1);
              assertThat(store.jobs().rescue(seen, clock.instant()))
                  .isInstanceOf(Rescued.Queued.class);
              return Outcome.done();
            })
        .run(LANE, delivery);

    assertThat(delivery.settled).containsExactly("released");
    assertThat(job(job).state().name()).isEqualTo(StateName.QUEUED);
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
  void a_job_the_store_forgot_while_it_ran_ends_as_it_did_without_running_again() {
    var job = submit();
    var delivery = hand(job);
    var runs = new AtomicInteger();

    executor(
            _ -> {
              runs.incrementAndGet();
              redis.command("FLUSHALL");
              return Outcome.done("here");
            })
        .run(LANE, delivery);

    assertThat(delivery.settled).containsExactly("accepted");
    assertThat(job(job).state().name()).isEqualTo(StateName.SUCCEEDED);
    assertThat(store.queries().result(job.spec().id()).orElseThrow().json()).isEqualTo("\"here\"");
    var again = hand(job);
    executor(_ -> Outcome.done(runs.incrementAndGet())).run(LANE, again);
    assertThat(again.settled).containsExactly("accepted");
    assertThat(runs).hasValue(1);
  }

  @Test
  void a_job_the_store_forgot_while_it_ran_and_failed_is_tried_again() {
    var job = submit();
    var delivery = hand(job);

    executor(
            _ -> {
              redis.command("FLUSHALL");
              return Outcome.failed("no");
            })
        .run(LANE, delivery);

    assertThat(delivery.settled).containsExactly("accepted");
    assertThat(((JobState.Retrying) job(job).state()).failure().message()).isEqualTo("no");
  }

  @Test
  void a_job_whose_delivery_was_lost_is_not_brought_back_by_its_late_end() {
    var job = submit();
    var delivery = hand(job);

    executor(
            _ -> {
              redis.command("FLUSHALL");
              delivery.lost = true;
              return Outcome.done("late");
            })
        .run(LANE, delivery);

    assertThat(store.queries().find(job.spec().id())).isEmpty();
  }

  @Test
  void memory_that_ran_out_ends_the_worker_however_it_is_wrapped() {
    for (var error :
        List.of(
            new OutOfMemoryError("Java heap space"),
            new IllegalStateException(new OutOfMemoryError("Cannot reserve direct memory")))) {
      executor(_ -> throwing(error)).run(LANE, hand(submit()));
    }
    executor(_ -> throwing(new StackOverflowError())).run(LANE, hand(submit()));

    assertThat(halts).containsExactly(3, 3);
  }

  private static Outcome throwing(Throwable thrown) throws Exception {
    switch (thrown) {
      case Error error -> throw error;
      case Exception exception -> throw exception;
      default -> throw new AssertionError(thrown);
    }
  }

  @Test
  void what_is_no_job_waits_at_the_broker_while_it_cannot_be_noted() {
    var before = store.deadLetters().total();
    var garbage = new Hand("{]".getBytes(StandardCharsets.UTF_8), 1);
    redis.freeze();
    try {
      executor(_ -> Outcome.done()).run(LANE, garbage);
    } finally {
      redis.thaw();
    }

    assertThat(garbage.settled).containsExactly("released");
    assertThat(tally.rejections()).isZero();
    var again = new Hand("{]".getBytes(StandardCharsets.UTF_8), 1);
    await()
        .ignoreExceptions()
        .until(() -> {
          executor(_ -> Outcome.done()).run(LANE, again);
          return again.settled.getLast().startsWith("rejected");
        });
    assertThat(store.deadLetters().total()).isGreaterThan(before);
    assertThat(tally.rejections()).isEqualTo(1);
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
    assertThat(tally.rejections()).isEqualTo(2);
    var letters = store.deadLetters().newest();
    assertThat(letters).extracting(DeadLetter::lane).startsWith("default/other", "default/task");
    assertThat(letters.get(1).body()).isEqualTo("{]");
    assertThat(letters.get(1).worker()).isEqualTo("me");
    assertThat(letters.get(1).why()).startsWith("not a job: ");
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
