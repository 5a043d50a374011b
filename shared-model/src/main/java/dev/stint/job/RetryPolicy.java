package dev.stint.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How often and when a failed job is tried again: exponential backoff with jitter; and after which
 * failures it is not, though attempts are left.
 *
 * @param maxAttempts at least 1; 1 means no retry
 * @param min delay before the second attempt
 * @param max no delay is longer; at most {@link #LONGEST}
 * @param multiplier of the delay from one attempt to the next, at least 1
 * @param jitter 0 to 1: the part of each delay that is random. 1 is "full jitter" (Brooker,
 *     "Exponential Backoff And Jitter", AWS Architecture Blog, 2015)
 * @param never kinds of failure that are final; only such that can be tried again at all
 * @param neverExitCodes exit codes of commands that are final, 1 to 255; a death by signal counts
 *     as 128 and the signal's number
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RetryPolicy(
    int maxAttempts,
    Duration min,
    Duration max,
    double multiplier,
    double jitter,
    Set<FailureKind> never,
    Set<Integer> neverExitCodes) {
  /** No wait for another attempt may be longer. */
  public static final Duration LONGEST = Duration.ofDays(3660);

  public static final RetryPolicy DEFAULT =
      new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofMinutes(10), 3, 0.5);
  public static final int MOST_ATTEMPTS = 100;
  public static final int MOST_EXIT_CODE = 255;

  public RetryPolicy {
    check(
        maxAttempts >= 1 && maxAttempts <= MOST_ATTEMPTS,
        "maxAttempts must be 1 to " + MOST_ATTEMPTS);
    check(!min.isNegative(), "min must not be negative");
    check(max.compareTo(min) >= 0, "max must not be less than min");
    check(max.compareTo(LONGEST) <= 0, "max must be at most " + LONGEST.toDays() + "d");
    check(multiplier >= 1 && multiplier <= 100, "multiplier must be 1 to 100");
    check(jitter >= 0 && jitter <= 1, "jitter must be 0 to 1");
    // Policies come back from messages and records that were written before there were these two.
    never = sorted(never);
    neverExitCodes = sorted(neverExitCodes);
    check(never.stream().allMatch(FailureKind::isRetryable), "never must " + FailureKind.RULE);
    check(
        neverExitCodes.stream().allMatch(code -> code >= 1 && code <= MOST_EXIT_CODE),
        "neverExitCodes must be 1 to " + MOST_EXIT_CODE);
  }

  /** One that tries again after every failure. */
  public RetryPolicy(
      int maxAttempts, Duration min, Duration max, double multiplier, double jitter) {
    this(maxAttempts, min, max, multiplier, jitter, Set.of(), Set.of());
  }

  public RetryPolicy withMaxAttempts(int attempts) {
    return new RetryPolicy(attempts, min, max, multiplier, jitter, never, neverExitCodes);
  }

  public RetryPolicy withNever(Set<FailureKind> kinds, Set<Integer> exitCodes) {
    return new RetryPolicy(maxAttempts, min, max, multiplier, jitter, kinds, exitCodes);
  }

  /**
   * Whether there is another attempt after one that failed.
   *
   * @param attempt its number, from 1
   */
  public boolean allowsAnother(int attempt, Failure failure) {
    return attempt < maxAttempts
        && !never.contains(failure.kind())
        && (failure.exitCode() == null || !neverExitCodes.contains(failure.exitCode()));
  }

  /** How many attempts there may be when the last of them is lost with its worker. */
  public int mostAttemptsIfLost() {
    return never.contains(FailureKind.LOST) ? 1 : maxAttempts;
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

  /** Always in the same order, so that a spec is always the same JSON. */
  private static <T extends Comparable<T>> Set<T> sorted(@Nullable Set<T> set) {
    return set == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(set));
  }

  private static void check(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
