package dev.stint.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.local.fleet.Fleet.Finished;
import dev.stint.local.process.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The worker's command line, as a person meets it. */
@TestInstance(Lifecycle.PER_CLASS)
class WorkerCommandTest {
  private Fleet fleet;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    fleet = Fleet.start(folder);
  }

  @AfterAll
  void stop() throws Exception {
    fleet.close();
  }

  @Test
  void check_says_that_all_is_well() throws Exception {
    var check = fleet.workerCommand("check");

    assertThat(check.output()).contains("lanes", "redis: ok", "broker: ok");
    assertThat(check.exitCode()).isZero();
  }

  @Test
  void check_names_everything_that_is_wrong_in_the_catalogue(@TempDir Path other) throws Exception {
    var file =
        Files.writeString(
            other.resolve("bad.yaml"),
            """
            tasks:
              a: {bean: square, retry: {maxAttempts: 0}}
              b: {}
            """);

    var check = fleet.workerCommand("check", "--config", file.toString());

    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.output()).contains("tasks.a.retry.maxAttempts", "tasks.b");
    assertNoStack(check);
  }

  @Test
  void check_names_the_engine_that_is_not_there() throws Exception {
    var check =
        fleet.workerCommand(
            "check", "--redis", "redis://127.0.0.1:1", "--broker", "amqp://127.0.0.1:1");

    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.output()).contains("worker: redis: ", "worker: broker: no connection");
    assertNoStack(check);
  }

  @Test
  void a_worker_that_is_set_up_wrongly_does_not_start() throws Exception {
    var worker = fleet.workerCommand("--slots", "0", "--limit", "nosuch=1", "--queues", "nosuch");

    assertThat(worker.exitCode()).isEqualTo(1);
    assertThat(worker.output())
        .contains("worker: queues: no task has queue nosuch")
        .contains("worker: limit: no task nosuch in the catalogue");
    assertNoStack(worker);
  }

  @Test
  void a_file_that_is_no_yaml_is_refused_in_words(@TempDir Path other) throws Exception {
    var file = Files.writeString(other.resolve("bad.yaml"), "tasks: [");

    var worker = fleet.workerCommand("--config", file.toString());

    assertThat(worker.exitCode()).isEqualTo(1);
    assertThat(worker.output()).contains("is not YAML", "line 1");
    assertNoStack(worker);
  }

  @Test
  void a_setting_that_is_wrong_is_named() throws Exception {
    var worker = fleet.workerCommand(Map.of("STINT_WORKER_SLOTS", "abc"));

    assertThat(worker.exitCode()).isEqualTo(1);
    assertThat(worker.output()).contains("stint.worker.slots", "abc");
    assertNoStack(worker);
  }

  @Test
  void every_setting_that_is_wrong_is_named_at_once() throws Exception {
    var worker =
        fleet.workerCommand(
            Map.of(
                "STINT_REDIS_URL", "http://127.0.0.1",
                "STINT_BROKER_URL", "http://127.0.0.1",
                "STINT_PARTITIONS", "0",
                "STINT_RETENTION_FAILED", "PT1S"));

    assertThat(worker.exitCode()).isEqualTo(1);
    assertThat(worker.output())
        .contains("stint.broker: attribute url: url must look like amqp://")
        .contains("stint.partitions: partitions must be 1 to 1024, not 0")
        .contains("stint.retention: retention must be at least PT1M");
    assertNoStack(worker);
  }

  @Test
  void a_file_of_authorities_that_is_not_there_is_named() throws Exception {
    var check =
        fleet.workerCommand(
            Map.of(
                "STINT_BROKER_URL", "amqps://127.0.0.1:1", "STINT_BROKER_CA_FILE", "/no/such.pem"),
            "check");

    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.output())
        .contains("stint.broker: attribute ca-file: cannot be read: /no/such.pem");
    assertNoStack(check);
  }

  @Test
  void a_flag_that_is_wrong_is_named() throws Exception {
    var worker = fleet.workerCommand("--slots", "many");

    assertThat(worker.exitCode()).isEqualTo(2);
    assertThat(worker.output()).contains("--slots", "many");
    assertNoStack(worker);
  }

  @Test
  void a_worker_of_one_queue_leaves_the_others_alone() throws Exception {
    fleet.worker("reports-only", 2, "--queues", fleet.queue("reports"));

    var worker = fleet.api().get("/api/v1/workers").path("items").path(0);

    assertThat(worker.path("lanes")).hasSize(1);
    assertThat(worker.path("lanes").path(0).asText())
        .isEqualTo(fleet.queue("reports") + "/other-journal");
  }

  @Test
  void health_tells_whether_a_worker_is_ready() throws Exception {
    int port = Ports.free();
    var env = Map.of("QUARKUS_HTTP_PORT", String.valueOf(port));
    var before = fleet.workerCommand(env, "health");
    assertThat(before.exitCode()).isEqualTo(1);
    assertThat(before.output()).contains("worker: not ready, no answer on port " + port);
    assertNoStack(before);

    fleet.worker("healthy", 1, port);

    var ready = fleet.workerCommand(env, "health");
    assertThat(ready.output()).contains("worker: ready");
    assertThat(ready.exitCode()).isZero();
    assertThat(fleet.workerCommand(env, "health", "--live").exitCode()).isZero();
  }

  private static void assertNoStack(Finished command) {
    assertThat(command.output()).doesNotContain("\tat ", "Build time property");
  }
}
