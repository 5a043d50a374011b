package dev.stint.catalogue;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** Durations as people write them. */
public final class Durations {
  /** What is accepted, in words that fit behind "must be". */
  public static final String FORM = "a duration like 500ms, 30s, 5m, 2h, 1d or PT30S";

  private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private Durations() {}

  /**
   * Reads {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d}, or ISO-8601 like {@code
   * PT30S}; never negative.
   *
   * @throws IllegalArgumentException "must be ..." if it is none of these
   */
  public static Duration parse(String text) {
    var matcher = SHORT.matcher(text);
    if (!matcher.matches()) {
      return parseIso(text);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static Duration parseIso(String text) {
    Duration duration;
    try {
      duration = Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("must be " + FORM, e);
    }
    if (duration.isNegative()) {
      throw new IllegalArgumentException("must not be negative");
    }
    return duration;
  }
}
