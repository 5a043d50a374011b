package dev.stint.local.stack;

import java.time.Duration;

/**
 * How long to wait before a process that died is started again: not at all the first time, then
 * twice as long each time it dies young. For one thread.
 */
final class FlapBackoff {
  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration MOST = Duration.ofSeconds(30);

  /** What lived this long was healthy: its death is a first one. */
  static final Duration HEALTHY = Duration.ofMinutes(1);

  private int diedYoung;

  Duration afterDeath(Duration lived) {
    if (lived.compareTo(HEALTHY) >= 0) {
      diedYoung = 0;
    }
    diedYoung++;
    if (diedYoung == 1) {
      return Duration.ZERO;
    }
    long factor = 1L << Math.min(diedYoung - 2, 10);
    Duration wait = FIRST.multipliedBy(factor);
    return wait.compareTo(MOST) > 0 ? MOST : wait;
  }
}
