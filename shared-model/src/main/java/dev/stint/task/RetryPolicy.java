package dev.stint.task;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often and when a failed job is tried again: exponential backoff with jitter.
 *
 * @param maxAttempts at least 1; 1 means no retry
 * @param min delay before the second attempt
 * @param max no delay is longer
 * @param multiplier of the delay from one attempt to the next, at least 1
 * @param jitter 0 to 1: the part of each delay that is random. 1 is "full jitter" (Brooker,
 *     "Exponential Backoff And Jitter", AWS Architecture Blog, 2015)
 */
public record RetryPolicy(
    int maxAttempts, Duration min, Duration max, double multiplier, double jitter) {
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofMinutes(10), 3, 0.5);
  public static final int MOST_ATTEMPTS = 100;

  public RetryPolicy {
    check(
        maxAttempts >= 1 && maxAttempts <= MOST_ATTEMPTS,
        "maxAttempts must be 1 to " + MOST_ATTEMPTS);
    check(!min.isNegative(), "min must not be negative");
    check(max.compareTo(min) >= 0, "max must not be less than min");
    check(multiplier >= 1 && multiplier <= 100, "multiplier must be 1 to 100");
    check(jitter >= 0 && jitter <= 1, "jitter must be 0 to 1");
  }

  public RetryPolicy withMaxAttempts(int attempts) {
    return new RetryPolicy(attempts, min, max, multiplier, jitter);
  }

  /**
   * How long to wait after an attempt that failed.
   *
   * @param attempt its number, from 1
   */
  public Duration delayAfter(int attempt, RandomGenerator random) {
    double full = Math.min(max.toMillis(), min.toMillis() * Math.pow(multiplier, attempt - 1.0));
    return Duration.ofMillis(Math.round(full * (1 - jitter * random.nextDouble())));
  }

  private static void check(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
