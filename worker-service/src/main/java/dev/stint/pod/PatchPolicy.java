package dev.stint.pod;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a cost is worth a patch of the pod: Kubernetes asks not to patch often. For one
 * thread.
 *
 * <p>What is higher than it was told is told at once; what is lower, when it has been so for a
 * while, and is zero or at most a quarter. So a worker with a steady load of short jobs tells
 * nothing, and one between two jobs does not look idle.
 */
final class PatchPolicy {
  /** Doublings of the interval while patches fail: 32 times as long. */
  private static final int MOST_DOUBLINGS = 5;

  private final long interval;

  /** What the pod has; null if that is not known. */
  private @Nullable Integer told;

  /** Nothing is patched before this time; null before the first patch. */
  private @Nullable Long rest;

  /** Since when the cost is so low that it is worth telling; null if it is not. */
  private @Nullable Long lowSince;

  private int failures;

  /**
   * @param interval between two patches at least
   */
  PatchPolicy(Duration interval) {
    this.interval = interval.toNanos();
  }

  /**
   * Looks at the cost, as often as the caller likes; says whether to tell it now.
   *
   * @param nanos like System.nanoTime
   */
  boolean isDue(int cost, long nanos) {
    lowSince = isLow(cost) ? (lowSince == null ? Long.valueOf(nanos) : lowSince) : null;
    if (rest != null && nanos - rest < 0) {
      return false;
    }
    return told == null || cost > told || (lowSince != null && nanos - lowSince >= interval);
  }

  /** The pod has this cost now. */
  void told(int cost, long nanos) {
    told = cost;
    failures = 0;
    lowSince = null;
    rest = nanos + interval;
  }

  /** The patch failed, or its answer was lost: what the pod has is not known. */
  void failed(long nanos) {
    told = null;
    rest = nanos + (interval << failures);
    failures = Math.min(failures + 1, MOST_DOUBLINGS);
  }

  private boolean isLow(int cost) {
    return told != null && cost < told && cost <= told / 4;
  }
}
