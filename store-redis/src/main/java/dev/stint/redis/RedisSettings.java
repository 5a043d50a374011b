package dev.stint.redis;

import dev.stint.job.Partitions;
import dev.stint.job.Retention;
import java.time.Duration;

/**
 * Where Redis is and how it is used.
 *
 * @param url one of the following, with {@code rediss} instead of {@code redis} for TLS:
 *     <ul>
 *       <li>{@code redis://[[user]:password@]host[:port][/database]}
 *       <li>{@code redis-sentinel://[[user]:password@]host[:port],...[/database]?master=NAME}, the
 *           hosts being those of the sentinels; these are asked without a password unless there are
 *           {@code &sentinelPassword=} and perhaps {@code &sentinelUser=}
 *       <li>{@code redis-cluster://[[user]:password@]host[:port],...}, some nodes of it
 *     </ul>
 *
 * @param connections opened to each server that is used, each pipelined; 1 to {@value
 *     #MOST_CONNECTIONS}
 * @param partitions of the records; all processes on one Redis must agree
 * @param retention of ended jobs
 * @param timeLimit an answer that takes longer breaks the connection and ends all calls on it
 * @param durability that submit and requeue wait for
 */
public record RedisSettings(
    String url,
    int connections,
    Partitions partitions,
    Retention retention,
    Duration timeLimit,
    Durability durability) {
  public static final int DEFAULT_CONNECTIONS = 2;
  public static final int MOST_CONNECTIONS = 64;
  public static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(5);

  public RedisSettings {
    RedisUrl.parse(url);
    check(
        connections >= 1 && connections <= MOST_CONNECTIONS,
        "connections must be 1 to " + MOST_CONNECTIONS + ", not " + connections);
    check(timeLimit.isPositive(), "timeLimit must be positive, not " + timeLimit);
    check(
        !durability.isAwaited() || durability.timeLimit().compareTo(timeLimit) < 0,
        "wait-timeout must be less than " + timeLimit + ", not " + durability.timeLimit());
  }

  /** With the default durability. */
  public RedisSettings(
      String url, int connections, Partitions partitions, Retention retention, Duration timeLimit) {
    this(url, connections, partitions, retention, timeLimit, Durability.NONE);
  }

  /** The same, with another durability. */
  public RedisSettings with(Durability asked) {
    return new RedisSettings(url, connections, partitions, retention, timeLimit, asked);
  }

  /** The defaults for a server: two connections, one partition. */
  public static RedisSettings of(String url) {
    return new RedisSettings(
        url, DEFAULT_CONNECTIONS, new Partitions(1), Retention.DEFAULT, DEFAULT_TIME_LIMIT);
  }

  /** Without what the URL tells of user and password. */
  @Override
  public String toString() {
    return "RedisSettings[url=%s, connections=%d, partitions=%d, retention=%s, timeLimit=%s, durability=%s]"
        .formatted(
            RedisUrl.parse(url), connections, partitions.count(), retention, timeLimit, durability);
  }

  private static void check(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
