package dev.stint.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

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

  private final String wire = name().toLowerCase(Locale.ROOT);

  @JsonValue
  public String wire() {
    return wire;
  }
}
