package dev.stint.work;

import dev.stint.job.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt ends: each is one move of the job, or none. */
sealed interface Ending {
  record Complete(@Nullable String json) implements Ending {}

  record RetryLater(Failure failure, Duration delay) implements Ending {}

  record GiveUp(Failure failure) implements Ending {}

  record GiveBack() implements Ending {}

  record Cancel() implements Ending {}

  /** The broker has given the job to another worker: nothing is left to be said. */
  record Abandon() implements Ending {}
}
