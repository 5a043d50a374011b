package dev.stint.work;

import dev.stint.handler.Outcome;
import dev.stint.job.Failure;
import dev.stint.job.FailureKind;
import dev.stint.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Decides how an attempt ends, from what its handler answered or threw and why it was stopped. */
final class Classifier {
  private final int mostResultBytes;
  private final RandomGenerator random;

  Classifier(int mostResultBytes, RandomGenerator random) {
    this.mostResultBytes = mostResultBytes;
    this.random = random;
  }

  /** A handler that ended with a result has succeeded, even if it was told to stop meanwhile. */
  Ending answered(RunningAttempt attempt, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded(var result) -> result(attempt, result);
      case Outcome.SucceededWithJson(var json) -> sized(attempt, json);
      case Outcome.Failed(var failure, var after) ->
          stoppedOr(attempt, retry(attempt, failure, after));
      case Outcome.Rejected(var failure) -> stoppedOr(attempt, giveUp(attempt, failure));
    };
  }

  Ending threw(RunningAttempt attempt, Throwable thrown) {
    var stack = new StringWriter();
    thrown.printStackTrace(new PrintWriter(stack));
    var message = thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
    var failure =
        new Failure(
            FailureKind.ERROR, thrown.getClass().getSimpleName() + message, stack.toString());
    return stoppedOr(attempt, retry(attempt, failure, null));
  }

  private Ending stoppedOr(RunningAttempt attempt, Ending otherwise) {
    return switch (attempt.stopped()) {
      case null -> otherwise;
      case TIMEOUT -> retry(attempt, timeout(attempt), null);
      case CANCELLED -> new Ending.Cancel();
      case DRAINED -> new Ending.GiveBack();
      case CONNECTION_LOST -> new Ending.Abandon();
    };
  }

  private static Failure timeout(RunningAttempt attempt) {
    var message = "ran longer than its timeout of " + attempt.spec().timeout().toMillis() + " ms";
    return new Failure(FailureKind.TIMEOUT, message, attempt.stack());
  }

  private Ending retry(RunningAttempt attempt, Failure failure, @Nullable Duration after) {
    var policy = attempt.spec().retry();
    if (!policy.allowsAnother(attempt.attempt(), failure)) {
      return giveUp(attempt, failure);
    }
    return new Ending.RetryLater(
        attempt.failed(failure),
        after == null ? policy.delayAfter(attempt.attempt(), random) : after);
  }

  private static Ending giveUp(RunningAttempt attempt, Failure failure) {
    return new Ending.GiveUp(attempt.failed(failure));
  }

  private Ending result(RunningAttempt attempt, @Nullable Object result) {
    if (result == null) {
      return new Ending.Complete(null);
    }
    try {
      return sized(attempt, Json.write(result));
    } catch (IllegalArgumentException e) {
      var why = "the result cannot be written as JSON: " + e.getMessage();
      return giveUp(attempt, Failure.of(FailureKind.RESULT, why));
    }
  }

  private Ending sized(RunningAttempt attempt, String json) {
    // A char is at most three bytes: most results need no second look.
    if (json.length() * 3L > mostResultBytes
        && json.getBytes(StandardCharsets.UTF_8).length > mostResultBytes) {
      var why = "the result is larger than " + mostResultBytes + " bytes";
      return giveUp(attempt, Failure.of(FailureKind.RESULT, why));
    }
    return new Ending.Complete(json);
  }
}
