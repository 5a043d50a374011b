package dev.stint.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/**
 * The name of a job: 24 characters that sort by creation time and carry the partition of the
 * record.
 *
 * <p>Ten characters of milliseconds since the epoch, two of partition, twelve of randomness, all in
 * Crockford's Base 32 (lower case). The layout follows ULID, with ten of its random bits given to
 * the partition. Later ids of one {@link JobIdSource} are always greater within a partition;
 * between partitions, from one millisecond to the next.
 */
public record JobId(@JsonValue String value) implements Comparable<JobId> {
  /** Partitions are numbered below this: two characters of five bits. */
  public static final int MAX_PARTITIONS = 1024;

  static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  static final int TIME_CHARS = 10;
  static final int PARTITION_CHARS = 2;
  static final int RANDOM_CHARS = 12;

  /**
   * @throws IllegalArgumentException if the text is not an id
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public JobId {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException(
          "a job id has 24 characters of 0-9 and a-z without i, l, o, u");
    }
  }

  static JobId of(long epochMillis, int partition, long random) {
    var text = new StringBuilder(TIME_CHARS + PARTITION_CHARS + RANDOM_CHARS);
    append(text, epochMillis, TIME_CHARS);
    append(text, partition, PARTITION_CHARS);
    append(text, random, RANDOM_CHARS);
    return new JobId(text.toString());
  }

  /** The partition that keeps this job's record, 0 to 1023. */
  public int partition() {
    return (int) decode(TIME_CHARS, TIME_CHARS + PARTITION_CHARS);
  }

  /** When the id was made, to the millisecond. */
  public Instant createdAt() {
    return Instant.ofEpochMilli(decode(0, TIME_CHARS));
  }

  @Override
  public int compareTo(JobId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  /** A loop, for every message and record is read through here: a regular expression costs more. */
  private static boolean isWellFormed(String value) {
    if (value.length() != TIME_CHARS + PARTITION_CHARS + RANDOM_CHARS) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      if (ALPHABET.indexOf(value.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private long decode(int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = number << 5 | ALPHABET.indexOf(value.charAt(i));
    }
    return number;
  }

  private static void append(StringBuilder text, long number, int chars) {
    for (int i = chars - 1; i >= 0; i--) {
      text.append(ALPHABET.charAt((int) (number >>> 5 * i) & 31));
    }
  }
}
