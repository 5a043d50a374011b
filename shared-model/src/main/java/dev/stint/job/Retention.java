package dev.stint.job;

import java.time.Duration;

/** How long the record of an ended job is kept. */
public record Retention(Duration succeeded, Duration failed, Duration cancelled) {
  /**
   * A duplicate delivery of a job whose record is gone would run it again; so none goes at once.
   */
  public static final Duration SHORTEST = Duration.ofMinutes(1);

  public static final Retention DEFAULT =
      new Retention(Duration.ofHours(24), Duration.ofDays(14), Duration.ofDays(14));

  public Retention {
    if (succeeded.compareTo(SHORTEST) < 0
        || failed.compareTo(SHORTEST) < 0
        || cancelled.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("retention must be at least " + SHORTEST);
    }
  }
}
