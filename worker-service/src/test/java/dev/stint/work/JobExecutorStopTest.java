package dev.stint.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.handler.JobContext;
import dev.stint.handler.Outcome;
import dev.stint.job.FailureKind;
import dev.stint.job.JobState;
import dev.stint.job.Moved;
import dev.stint.job.StateName;
import java.time.Duration;
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

  private static Outcome sleep(JobContext context) throws InterruptedException {
    TimeUnit.MINUTES.sleep(5);
    return Outcome.done();
  }
}
