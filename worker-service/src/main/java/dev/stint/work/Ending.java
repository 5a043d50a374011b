package dev.stint.work;

import dev.stint.job.FailedAttempt;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt ends: each is one move of the job, or none. */
sealed interface Ending {
  record Complete(@Nullable String json) implements Ending {}

  record RetryLater(FailedAttempt failed, Duration delay) implements Ending {}

  record GiveUp(FailedAttempt failed) implements Ending {}

  record GiveBack() implements Ending {}

  record Cancel() implements Ending {}

  /** The broker has given the job to another worker: nothing is left to be said. */
  record Abandon() implements Ending {}
}
