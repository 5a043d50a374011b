package dev.stint.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stint.job.Partitions;
import dev.stint.job.Retention;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://localhost",
        "redis://127.0.0.1:6379/3",
        "rediss://user:secret@redis.example.org:6380",
        "redis://[::1]:6379",
        "redis-sentinel://a:26379,b,[::1]:26380/2?master=jobs",
        "rediss-sentinel://:secret@a?master=jobs&sentinelPassword=other",
        "redis-cluster://a:7000,b:7001,c",
        "rediss-cluster://user:secret@a:7000"
      })
  void urls_of_redis_are_taken(String url) {
    assertThat(RedisSettings.of(url).url()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:6379",
        "http://localhost:6379",
        "redis:localhost",
        "redis://a b",
        "redis2://a",
        "redis-sentinels://a",
        "redis://a#b"
      })
  void other_urls_are_refused_without_being_told(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisSettings.of(url))
        .withMessage(
            "url must be redis://host:port, redis-sentinel://host:port,host:port?master=NAME or"
                + " redis-cluster://host:port,host:port; with rediss for TLS");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis://a,b | url must name one host, or begin with redis-sentinel:// or redis-cluster://",
        "redis-cluster://a,,b | url must name a host",
        "redis://user:secret@:6379 | url must name a host",
        "redis://a:0 | url must have ports from 1 to 65535",
        "redis-cluster://a:7000,b:65536 | url must have ports from 1 to 65535",
        "redis-cluster://a:port | url must have ports from 1 to 65535",
        "redis://a/jobs | url must have a number as its database",
        "redis-cluster://a/1 |"
            + " url must not name a database with redis-cluster://, a cluster has only one",
        "redis://a?password=secret | url must not have parameters, but for redis-sentinel://",
        "redis-cluster://a?master=b | url must not have parameters, but for redis-sentinel://",
        "redis://user:sec^ret@a |"
            + " url must have special characters of users and passwords percent-encoded",
        "redis-sentinel://a |"
            + " url must name the master as the sentinels do, redis-sentinel://host:port?master=NAME",
        "redis-sentinel://a?master= |"
            + " url must name the master as the sentinels do, redis-sentinel://host:port?master=NAME",
        "redis-sentinel://a?master=b&password=secret |"
            + " url must have no parameters but master, sentinelUser, sentinelPassword",
        "redis-sentinel://a?master=b&sentinelUser=c |"
            + " url must have sentinelPassword where it has sentinelUser",
      })
  void urls_that_are_almost_right_are_refused_with_the_rule(String url, String rule) {
    assertThatIllegalArgumentException().isThrownBy(() -> RedisSettings.of(url)).withMessage(rule);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65})
  void the_number_of_connections_has_limits(int connections) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(connections, Duration.ofSeconds(1)))
        .withMessage("connections must be 1 to 64, not " + connections);
  }

  @Test
  void the_time_limit_is_positive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(1, Duration.ZERO))
        .withMessage("timeLimit must be positive, not PT0S");
  }

  @Test
  void a_password_is_not_told() {
    var settings = RedisSettings.of("rediss://user:secret@redis.example.org:6380/2");

    assertThat(settings.toString())
        .contains("url=rediss://redis.example.org:6380/2,")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "rediss-sentinel://u:secret@a:1/2?master=jobs&sentinelUser=v&sentinelPassword=secret,"
        + " rediss-sentinel://a:1/2?master=jobs",
    "redis-cluster://:secret@a:7000, redis-cluster://a:7000"
  })
  void neither_is_that_of_sentinels_or_a_cluster(String url, String told) {
    assertThat(RedisSettings.of(url).toString())
        .contains("url=" + told + ",")
        .doesNotContain("secret");
  }

  private static RedisSettings settings(int connections, Duration timeLimit) {
    return new RedisSettings(
        "redis://localhost", connections, new Partitions(1), Retention.DEFAULT, timeLimit);
  }
}
