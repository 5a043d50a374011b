package dev.stint.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.stint.handler.JobContext;
import dev.stint.handler.Outcome;
import dev.stint.job.FailureKind;
import dev.stint.job.JobId;
import dev.stint.job.JobRepository;
import dev.stint.job.JobState;
import dev.stint.job.Moved;
import dev.stint.job.StateName;
import dev.stint.job.StoreUnavailableException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Handlers that are told to stop: by their timeout, a cancel, a drain, a lost link. */
class JobExecutorStopTest extends ExecutorBench {
  @Test
  void a_handler_over_its_time_is_interrupted_and_its_stack_is_kept() {
    var job = submit(THREE, Duration.ofMillis(20));
    var watch = Thread.ofVirtual().unstarted(() -> await().until(() -> running.watch() > 0));
    watch.start();

    executor(JobExecutorStopTest::sleep).run(LANE, hand(job));

    var failure = ((JobState.Retrying) job(job).state()).failure();
    assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(failure.message()).isEqualTo("ran longer than its timeout of 20 ms");
    assertThat(failure.stack()).contains("JobExecutorStopTest.sleep");
  }

  @Test
  void a_cancelled_job_is_stopped() throws Exception {
    var job = submit();
    var delivery = hand(job);
    var thread =
        Thread.startVirtualThread(() -> executor(JobExecutorStopTest::sleep).run(LANE, delivery));
    await().until(() -> !running.held().isEmpty());

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
        Thread.startVirtualThread(() -> executor(JobExecutorStopTest::sleep).run(LANE, delivery));
    await().until(() -> !running.held().isEmpty());

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
        Thread.startVirtualThread(() -> executor(JobExecutorStopTest::sleep).run(LANE, delivery));
    await().until(() -> !running.held().isEmpty());
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

  /** The store, with someone who cancels each job the moment it has been claimed. */
  private JobRepository cancellingWhatIsClaimed() {
    InvocationHandler calls =
        (_, method, arguments) -> {
          var answer = method.invoke(store.jobs(), arguments);
          if (method.getName().equals("claim")) {
            store.jobs().cancel((JobId) arguments[0], null, clock.instant());
          }
          return answer;
        };
    return (JobRepository)
        Proxy.newProxyInstance(
            JobRepository.class.getClassLoader(), new Class<?>[] {JobRepository.class}, calls);
  }

  private static Outcome sleep(JobContext context) throws InterruptedException {
    TimeUnit.MINUTES.sleep(5);
    return Outcome.done();
  }

  @Test
  void a_clock_that_jumps_stops_nobody() throws Exception {
    var job = submit(THREE, Duration.ofMinutes(1));
    var thread =
        Thread.startVirtualThread(() -> executor(JobExecutorStopTest::sleep).run(LANE, hand(job)));
    await().until(() -> !running.ids().isEmpty());

    now = now.plus(Duration.ofHours(1));
    assertThat(running.watch()).isZero();
    now = now.minus(Duration.ofHours(2));
    assertThat(running.watch()).isZero();
    passed.set(Duration.ofSeconds(61).toNanos());
    assertThat(running.watch()).isEqualTo(1);

    thread.join();
    assertThat(job(job).attempts().getFirst().error().kind()).isEqualTo(FailureKind.TIMEOUT);
  }

  @Test
  void a_cancel_between_the_claim_and_the_handler_is_heeded() throws Exception {
    var job = submit();
    var handlers = new Handlers(Map.of("task", JobExecutorStopTest::sleep));
    var executor = executor(handlers, cancellingWhatIsClaimed());
    var thread = Thread.startVirtualThread(() -> executor.run(LANE, hand(job)));

    await().until(() -> running.stopCancelled() > 0);

    thread.join();
    assertThat(job(job).state().name()).isEqualTo(StateName.CANCELLED);
  }

  @Test
  void a_cancel_is_heeded_after_the_store_was_away() throws Exception {
    var job = submit();
    var thread =
        Thread.startVirtualThread(() -> executor(JobExecutorStopTest::sleep).run(LANE, hand(job)));
    await().until(() -> !running.ids().isEmpty());
    store.jobs().cancel(job.spec().id(), null, clock.instant());

    redis.freeze();
    try {
      assertThatThrownBy(running::stopCancelled).isInstanceOf(StoreUnavailableException.class);
    } finally {
      redis.thaw();
    }
    await().ignoreExceptions().until(() -> running.stopCancelled() > 0);

    thread.join();
    assertThat(job(job).state().name()).isEqualTo(StateName.CANCELLED);
  }

  @Test
  void a_cancelled_job_of_a_lost_worker_is_not_run_by_the_next() {
    var job = submit();
    store.jobs().claim(job.spec().id(), job.ticket(), "lost", clock.instant());
    store.jobs().cancel(job.spec().id(), null, clock.instant());
    var delivery = hand(job);

    executor(_ -> Outcome.done("ran")).run(LANE, delivery);

    assertThat(delivery.settled).containsExactly("accepted");
    assertThat(job(job).state().name()).isEqualTo(StateName.CANCELLED);
  }
}
