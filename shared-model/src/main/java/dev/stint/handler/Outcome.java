package dev.stint.handler;

import dev.stint.job.Failure;
import dev.stint.job.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a handler answers. */
public sealed interface Outcome {
  /**
   * Done.
   *
   * @param result a value that Jackson can write as JSON; null for none
   */
  record Succeeded(@Nullable Object result) implements Outcome {}

  /** Done; the result is JSON text already. */
  record SucceededWithJson(String json) implements Outcome {}

  /**
   * Not done; to be tried again if an attempt is left.
   *
   * @param after the wait its maker asked for (HTTP's Retry-After); null leaves it to the task's
   *     policy
   */
  record Failed(Failure failure, @Nullable Duration after) implements Outcome {}

  /** Not done, and trying again would not help. */
  record Rejected(Failure failure) implements Outcome {}

  static Outcome done() {
    return new Succeeded(null);
  }

  static Outcome done(Object result) {
    return new Succeeded(result);
  }

  static Outcome failed(String message) {
    return new Failed(Failure.of(FailureKind.ERROR, message), null);
  }

  static Outcome retryAfter(Duration after, String message) {
    return new Failed(Failure.of(FailureKind.ERROR, message), after);
  }

  static Outcome rejected(String message) {
    return new Rejected(Failure.of(FailureKind.ERROR, message));
  }
}
