package dev.stint.job;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Makes job ids that never go down within a partition. Safe for many threads. */
public final class JobIdSource {
  private static final long RANDOM_MASK = (1L << 5 * JobId.RANDOM_CHARS) - 1;

  private final InstantSource clock;
  private final RandomGenerator random;
  private long lastMillis;
  private long lastRandom;

  public JobIdSource(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * The next id in a partition.
   *
   * @param partition 0 to 1023
   */
  public synchronized JobId next(int partition) {
    if (partition < 0 || partition >= JobId.MAX_PARTITIONS) {
      throw new IllegalArgumentException("partition must be 0 to " + (JobId.MAX_PARTITIONS - 1));
    }
    long now = clock.millis();
    if (now > lastMillis) {
      lastMillis = now;
      // The top bit stays free, so that counting up within a millisecond cannot overflow.
      lastRandom = random.nextLong() & RANDOM_MASK >>> 1;
    } else {
      // Same millisecond, or a clock that was set back: go on counting from the last id.
      lastRandom++;
    }
    return JobId.of(lastMillis, partition, lastRandom);
  }
}
