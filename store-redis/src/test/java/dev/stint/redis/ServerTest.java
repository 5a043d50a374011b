package dev.stint.redis;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stint.job.StoreUnavailableException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTest {
  @ParameterizedTest
  @ValueSource(strings = {"6.2.0", "6.2.11", "7.0.1", "7.2.4-rc1", "8.10.0", "10.0.0"})
  void new_enough_versions_are_taken(String version) {
    assertThatCode(() -> Server.check(info(version))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.0.16", "5.0.14", "2.8.9"})
  void older_versions_are_refused(String version) {
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> Server.check(info(version)))
        .withMessage("Redis 6.2 or newer is needed, this is " + version);
  }

  private static String info(String version) {
    return "# Server\r\nredis_version:%s\r\nos:Linux\r\n\r\n# Memory\r\nmaxmemory_policy:allkeys-lru\r\n"
        .formatted(version);
  }
}
