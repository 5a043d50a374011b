package dev.stint.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date. */
final class RetryAfter {
  /**
   * A receiver's word is honoured up to here; longer waits are its mistake more often than its
   * wish.
   */
  static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  /** How long to wait from now; empty if the header is neither. */
  static Optional<Duration> parse(String header, InstantSource clock) {
    var text = header.strip();
    try {
      Duration wait =
          text.matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.between(
                  clock.instant(),
                  ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      var inRange = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
      return Optional.of(inRange.isNegative() ? Duration.ZERO : inRange);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
