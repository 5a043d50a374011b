package dev.stint.catalogue;

import dev.stint.job.FailureKind;
import dev.stint.job.RetryPolicy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/** Reads how a task's jobs are tried again. */
final class RetryReader {
  private static final RetryPolicy STANDARD = RetryPolicy.DEFAULT;

  private final Section section;

  RetryReader(Section section) {
    this.section = section;
  }

  RetryPolicy read() {
    section.allowOnly(
        "maxAttempts", "min", "max", "multiplier", "jitter", "never", "neverExitCodes");
    Integer maxAttempts = section.integer("maxAttempts", 1, RetryPolicy.MOST_ATTEMPTS);
    Duration min = delay("min", STANDARD.min());
    Duration max = delay("max", min.compareTo(STANDARD.max()) > 0 ? min : STANDARD.max());
    if (max.compareTo(min) < 0) {
      section.problem("max", "must not be less than min");
      max = min;
    }
    return new RetryPolicy(
        maxAttempts == null ? STANDARD.maxAttempts() : maxAttempts,
        min,
        max,
        section.decimal("multiplier", 1, 100, STANDARD.multiplier()),
        section.decimal("jitter", 0, 1, STANDARD.jitter()),
        never(),
        neverExitCodes());
  }

  private Duration delay(String key, Duration fallback) {
    Duration delay = section.duration(key, fallback);
    if (delay.compareTo(RetryPolicy.LONGEST) > 0) {
      section.problem(key, "must be at most " + RetryPolicy.LONGEST.toDays() + "d");
      return fallback;
    }
    return delay;
  }

  private Set<FailureKind> never() {
    var kinds = EnumSet.noneOf(FailureKind.class);
    for (String name : section.texts("never")) {
      try {
        kinds.add(FailureKind.parseRetryable(name));
      } catch (IllegalArgumentException e) {
        section.problem("never", "\"" + name + "\" " + e.getMessage());
      }
    }
    return kinds;
  }

  private Set<Integer> neverExitCodes() {
    var codes = new TreeSet<Integer>();
    for (String code : section.texts("neverExitCodes")) {
      int number = code.matches("\\d{1,3}") ? Integer.parseInt(code) : 0;
      if (number < 1 || number > RetryPolicy.MOST_EXIT_CODE) {
        section.problem(
            "neverExitCodes", "\"" + code + "\" must be 1 to " + RetryPolicy.MOST_EXIT_CODE);
      } else {
        codes.add(number);
      }
    }
    return codes;
  }
}
