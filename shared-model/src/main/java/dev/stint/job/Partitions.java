package dev.stint.job;

import java.util.random.RandomGenerator;

/**
 * How many parts the store is divided into, and which of them a new job belongs to.
 *
 * @param count 1 (default) to {@link JobId#MAX_PARTITIONS}
 */
public record Partitions(int count) {
  public Partitions {
    if (count < 1 || count > JobId.MAX_PARTITIONS) {
      throw new IllegalArgumentException(
          "partitions must be 1 to " + JobId.MAX_PARTITIONS + ", not " + count);
    }
  }

  /**
   * The partition of a job with an idempotency key, the same each time: the key is kept beside the
   * job. It depends on nothing but the key's text and the count.
   */
  public int of(IdempotencyKey key) {
    int hash = key.key().hashCode() * 0x9E3779B9; // Fibonacci hashing (Knuth, TAOCP 3, 6.4)
    return (int) ((hash & 0xFFFF_FFFFL) * count >>> 32);
  }

  /** The partition of any other job. */
  public int any(RandomGenerator random) {
    return random.nextInt(count);
  }
}
