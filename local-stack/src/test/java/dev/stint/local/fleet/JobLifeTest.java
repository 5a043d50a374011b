package dev.stint.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** One job at a time, from the request to its end. */
@TestInstance(Lifecycle.PER_CLASS)
class JobLifeTest {
  private Fleet fleet;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    fleet = Fleet.start(folder);
    fleet.worker("worker", 10);
  }

  @AfterAll
  void stop() throws Exception {
    fleet.close();
  }

  private void awaitState(String id, String state) {
    await().until(() -> fleet.api().state(id).equals(state));
  }

  @Test
  void a_bean_gives_a_result() throws Exception {
    var id = fleet.api().submit("square", Map.of("number", 12));

    awaitState(id, "succeeded");

    assertThat(fleet.api().get("/api/v1/jobs/" + id + "/result").asInt()).isEqualTo(144);
    var job = fleet.api().job(id);
    assertThat(job.path("attempt").asInt()).isEqualTo(1);
    assertThat(job.path("worker").asText()).startsWith("worker-");
    assertThat(job.hasNonNull("startedAt")).isTrue();
    assertThat(job.hasNonNull("finishedAt")).isTrue();
    assertThat(job.has("error")).isFalse();
  }

  @Test
  void a_command_gives_a_result_a_log_and_progress() throws Exception {
    var id = fleet.api().submit("shout", Map.of("text", "a \"b\" 'c' $(id)"));

    awaitState(id, "succeeded");

    assertThat(fleet.api().get("/api/v1/jobs/" + id + "/result").path("TEXT").asText())
        .isEqualTo("A \"B\" 'C' $(ID)");
    assertThat(fleet.api().get("/api/v1/jobs/" + id + "/log").toString()).contains("attempt 1");
    assertThat(fleet.api().job(id).path("progress").asDouble()).isEqualTo(0.5);
  }

  @Test
  void a_job_that_fails_is_tried_again_and_every_attempt_is_kept() throws Exception {
    var id = fleet.api().submit("flaky", Map.of("failTimes", 2));

    awaitState(id, "succeeded");

    var job = fleet.api().job(id);
    assertThat(job.path("attempt").asInt()).isEqualTo(3);
    assertThat(job.path("attempts")).hasSize(3);
    var error = job.path("attempts").path(0).path("error");
    assertThat(error.path("kind").asText()).isEqualTo("error");
    assertThat(error.path("message").asText())
        .isEqualTo("IllegalStateException: attempt 1 fails on purpose");
    assertThat(error.path("stack").asText()).contains("Samples");
    assertThat(job.path("attempts").path(2).has("error")).isFalse();
  }

  @Test
  void a_job_without_attempts_left_fails_and_can_be_run_again() throws Exception {
    var id = fleet.api().submit("flaky", Map.of("failTimes", 1), Map.of("maxAttempts", 1));
    awaitState(id, "failed");
    assertThat(fleet.api().job(id).path("error").path("kind").asText()).isEqualTo("error");

    var answer = fleet.api().call("POST", "/api/v1/jobs/" + id + "/requeue", null);

    assertThat(answer.statusCode()).isEqualTo(202);
    await().until(() -> fleet.api().job(id).path("attempt").asInt() == 1);
    awaitState(id, "failed");
  }

  @Test
  void a_job_over_its_timeout_is_stopped_where_it_stands() throws Exception {
    var id =
        fleet
            .api()
            .submit("sleep", Map.of("seconds", 60), Map.of("timeout", "300ms", "maxAttempts", 1));

    awaitState(id, "failed");

    var error = fleet.api().job(id).path("error");
    assertThat(error.path("kind").asText()).isEqualTo("timeout");
    assertThat(error.path("stack").asText()).contains("sleep");
  }

  @Test
  void a_running_job_is_cancelled_on_request() throws Exception {
    var id = fleet.api().submit("sleep", Map.of("seconds", 60));
    awaitState(id, "running");

    assertThat(fleet.api().call("DELETE", "/api/v1/jobs/" + id, null).statusCode()).isEqualTo(202);

    awaitState(id, "cancelled");
    assertThat(fleet.api().call("DELETE", "/api/v1/jobs/" + id, null).statusCode()).isEqualTo(409);
  }

  @Test
  void a_delayed_job_waits_for_its_time() throws Exception {
    var id = fleet.api().submit("square", Map.of("number", 3), Map.of("delay", "1s"));
    assertThat(fleet.api().state(id)).isEqualTo("scheduled");

    awaitState(id, "succeeded");

    var job = fleet.api().job(id);
    assertThat(job.path("startedAt").asText()).isGreaterThanOrEqualTo(job.path("dueAt").asText());
  }

  @Test
  void a_job_may_be_sent_to_another_queue_of_its_task() throws Exception {
    var id =
        fleet
            .api()
            .submit("other-journal", fleet.journaled(0), Map.of("queue", fleet.queue("reports")));

    awaitState(id, "succeeded");

    assertThat(fleet.api().job(id).path("queue").asText()).isEqualTo(fleet.queue("reports"));
  }
}
