package dev.stint.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.handler.Outcome;
import dev.stint.job.Failure;
import dev.stint.job.FailureKind;
import dev.stint.job.JobState;
import dev.stint.job.StateName;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is tried again, what is not, and what is kept of an attempt that failed. */
class JobExecutorRetryTest extends ExecutorBench {
  @Test
  void a_failure_that_the_policy_calls_final_is_not_tried_again() {
    var job = submit(THREE.withNever(Set.of(), Set.of(64)), Duration.ofMinutes(1));
    var other = submit(THREE.withNever(Set.of(), Set.of(64)), Duration.ofMinutes(1));

    executor(_ -> new Outcome.Failed(Failure.exit(64, "usage"), null)).run(LANE, hand(job));
    executor(_ -> new Outcome.Failed(Failure.exit(65, "data"), null)).run(LANE, hand(other));

    assertThat(((JobState.Failed) job(job).state()).failure()).isEqualTo(Failure.exit(64, "usage"));
    assertThat(job(other).state().name()).isEqualTo(StateName.RETRYING);
  }

  @Test
  void an_attempt_that_failed_keeps_the_last_lines_it_logged() {
    var job = submit();

    executor(
            context -> {
              for (int n = 1; n <= 300; n++) {
                context.log("line " + n);
              }
              throw new IllegalStateException("no");
            })
        .run(LANE, hand(job));

    var log = job(job).attempts().getFirst().log();
    assertThat(log).hasSize(20).startsWith("line 281").endsWith("line 300");
  }

  @Test
  void a_job_that_is_not_to_be_run_after_a_loss_fails_without_running() {
    var job = submit(THREE.withNever(Set.of(FailureKind.LOST), Set.of()), Duration.ofMinutes(1));
    store.jobs().claim(job.spec().id(), job.ticket(), "lost", clock.instant());
    var delivery = hand(job);

    executor(_ -> Outcome.done("ran")).run(LANE, delivery);

    assertThat(delivery.settled).containsExactly("accepted");
    var failure = ((JobState.Failed) job(job).state()).failure();
    assertThat(failure.kind()).isEqualTo(FailureKind.LOST);
    assertThat(failure.message())
        .isEqualTo("the worker was lost, after which this job is not tried again");
  }
}
