package dev.stint.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.junit.main.Launch;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainTest;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StartTest {
  @Nested
  @QuarkusMainTest
  @TestProfile(NoCatalogue.class)
  class Without_a_catalogue {
    @Test
    @Launch(
        value = {},
        exitCode = 1)
    void it_ends_with_a_word_about_the_file(LaunchResult result) {
      assertTold(result, "no-such.yaml:\n  there is no such file");
    }
  }

  @Nested
  @QuarkusMainTest
  @TestProfile(NoPartitions.class)
  class With_a_setting_that_is_out_of_range {
    @Test
    @Launch(
        value = {},
        exitCode = 1)
    void it_ends_with_the_rule(LaunchResult result) {
      assertTold(result, "stint.partitions must be 1 to 1024");
    }
  }

  @Nested
  @QuarkusMainTest
  @TestProfile(NoBroker.class)
  class With_a_url_that_is_none {
    @Test
    @Launch(
        value = {},
        exitCode = 1)
    void it_ends_with_the_name_of_the_setting(LaunchResult result) {
      assertTold(result, "stint.broker: attribute url: url must look like amqp://host:port");
    }
  }

  @Nested
  @QuarkusMainTest
  @TestProfile(NoCatalogue.class)
  class Asked_for_its_health_in_a_wrong_way {
    @Test
    @Launch(
        value = {"health", "--alive"},
        exitCode = 1)
    void it_says_so_and_starts_nothing(LaunchResult result) {
      assertThat(result.getErrorOutput())
          .contains("producer: health: unknown argument --alive")
          .doesNotContain("cannot start", "\tat ");
    }
  }

  /** Its catalogue is missing. */
  public static final class NoCatalogue implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("stint.config", "no-such.yaml");
    }
  }

  /** Its store has no parts. */
  public static final class NoPartitions implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("stint.partitions", "0");
    }
  }

  /** Its broker speaks HTTP. */
  public static final class NoBroker implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "stint.broker.url", "http://localhost",
          "stint.config", "src/test/resources/catalogue.yaml");
    }
  }

  private static void assertTold(LaunchResult result, String message) {
    assertThat(result.getErrorOutput())
        .contains("The producer cannot start. ")
        .contains(message)
        .doesNotContain("\tat ");
    assertThat(result.getOutput()).doesNotContain("\tat ");
  }
}
