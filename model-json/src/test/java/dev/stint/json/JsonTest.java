package dev.stint.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stint.job.Failure;
import dev.stint.job.FailureKind;
import dev.stint.job.JobId;
import dev.stint.job.JobSpec;
import dev.stint.job.RetryPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123Z");

  @Test
  void a_spec_survives_the_way_through_json() {
    var spec =
        new JobSpec(
            new JobId("01jd9k5v3mzz000000000000"),
            "sha256",
            "default",
            Map.of("path", "/a b", "n", new BigDecimal("1.5"), "list", List.of(1, "x")),
            9,
            Map.of("team", "a::b:::c"),
            NOW,
            NOW.plusSeconds(5),
            Duration.ofSeconds(30),
            RetryPolicy.DEFAULT);

    assertThat(Json.read(Json.writeBytes(spec), JobSpec.class)).isEqualTo(spec);
  }

  @Test
  void what_is_empty_is_left_out_but_params_always_stand() {
    var spec =
        new JobSpec(
            new JobId("01jd9k5v3mzz000000000000"),
            "sha256",
            "default",
            Map.of(),
            0,
            Map.of(),
            NOW,
            null,
            Duration.ofSeconds(30),
            RetryPolicy.DEFAULT);

    assertThat(Json.readObject(Json.write(spec)))
        .containsOnlyKeys("id", "task", "queue", "params", "createdAt", "timeout", "retry")
        .containsEntry("createdAt", "2026-11-22T10:00:00.123Z")
        .containsEntry("timeout", "PT30S");
    assertThat(Json.read(Json.write(spec), JobSpec.class)).isEqualTo(spec);
  }

  @Test
  void a_key_that_stands_twice_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.readObject("{\"a\":1,\"a\":2}"))
        .withMessageContaining("Duplicate field 'a'");
  }

  @Test
  void a_decimal_stays_as_it_was_written() throws Exception {
    String json = "{\"a\":100.0,\"b\":[0.10]}";

    assertThat(Json.write(Json.readObject(json))).isEqualTo(json);
    assertThat(Json.write(Json.MAPPER.readTree(json))).isEqualTo(json);
  }

  @Test
  void a_policy_survives_the_way_through_json() {
    var policy =
        new RetryPolicy(
            1,
            Duration.ZERO,
            Duration.ZERO,
            1,
            0,
            Set.of(FailureKind.LOST, FailureKind.TIMEOUT),
            Set.of(64, 2));

    assertThat(Json.write(policy))
        .isEqualTo(
            "{\"maxAttempts\":1,\"min\":\"PT0S\",\"max\":\"PT0S\",\"multiplier\":1.0,\"jitter\":0.0,"
                + "\"never\":[\"timeout\",\"lost\"],\"neverExitCodes\":[2,64]}");
    assertThat(Json.read(Json.write(policy), RetryPolicy.class)).isEqualTo(policy);
  }

  @Test
  void a_policy_that_an_earlier_version_wrote_has_nothing_final() {
    var json =
        "{\"maxAttempts\":5,\"min\":\"PT1S\",\"max\":\"PT10M\",\"multiplier\":3.0,\"jitter\":0.5}";

    assertThat(Json.read(json, RetryPolicy.class)).isEqualTo(RetryPolicy.DEFAULT);
    assertThat(Json.write(RetryPolicy.DEFAULT)).isEqualTo(json);
  }

  @Test
  void a_failure_tells_exit_code_and_status_if_it_has_them() {
    assertThat(Json.write(Failure.exit(3, "x")))
        .isEqualTo("{\"kind\":\"exit\",\"message\":\"x\",\"exitCode\":3}");
    assertThat(Json.write(Failure.http(503, "x")))
        .isEqualTo("{\"kind\":\"http\",\"message\":\"x\",\"status\":503}");
    assertThat(Json.read("{\"kind\":\"exit\",\"message\":\"x\"}", Failure.class))
        .isEqualTo(Failure.of(FailureKind.EXIT, "x"));
  }
}
