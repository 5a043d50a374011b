package dev.stint.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The workers of the fleet, by their heartbeats. */
public interface WorkerRegistry {
  /** Says that this worker lives, and how. */
  void beat(WorkerInfo info);

  /** Says that this worker has left in good order. */
  void remove(String id);

  /** All workers, by name; those silent for longer than {@link WorkerInfo#EXPIRY} as lost. */
  List<WorkerInfo> list(Instant now);

  /**
   * Records workers that fell silent, and forgets those lost for longer than {@code keep}. Each
   * loss is returned to exactly one caller.
   */
  List<WorkerInfo> reap(Instant now, Duration keep);

  /** Asks a worker to drain; false if there is no such worker. */
  boolean askToDrain(String id);

  /** Whether this worker has been asked to drain. */
  boolean drainAsked(String id);
}
