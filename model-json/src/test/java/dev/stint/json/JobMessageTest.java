package dev.stint.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stint.job.JobId;
import dev.stint.job.JobSpec;
import dev.stint.job.Publication;
import dev.stint.job.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobMessageTest {
  private static final Publication PUBLICATION =
      new Publication(
          new JobSpec(
              new JobId("01jd9k5v3mzz000000000000"),
              "sha256",
              "default",
              Map.of("path", "/a"),
              9,
              Map.of(),
              Instant.parse("2026-11-22T10:00:00Z"),
              null,
              Duration.ofSeconds(30),
              RetryPolicy.DEFAULT),
          (1L << 40) + 1);

  @Test
  void a_publication_survives_the_way_over_the_broker() {
    assertThat(
            JobMessage.read(
                JobMessage.TYPE, JobMessage.extensions(PUBLICATION), JobMessage.data(PUBLICATION)))
        .isEqualTo(PUBLICATION);
    assertThat(JobMessage.id(PUBLICATION)).isEqualTo("01jd9k5v3mzz000000000000-1099511627777");
  }

  @Test
  void an_event_of_another_type_is_no_job() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            JobMessage.read(null, JobMessage.extensions(PUBLICATION), JobMessage.data(PUBLICATION)))
        .withMessage("type must be dev.stint.job.v1, not null");
  }

  @Test
  void a_job_without_a_ticket_is_none() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JobMessage.read(JobMessage.TYPE, Map.of(), JobMessage.data(PUBLICATION)))
        .withMessage("ticket must be a number, not null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "{}", "{\"id\":\"x\"}", "{\"id\":\"01jd9k5v3mzz000000000000\"}"})
  void data_that_is_no_spec_is_refused(String data) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            JobMessage.read(
                JobMessage.TYPE, JobMessage.extensions(PUBLICATION), data.getBytes(UTF_8)));
  }
}
