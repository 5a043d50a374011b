package dev.stint.amqp;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing waits between tries: each is up to twice the one before, at most {@code max}, and a
 * random part of up to a half is taken off so that many processes do not come back at once.
 */
record Backoff(Duration min, Duration max, RandomGenerator random) {
  private static final int MOST_DOUBLINGS = 30;

  /** The wait before try number {@code round}, counted from 0. */
  Duration before(int round) {
    long whole = Math.min(max.toMillis(), min.toMillis() << Math.min(round, MOST_DOUBLINGS));
    return Duration.ofMillis(whole - random.nextLong(whole / 2 + 1));
  }
}
