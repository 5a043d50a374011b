package dev.stint.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why an attempt did not succeed. */
public enum FailureKind {
  /** The handler threw or said so. */
  ERROR,
  /** The attempt ran longer than its timeout and was interrupted. */
  TIMEOUT,
  /** A command ended with an exit code other than 0, or by a signal. */
  EXIT,
  /** An HTTP handler's endpoint answered with an error, or not at all. */
  HTTP,
  /** The handler's answer is no valid result: not JSON, or over the size limit. */
  RESULT,
  /** The worker cannot run this task: no such handler here, or no such program. */
  HANDLER,
  /** The worker died or lost its connection while the job ran. */
  LOST,
  /** The worker was told to leave; the attempt does not count. */
  INTERRUPTED,
  /** Someone cancelled the job while it ran. */
  CANCELLED;

  /** What a kind has to be that {@link #parseRetryable} takes. */
  public static final String RULE =
      "be one of "
          + Arrays.stream(values())
              .filter(FailureKind::isRetryable)
              .map(FailureKind::wire)
              .collect(Collectors.joining(", "));

  private final String wire = name().toLowerCase(Locale.ROOT);

  /**
   * Reads a kind after which another attempt is possible.
   *
   * @throws IllegalArgumentException naming all of these, if it is none of them
   */
  public static FailureKind parseRetryable(String wire) {
    for (FailureKind kind : values()) {
      if (kind.isRetryable() && kind.wire.equals(wire)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("must " + RULE);
  }

  /** Whether another attempt is possible after it: it is the job's failure, not someone's wish. */
  public boolean isRetryable() {
    return this != INTERRUPTED && this != CANCELLED;
  }

  @JsonValue
  public String wire() {
    return wire;
  }
}
