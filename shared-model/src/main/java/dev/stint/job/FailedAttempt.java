package dev.stint.job;

import java.util.List;

/**
 * What is kept of an attempt that failed.
 *
 * @param log the last lines that it logged, oldest first: at most {@value #MOST_LINES}, and so many
 *     of these, from the last, as have together at most {@value #MOST_BYTES} bytes in UTF-8
 */
public record FailedAttempt(Failure failure, List<String> log) {
  public static final int MOST_LINES = 20;

  /** More than the longest line that a log takes. */
  public static final int MOST_BYTES = 16_384;

  public FailedAttempt {
    log = List.copyOf(log);
  }

  /** One that logged nothing. */
  public static FailedAttempt of(Failure failure) {
    return new FailedAttempt(failure, List.of());
  }
}
