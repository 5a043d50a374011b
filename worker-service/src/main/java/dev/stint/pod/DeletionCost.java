package dev.stint.pod;

import java.time.Duration;

/**
 * What it costs to end this worker, as Kubernetes' ReplicaSet compares it: of a worker's pods that
 * with the lowest number goes first.
 *
 * <p>It is the seconds of work under way, rounded down to a power of two. If a job that has run for
 * long is likely to run for long still, that is also what a drain would throw away on average; see
 * docs/decisions/0009. Powers of two, so that an hour of work needs twelve changes, not 3,600.
 */
public final class DeletionCost {
  /** Of a worker that runs nothing, and of a pod that says nothing. */
  static final int IDLE = 0;

  private static final long MOST = 1L << 30;

  private DeletionCost() {}

  /**
   * The cost of a worker.
   *
   * @param slotsUsed a slot may be taken some time before its job is under way
   * @param underWay the time that all running jobs have taken so far, added up
   */
  public static int of(int slotsUsed, Duration underWay) {
    if (slotsUsed == 0) {
      return IDLE;
    }
    return (int) Long.highestOneBit(Math.clamp(underWay.toSeconds(), 1, MOST));
  }
}
