package dev.stint.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.stint.local.fleet.engine.Stranger;
import dev.stint.local.process.Ports;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What is tried again, what is not, what is kept of it; and many jobs moved by one request. */
@TestInstance(Lifecycle.PER_CLASS)
class RetryTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final List<String> WORKERS = List.of("left", "right");

  private final List<Integer> ports = List.of(Ports.free(), Ports.free());
  private Fleet fleet;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    fleet = Fleet.start(folder);
    for (int i = 0; i < WORKERS.size(); i++) {
      fleet.worker(WORKERS.get(i), 10, ports.get(i));
    }
  }

  @AfterAll
  void stop() throws Exception {
    fleet.close();
  }

  private JsonNode ended(String id) throws InterruptedException {
    await().atMost(MINUTE).until(() -> fleet.api().job(id).hasNonNull("finishedAt"));
    return fleet.api().job(id);
  }

  private JsonNode run(String task, Map<String, Object> params, Map<String, Object> more)
      throws InterruptedException {
    return ended(fleet.api().submit(task, params, more));
  }

  @Test
  void a_job_is_tried_again_as_it_says_itself() throws Exception {
    var policy = Map.<String, Object>of("maxAttempts", 2, "min", "1ms", "max", "1ms", "jitter", 0);

    var job = run("flaky", Map.of("failTimes", 9), Map.of("retry", policy));

    assertThat(job.path("state").asText()).isEqualTo("failed");
    assertThat(job.path("attempt").asInt()).isEqualTo(2);
    assertThat(job.path("maxAttempts").asInt()).isEqualTo(2);
    assertThat(job.at("/retry/max").asText()).isEqualTo("PT0.001S");
    assertThat(job.at("/retry/multiplier").asDouble()).isEqualTo(3);
  }

  @Test
  void an_exit_code_that_its_task_calls_final_ends_a_job_at_once() throws Exception {
    var wrong = run("exit", Map.of("code", 64), Map.of());
    var broken = run("exit", Map.of("code", 65), Map.of());
    var asJobSays =
        run("exit", Map.of("code", 65), Map.of("retry", Map.of("neverExitCodes", List.of(65))));

    assertThat(wrong.path("state").asText()).isEqualTo("failed");
    assertThat(wrong.path("attempt").asInt()).isEqualTo(1);
    assertThat(wrong.at("/error/exitCode").asInt()).isEqualTo(64);
    assertThat(broken.path("attempt").asInt()).isEqualTo(3);
    assertThat(asJobSays.path("attempt").asInt()).isEqualTo(1);
  }

  @Test
  void a_kind_of_failure_that_a_job_calls_final_ends_it_at_once() throws Exception {
    var policy = Map.of("maxAttempts", 3, "min", "1ms", "never", List.of("timeout"));

    var job = run("sleep", Map.of("seconds", 60), Map.of("timeout", "200ms", "retry", policy));

    assertThat(job.path("state").asText()).isEqualTo("failed");
    assertThat(job.path("attempt").asInt()).isEqualTo(1);
    assertThat(job.at("/error/kind").asText()).isEqualTo("timeout");
  }

  @Test
  void an_endpoint_that_says_when_to_come_again_is_asked_again_then() throws Exception {
    var keys = new CopyOnWriteArrayList<String>();
    var endpoint = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    endpoint.createContext(
        "/",
        call -> {
          keys.add(call.getRequestHeaders().getFirst("Idempotency-Key"));
          call.getResponseHeaders().add("Retry-After", "1");
          call.sendResponseHeaders(keys.size() == 1 ? 429 : 204, -1);
          call.close();
        });
    endpoint.start();
    try {
      var url = "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/";
      var job = run("call", Map.of("url", url), Map.of());

      assertThat(job.path("state").asText()).isEqualTo("succeeded");
      assertThat(job.path("attempt").asInt()).isEqualTo(2);
      assertThat(job.at("/attempts/0/error/kind").asText()).isEqualTo("http");
      var id = job.path("id").asText();
      assertThat(keys).containsExactly(id, id);
    } finally {
      endpoint.stop(0);
    }
  }

  @Test
  void each_attempt_keeps_its_last_lines() throws Exception {
    var job = run("exit", Map.of("code", 1, "lines", 25), Map.of("maxAttempts", 2));

    assertThat(job.path("attempts")).hasSize(2);
    for (var attempt : job.path("attempts")) {
      assertThat(attempt.path("log")).hasSize(20);
      assertThat(attempt.path("log").path(0).asText()).isEqualTo("line 6");
      assertThat(attempt.path("log").path(19).asText()).isEqualTo("line 25");
    }
  }

  @Test
  void a_job_that_is_not_to_be_run_after_a_loss_fails_with_its_worker() throws Exception {
    var retry = Map.of("never", List.of("lost"));
    var id = fleet.api().submit("linger", Map.of(), Map.of("retry", retry));
    await().until(() -> fleet.api().get("/api/v1/jobs/" + id + "/log").path("items").size() == 1);
    var runner = fleet.api().job(id).path("worker").asText();
    var name = WORKERS.stream().filter(runner::startsWith).findFirst().orElseThrow();

    fleet.kill(name);

    var job = ended(id);
    assertThat(job.path("state").asText()).isEqualTo("failed");
    assertThat(job.path("attempt").asInt()).isEqualTo(1);
    assertThat(job.at("/error/kind").asText()).isEqualTo("lost");
    assertThat(job.at("/attempts/0/log/0").asText()).isEqualTo("began");
    fleet.restart(name);
  }

  @Test
  void more_than_a_thousand_jobs_are_cancelled_and_run_again_by_a_few_requests() throws Exception {
    int count = 1_100;
    fleet.api().submit(count, "square", Map.of("number", 5), Map.of("delay", "1h"));
    var waiting = Map.<String, Object>of("task", "square", "state", "scheduled");

    var first = fleet.api().post("/api/v1/jobs/cancel", waiting);
    var rest = fleet.api().post("/api/v1/jobs/cancel", waiting);

    assertThat(first).hasToString("{\"cancelled\":1000,\"asked\":0,\"skipped\":0,\"more\":true}");
    assertThat(rest).hasToString("{\"cancelled\":100,\"asked\":0,\"skipped\":0,\"more\":false}");
    assertThat(fleet.count("square", "cancelled")).isEqualTo(count);

    var all = Map.<String, Object>of("task", "square", "limit", 10_000);
    var requeued = fleet.api().post("/api/v1/jobs/requeue", all);

    assertThat(requeued).hasToString("{\"requeued\":1100,\"skipped\":0,\"more\":false}");
    await().atMost(MINUTE).until(() -> fleet.count("square", "succeeded") == count);
    assertThat(fleet.api().post("/api/v1/jobs/requeue", all).path("requeued").asInt()).isZero();
  }

  @Test
  void running_jobs_are_cancelled_together_on_all_workers() throws Exception {
    var ids = fleet.api().submit(12, "sleep", Map.of("seconds", 600), Map.of("maxAttempts", 1));
    await().until(() -> fleet.count("sleep", "running") == ids.size());

    var answer = fleet.api().post("/api/v1/jobs/cancel", Map.of("task", "sleep"));

    assertThat(answer.path("asked").asInt()).isEqualTo(ids.size());
    for (var id : ids) {
      assertThat(ended(id).path("state").asText()).isEqualTo("cancelled");
    }
  }

  @Test
  void what_is_no_job_is_shown_and_counted() throws Exception {
    var queue = "stint." + fleet.queue("default") + ".flaky";
    Stranger.sendText(fleet.brokerUrl(), queue, "hello, is this the office?");
    await().until(() -> letters().path("total").asInt() == 1);
    Stranger.sendList(fleet.brokerUrl(), queue);
    await().until(() -> letters().path("total").asInt() == 2);

    var text = letters().path("items").path(1);
    assertThat(text.path("body").asText()).isEqualTo("hello, is this the office?");
    assertThat(text.path("why").asText()).isEqualTo("not a job: no CloudEvent");
    assertThat(text.path("lane").asText()).isEqualTo(fleet.queue("default") + "/flaky");
    assertThat(text.path("worker").asText()).containsAnyOf("left", "right");
    assertThat(letters().path("items").path(0).path("why").asText()).startsWith("unreadable");
    await().until(() -> rejected() == 2);
    assertThat(run("flaky", Map.of("failTimes", 0), Map.of()).path("state").asText())
        .isEqualTo("succeeded");
  }

  private JsonNode letters() throws InterruptedException {
    return fleet.api().get("/api/v1/dead-letters");
  }

  /** What the workers' counters of refused messages say together. */
  private double rejected() throws InterruptedException {
    double sum = 0;
    for (int port : ports) {
      var metrics = fleet.api().call("GET", "http://127.0.0.1:" + port + "/q/metrics", null).body();
      sum +=
          metrics
              .lines()
              .filter(line -> line.startsWith("stint_messages_rejected_total"))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
              .sum();
    }
    return sum;
  }
}
