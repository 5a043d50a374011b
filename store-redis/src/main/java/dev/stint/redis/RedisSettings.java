package dev.stint.redis;

import dev.stint.job.Partitions;
import dev.stint.job.Retention;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Where Redis is and how it is used.
 *
 * @param url {@code redis://[[user]:password@]host[:port][/database]}, or {@code rediss://} for TLS
 * @param connections opened to it, each pipelined; 1 to {@value #MOST_CONNECTIONS}
 * @param partitions of the records; all processes on one Redis must agree
 * @param retention of ended jobs
 * @param timeLimit an answer that takes longer breaks the connection and ends all calls on it
 */
public record RedisSettings(
    String url, int connections, Partitions partitions, Retention retention, Duration timeLimit) {
  public static final int DEFAULT_CONNECTIONS = 2;
  public static final int MOST_CONNECTIONS = 64;
  public static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(5);
  private static final Set<String> SCHEMES = Set.of("redis", "rediss");

  public RedisSettings {
    check(isRedis(url), "url must be redis://host:port or rediss://host:port");
    check(
        connections >= 1 && connections <= MOST_CONNECTIONS,
        "connections must be 1 to " + MOST_CONNECTIONS + ", not " + connections);
    check(timeLimit.isPositive(), "timeLimit must be positive, not " + timeLimit);
  }

  /** The defaults for a server: two connections, one partition. */
  public static RedisSettings of(String url) {
    return new RedisSettings(
        url, DEFAULT_CONNECTIONS, new Partitions(1), Retention.DEFAULT, DEFAULT_TIME_LIMIT);
  }

  /** Without what the URL tells of user and password. */
  @Override
  public String toString() {
    return "RedisSettings[url=%s, connections=%d, partitions=%d, retention=%s, timeLimit=%s]"
        .formatted(
            url.replaceFirst("//.*@", "//"), connections, partitions.count(), retention, timeLimit);
  }

  private static boolean isRedis(String url) {
    try {
      var uri = URI.create(url);
      return uri.getHost() != null && SCHEMES.contains(uri.getScheme());
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static void check(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
