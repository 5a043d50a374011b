package dev.stint.local.chaos;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A job to be asked for.
 *
 * @param key its idempotency key, unique
 * @param body of the request
 * @param end how it ends if nothing goes wrong for good
 * @param twice whether it is asked for a second time, of the other producer
 * @param cancelAfter when it is to be cancelled
 */
record Ask(
    String key, String task, String body, End end, boolean twice, @Nullable Duration cancelAfter) {
  enum End {
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** Failed, with the loss of its worker in each attempt. */
    LOST
  }

  /** A job that kills its worker each time that it runs. */
  static Ask poison(int number) {
    var body = "{\"task\":\"" + Names.POISON + "\"}";
    return new Ask("chaos-poison-" + number, Names.POISON, body, End.LOST, false, null);
  }
}
