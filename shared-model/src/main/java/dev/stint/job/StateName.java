package dev.stint.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The names of the states, as they stand in records, filters and answers. */
public enum StateName {
  SCHEDULED,
  QUEUED,
  RUNNING,
  RETRYING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The lower-case name used outside Java. */
  @JsonValue
  public String wire() {
    return wire;
  }

  /** Whether a job in this state has ended: nothing but a requeue moves it again. */
  public boolean isFinal() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }

  /**
   * @throws IllegalArgumentException naming the known states, if this is none of them
   */
  @JsonCreator
  public static StateName parse(String wire) {
    for (StateName state : values()) {
      if (state.wire.equals(wire)) {
        return state;
      }
    }
    throw new IllegalArgumentException(
        "must be one of "
            + Arrays.stream(values()).map(StateName::wire).collect(Collectors.joining(", ")));
  }
}
