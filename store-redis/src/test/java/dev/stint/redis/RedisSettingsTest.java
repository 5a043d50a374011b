package dev.stint.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stint.job.Partitions;
import dev.stint.job.Retention;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://localhost",
        "redis://127.0.0.1:6379/3",
        "rediss://user:secret@redis.example.org:6380",
        "redis://[::1]:6379"
      })
  void urls_of_redis_are_taken(String url) {
    assertThat(RedisSettings.of(url).url()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost:6379", "http://localhost:6379", "redis:localhost", "redis://a b"})
  void other_urls_are_refused_without_being_told(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisSettings.of(url))
        .withMessage("url must be redis://host:port or rediss://host:port");
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

  private static RedisSettings settings(int connections, Duration timeLimit) {
    return new RedisSettings(
        "redis://localhost", connections, new Partitions(1), Retention.DEFAULT, timeLimit);
  }
}
