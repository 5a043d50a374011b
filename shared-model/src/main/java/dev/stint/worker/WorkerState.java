package dev.stint.worker;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a worker does. */
public enum WorkerState {
  /** Takes jobs. */
  RUNNING,
  /** Takes no more jobs, finishes those it has. */
  DRAINING,
  /** Has been silent for longer than a heartbeat may take; said by others, never by itself. */
  LOST;

  private final String wire = name().toLowerCase(Locale.ROOT);

  @JsonValue
  public String wire() {
    return wire;
  }
}
